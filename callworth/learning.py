"""Commands of the model: features, train, backtest, score, verify, check, promote, rollback."""

from __future__ import annotations

from datetime import datetime, timedelta
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from callworth.context import AsOf, Json, read_moment, use_store
from callworth.output import format_number, format_share, print_json, print_table, print_text, say, show_progress
from data import change_columns, load_mapping, read_flat, read_settings, read_tables
from data.errors import AnswerNo, BadInput

if TYPE_CHECKING:
    import pandas as pd

    from data import FlatRows, Tables
    from training import Backtest, Plan

DEFAULT_SEED = 20_260_101
SHOWN_MEASURES = ("auc", "auc_within", "alift", "pr_auc", "log_loss", "brier", "ece", "calibration_ratio")


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
    from features import compute_features
    from training import ask_questions

    moment = read_moment(as_of)
    with use_store() as store, show_progress("reading the store") as update:
        tables = read_tables(store)
        questions = ask_questions(tables, moment)
        update(f"computing features of {len(questions):,} questions", 0, None)
        matrix = questions.join(compute_features(tables, questions))
        _write_frame(matrix, out)
    if as_json:
        print_json({"file": str(out), "rows": len(matrix), "columns": list(matrix.columns)})
    else:
        say(f"{len(matrix):,} rows × {matrix.shape[1]} columns written to {out}.")


def train(
    as_of: AsOf = None,
    seed: Annotated[int, typer.Option(help="The same seed and data give the same model.")] = DEFAULT_SEED,
    as_json: Json = False,
) -> None:
    """Features → model → backtest → register; promotes only through the gate.

    Example: callworth train --as-of 2026-05-01
    """
    from callworth.promotion import train_version

    settings = read_settings()
    with use_store(settings) as store, show_progress("reading the store") as update:
        registered, verdict = train_version(
            settings, read_tables(store), read_moment(as_of), seed, lambda words: update(words, 0, None)
        )
    result = {
        "version": registered.version,
        "promoted": verdict.passed,
        "reasons": verdict.reasons,
        "measures": verdict.measures,
        "questions": registered.facts["questions"],
        "leads": registered.facts["leads"],
    }
    if as_json:
        print_json(result)
    else:
        rows = [[name, format_number(value, 3)] for name, value in registered.facts["metrics"].items()]
        print_table(f"Model version {registered.version}: judged on what came after", ["measure", "value"], rows)
        for reason in verdict.reasons:
            say(reason)
        print_text(f"Version {registered.version} {'is champion' if verdict.passed else 'was not promoted'}.")
    if not verdict.passed:
        raise AnswerNo(f"version {registered.version} did not pass the gate: {'; '.join(verdict.reasons)}")


def backtest(
    source: Annotated[Path | None, typer.Argument(help="A flat file; the store if not given.")] = None,
    mapping: Annotated[str | None, typer.Option(help="How the file is read.")] = None,
    window: Annotated[str | None, typer.Option(help="Learn from so much before each step: 20000 rows or 365d.")] = None,
    step: Annotated[str | None, typer.Option(help="Judge on so much at a time: 500 rows or 30d.")] = None,
    start: Annotated[str | None, typer.Option(help="First row or date to judge: 24713 or 2010-01-01.")] = None,
    label_delay: Annotated[str, typer.Option(help="Rows or days until an outcome may be learned from.")] = "0",
    drop: Annotated[list[str] | None, typer.Option(help="Leave a column out; may be given again.")] = None,
    keep: Annotated[list[str] | None, typer.Option(help="Use a column that the mapping drops.")] = None,
    predictions: Annotated[Path | None, typer.Option(help="Write every prediction: .parquet or .csv.")] = None,
    as_of: AsOf = None,
    as_json: Json = False,
) -> None:
    """Rolling-origin evaluation, of the store or of a file without touching the store.

    Example: callworth backtest bank-additional-full.csv --mapping uci-bank-additional --window 20000 --step 500
    """
    from training import backtest_rows, backtest_store

    with show_progress("backtest") as update:
        tell = partial(update, "backtest")
        if source is None:
            result = backtest_store(_read_store(), read_moment(as_of), progress=tell)
        else:
            plan = _read_plan(window, step, start, label_delay)
            flat = _read_file(source, mapping, drop or [], keep or [])
            result = backtest_rows(flat.tables, flat.rows["lead_id"], flat.order, plan, progress=tell)
    if predictions is not None:
        _write_frame(result.predictions, predictions)
    if as_json:
        print_json(result.as_json())
    else:
        _print_backtest(result)


