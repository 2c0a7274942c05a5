"""Commands of the model: features, train, score, verify, check, promote, rollback; backtest has its own file."""

from __future__ import annotations

from datetime import datetime, timedelta
from pathlib import Path
from typing import Annotated

import typer

from callworth.backtesting import backtest, require_columns, tell_left_out
from callworth.context import AsOf, Json, read_moment, use_store
from callworth.frames import require_frame_path, write_frame
from callworth.output import (
    format_count,
    format_number,
    format_share,
    print_json,
    print_table,
    print_text,
    say,
    show_progress,
)
from data import read_settings, read_tables
from data.errors import AnswerNo

DEFAULT_SEED = 20_260_101
KEEP_HELP = "Learn from a column although the leak guard refuses it; may be given again."
SCORE_NEXT = "The call lists follow it after the next callworth score."


def add_commands(app: typer.Typer) -> None:
    """Add the commands."""
    for command in (features, train, backtest, score, verify, check, promote, rollback):
        app.command(command.__name__)(command)


def features(
    out: Annotated[Path, typer.Option(help="File to write: .parquet or .csv.")],
    as_of: AsOf = None,
    as_json: Json = False,
) -> None:
    """The feature matrix of all past questions, with their outcomes, for a notebook.

    Example: callworth features --out features.parquet --as-of 2026-05-01
    """
    from features import compute_features, find_attributes
    from training import ask_questions

    moment = read_moment(as_of)
    require_frame_path(out)
    with use_store() as store, show_progress("reading the store") as update:
        tables = read_tables(store)
        tell_left_out(tables, moment)
        questions = ask_questions(tables, moment)
        update(f"computing features of {len(questions):,} questions", 0, None)
        matrix = questions.join(compute_features(tables, questions, find_attributes(tables, moment)))
        write_frame(matrix, out)
    if as_json:
        print_json({"file": str(out), "rows": len(matrix), "columns": list(matrix.columns)})
    else:
        say(f"{len(matrix):,} rows × {matrix.shape[1]} columns written to {out}.")


def train(
    as_of: AsOf = None,
    seed: Annotated[int, typer.Option(help="The same seed and data give the same model.")] = DEFAULT_SEED,
    keep: Annotated[list[str] | None, typer.Option(help=KEEP_HELP)] = None,
    as_json: Json = False,
) -> None:
    """Features → model → backtest → register; promotes only through the gate.

    Example: callworth train --as-of 2026-05-01
    """
    from callworth.promotion import train_version
    from training import read_leaks

    settings, moment = read_settings(), read_moment(as_of)
    with use_store(settings) as store, show_progress("reading the store") as update:
        tables = read_tables(store)
        tell_left_out(tables, moment)
        kept = require_columns(tables, keep)
        registered, verdict = train_version(settings, tables, moment, seed, lambda words: update(words, 0, None), kept)
    leaks = read_leaks(registered.facts)
    result = {
        "version": registered.version,
        "promoted": verdict.passed,
        "reasons": verdict.reasons,
        "measures": verdict.measures,
        "questions": registered.facts["questions"],
        "leads": registered.facts["leads"],
        "too_little_data": registered.facts["too_little_data"] or None,
        "leaks": [leak.as_json() for leak in leaks],
    }
    if as_json:
        print_json(result)
    else:
        rows = [[name, format_number(value, 3)] for name, value in registered.facts["metrics"].items()]
        print_table(f"Model version {registered.version}: judged on what came after", ["measure", "value"], rows)
        if lacking := registered.facts["too_little_data"]:
            print_text(f"{lacking[0].upper()}{lacking[1:]}; until then leads are scored by points (points.toml).")
        for reason in [*(leak.to_line() for leak in leaks), *verdict.reasons]:
            say(reason)
        print_text(f"Version {registered.version} {'is champion' if verdict.passed else 'was not promoted'}.")
    if verdict.passed:
        say(SCORE_NEXT)
    else:
        raise AnswerNo(f"version {registered.version} did not pass the gate: {'; '.join(verdict.reasons)}")