def score(
    out: Annotated[Path | None, typer.Option(help="Write the scores: .parquet or .csv.")] = None,
    as_of: AsOf = None,
    as_json: Json = False,
) -> None:
    """Score all open leads, log the scores and set the order of the call lists.

    Example: callworth score --out scores.csv
    """
    from serving import fill_queue
    from training import load_champion

    settings, moment = read_settings(), read_moment(as_of)
    artefact = load_champion(settings)
    with use_store(settings) as store, show_progress(f"scoring with version {artefact.version}"):
        scores = fill_queue(store, artefact, moment)
    if out is not None:
        _write_frame(scores, out)
    mean = float(scores["probability"].mean()) if len(scores) else None
    if as_json:
        print_json({"scored": len(scores), "version": artefact.version, "mean_probability": mean})
    else:
        print_text(f"{len(scores):,} open leads scored by version {artefact.version}, on average {format_share(mean)}.")


def verify(
    sample: Annotated[int, typer.Option(help="How many past scores to rebuild.", min=1)] = 100,
    seed: Annotated[int, typer.Option(help="Which ones.")] = 1,
    as_json: Json = False,
) -> None:
    """Rebuild past scores from stored events and the registered model, and compare them exactly."""
    from callworth.rebuilding import verify_scores

    with use_store() as store, show_progress("rebuilding past scores"):
        result = verify_scores(read_settings(), store, sample, seed)
    if as_json:
        print_json(result)
    else:
        print_text(f"{result['equal']:,} of {result['checked']:,} scores were rebuilt exactly.")
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
    from monitoring import check_month, summarise_check, write_report
    from training import load_champion

    settings, moment = read_settings(), read_moment(as_of)
    wanted = month or _last_month(moment)
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
    """Make a version the champion."""
    from training import promote_version

    promote_version(read_settings(), version)
    print_json({"champion": version}) if as_json else print_text(f"Version {version} is champion.")


def rollback(as_json: Json = False) -> None:
    """Make the champion before this one the champion again."""
    from training import roll_back

    version = roll_back(read_settings())
    print_json({"champion": version}) if as_json else print_text(f"Version {version} is champion again.")


def _last_month(moment: datetime) -> str:
    last = moment.replace(day=1) - timedelta(days=1)
    return f"{last:%Y-%m}"


def _read_store() -> Tables:
    with use_store() as store:
        return read_tables(store)


def _read_file(source: Path, mapping: str | None, drop: list[str], keep: list[str]) -> FlatRows:
    if mapping is None:
        raise BadInput("a file needs --mapping; see callworth mapping list, or callworth mapping suggest.")
    flat = read_flat(source, change_columns(load_mapping(mapping), drop=drop, keep=keep))
    for example in flat.examples:
        say(example)
    return flat


def _read_plan(window: str | None, step: str | None, start: str | None, label_delay: str) -> Plan:
    from training.steps import Plan, parse_extent, parse_start

    return Plan(
        parse_extent(window, "--window") if window else None,
        parse_extent(step, "--step") if step else None,
        parse_start(start) if start else None,
        parse_extent(label_delay, "--label-delay"),
    )


def _write_frame(frame: pd.DataFrame, path: Path) -> None:
    if path.suffix not in (".parquet", ".csv"):
        raise BadInput(f"'{path}' ends with neither .parquet nor .csv; choose one of them.")
    try:
        frame.to_parquet(path, index=False) if path.suffix == ".parquet" else frame.to_csv(path, index=False)
    except OSError as error:
        raise BadInput(f"'{path}' cannot be written ({error.strerror}); choose another place.") from error


def _print_backtest(result: Backtest) -> None:
    measures = result.measures
    say(result.method)
    rows = [[name, format_number(measures[name], 3)] for name in SHOWN_MEASURES]
    title = f"{measures['n']:,} predictions, {measures['wins']:,} won ({format_share(measures['base_rate'])})"
    print_table(title, ["measure", "value"], rows)
    for leak in result.leaks:
        say(f"Suspected leak: {leak.column}: {leak.reason}")