def score(
    out: Annotated[Path | None, typer.Option(help="Write the scores: .parquet or .csv.")] = None,
    as_of: AsOf = None,
    as_json: Json = False,
) -> None:
    """Score all open leads, log the scores and set the order of the call lists.

    A score of 90 says: likelier to close than 90 % of the open leads that the model learned from. Limits of the grades
    A to D stand in settings.toml in the home folder; see docs/scores.md.

    Example: callworth score --out scores.csv
    """
    from serving import fill_queue, grade_scores
    from training import load_champion

    settings, moment = read_settings(), read_moment(as_of)
    if out is not None:
        require_frame_path(out)
    artefact = load_champion(settings)
    with use_store(settings) as store, show_progress(f"scoring with version {artefact.version}"):
        scores = fill_queue(store, artefact, moment, arrived_at=read_moment(None))
        if out is not None:
            write_frame(grade_scores(store, scores, artefact, settings.grading), out)
    mean = float(scores["probability"].mean()) if len(scores) else None
    if as_json:
        given = scores["score"].map(settings.grading.grade)
        grades = {grade: int((given == grade).sum()) for grade in "ABCD"}
        print_json({"scored": len(scores), "version": artefact.version, "mean_probability": mean, "grades": grades})
    else:
        scored = format_count(len(scores), "open lead")
        print_text(f"{scored} scored by version {artefact.version}, on average {format_share(mean)}.")


def verify(
    sample: Annotated[int, typer.Option(help="How many past scores to rebuild.", min=1)] = 100,
    seed: Annotated[int, typer.Option(help="Which ones.")] = 1,
    as_json: Json = False,
) -> None:
    """Rebuild past scores from stored events and the registered model, and compare them exactly.

    Example: callworth verify --sample 20
    """
    from callworth.rebuilding import verify_scores

    with use_store() as store, show_progress("rebuilding past scores"):
        result = verify_scores(read_settings(), store, sample, seed)
    if as_json:
        print_json(result)
    else:
        print_text(f"{result['equal']:,} of {result['checked']:,} scores were rebuilt exactly.")
        if erased := result["erased"]:
            say(f"{format_count(erased, 'score')} skipped: something of their leads was erased.")
        if late := result["arrived_later"]:
            say(f"{len(late):,} differ, but rows have come in since that their source states as known before them.")
    if result["different"]:
        raise AnswerNo(f"{len(result['different'])} scores differ, the first: {result['different'][0]}.")


def check(
    month: Annotated[str | None, typer.Option(help="YYYY-MM; the last full month if not given.")] = None,
    as_of: AsOf = None,
    as_json: Json = False,
) -> None:
    """The monthly model check: HTML and JSON.

    Example: callworth check --month 2026-04
    """
    from monitoring import check_month, require_month, summarise_check, write_report
    from training import load_champion

    settings, moment = read_settings(), read_moment(as_of)
    wanted = _last_month(moment) if month is None else require_month(month)
    artefact = load_champion(settings)
    with use_store(settings) as store, show_progress(f"checking {wanted}"):
        tables = read_tables(store)
        result = check_month(tables, artefact, wanted, moment)
        page, _ = write_report(result, settings.reports)
    if as_json:
        print_json(summarise_check(result) | {"html": str(page)})
        return
    print_text(f"{wanted}: {result.verdict}")
    for reason in result.reasons:
        print_text(f"  {reason}")
    say(f"Report: {page}")


def promote(version: Annotated[str, typer.Argument(help="Number of the version.")], as_json: Json = False) -> None:
    """Make a version the champion.

    Example: callworth promote 2
    """
    from training import promote_version

    promote_version(read_settings(), version)
    print_json({"champion": version}) if as_json else print_text(f"Version {version} is champion.")
    say(SCORE_NEXT)


def rollback(as_json: Json = False) -> None:
    """Make the champion before this one the champion again.

    Example: callworth rollback
    """
    from training import roll_back

    version = roll_back(read_settings())
    print_json({"champion": version}) if as_json else print_text(f"Version {version} is champion again.")
    say(SCORE_NEXT)


def _last_month(moment: datetime) -> str:
    last = moment.replace(day=1) - timedelta(days=1)
    return f"{last:%Y-%m}"
