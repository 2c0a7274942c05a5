"""``docs/quality.md``: its tables, written from the results between two marks; what stands around them is kept."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from benchmarks.peers import PEERS
from benchmarks.quality_bootstrap import COMPARED
from benchmarks.quality_figures import MOST_LEAD
from benchmarks.quality_runs import OURS
from benchmarks.quality_sizes import SCENARIOS, SETS
from benchmarks.quality_worlds import KINDS, METHODS

PAGE = Path(__file__).parents[1] / "docs" / "quality.md"
BEGIN, END = "<!-- figures: begin -->\n", "<!-- figures: end -->\n"

Found = dict[str, dict[str, Any]]
"""The figures by name, as the results file has them."""

TITLES = {
    "bank-additional": "bank-additional-full.csv: learn from 20,000 rows, judge the next 500, move on",
    "bank-additional-delayed": "The same, an outcome known only 2,000 rows after its lead",
    "bank-full": "bank-full.csv: learn from all before, judge the next calendar month",
    "b2b-sales": "b2b_sales.csv without its duplicates: 5 × 5-fold cross-validation by group",
}
HEADS = {
    "auc": "AUC",
    "auc_within": "AUC within",
    "alift": "ALIFT",
    "pr_auc": "PR-AUC",
    "log_loss": "log-loss",
    "brier": "Brier",
    "calibration_ratio": "promised ÷ won",
    "worst_tenth": "worst tenth ×",
    "calls_for_79": "calls for 79 %",
    "better_half": "won in better half",
}


def write_page(results: Path) -> None:
    """Write the tables of the page anew.

    Args:
        results: ``quality.json``.
    """
    filled = fill_page(PAGE.read_text(encoding="utf-8"), json.loads(results.read_text(encoding="utf-8")))
    PAGE.write_text(filled, encoding="utf-8")


def fill_page(page: str, results: dict[str, Any]) -> str:
    """The page with the tables of these results between its marks.

    Args:
        page: with both marks.
        results: as ``quality.json`` has them.
    """
    before, rest = page.split(BEGIN)
    _, after = rest.split(END)
    return before + BEGIN + describe_results(results) + END + after


def describe_results(results: dict[str, Any]) -> str:
    """All tables as Markdown."""
    found = {row["name"]: row for row in results["figures"]}
    parts = [_describe_run(results), _describe_goals(found)]
    parts += [_describe_set(name, found) for name in SETS if f"{name}: {OURS}: auc" in found]
    parts += [_describe_worlds(found)] if f"{SCENARIOS[0]}: {OURS}: {KINDS[0]} regret" in found else []
    return "\n".join(parts)


def _describe_run(results: dict[str, Any]) -> str:
    versions = ", ".join(f"{name} {number}" for name, number in results["versions"].items())
    return f"Measured by `{results['command']}` at {results['at']}, with {versions}.\n"


def _describe_goals(found: Found) -> str:
    rows = [row for row in found.values() if row["goal"] is not None]
    missed = [row for row in rows if not row["met"]]
    lines = [f"{len(rows) - len(missed)} of {len(rows)} goals are met. Those that are not:\n"] if missed else []
    lines += [] if missed else [f"All {len(rows)} goals are met.\n"]
    if missed:
        lines += ["| figure | value | goal |", "|---|---:|---:|"]
        lines += [f"| {row['name']} | {_show(row['value'])} | {_sign(row)} {row['goal']:g} |" for row in missed]
    return "\n".join(lines) + "\n"


def _describe_set(name: str, found: Found) -> str:
    methods = [one for one in (OURS, *(peer.name for peer in PEERS)) if f"{name}: {one}: auc" in found]
    methods.sort(key=lambda one: found[f"{name}: {one}: log_loss"]["value"])
    lines = [f"### {TITLES[name]}\n", f"| method | {' | '.join(HEADS.values())} |", f"|---|{'---:|' * len(HEADS)}"]
    for method in methods:
        values = [_show(found[f"{name}: {method}: {measure}"]["value"]) for measure in HEADS]
        lines.append(f"| {_name(method)} | {' | '.join(values)} |")
    return "\n".join([*lines, "", _describe_tenths(name, found), *_describe_leads(name, COMPARED, found)])


def _describe_tenths(name: str, found: Found) -> str:
    names = [f"{name}: {OURS}: tenth {place} calibration_ratio" for place in range(1, 11)]
    ratios = ", ".join(_show(found[one]["value"]) if one in found else "no win" for one in names)
    return f"callworth, promised ÷ won by tenth, lowest first: {ratios}.\n"


def _describe_leads(name: str, measures: tuple[str, ...], found: Found) -> list[str]:
    lines = ["| measure | best peer | better by | 95 % interval | a peer is better |", "|---|---|---:|---:|---|"]
    for measure in measures:
        start = f"{name}: {measure}: lead of "
        low = next(one for one in found if one.startswith(start) and one.endswith(", low"))
        best = low.removesuffix(", low")
        interval = f"{_show(found[low]['value'])} to {_show(found[f'{best}, high']['value'])}"
        verdict = _judge(found[f"{name}: {measure}: lead of a peer beyond chance"])
        lead = _show(found[best]["value"])
        lines.append(
            f"| {HEADS.get(measure, measure)} | {best.removeprefix(start)} | {lead} | {interval} | {verdict} |"
        )
    return [*lines, ""]


def _describe_worlds(found: Found) -> str:
    lines = ["### Simulated operations, against the true probabilities\n"]
    for scenario in SCENARIOS:
        heads = [f"{kind}: promised ÷ true | {kind}: regret" for kind in KINDS]
        lines += [f"#### {scenario}\n", f"| method | {' | '.join(heads)} |", f"|---|{'---:|' * 2 * len(KINDS)}"]
        for method in METHODS:
            names = [f"{scenario}: {method}: {kind} {one}" for kind in KINDS for one in ("calibration_ratio", "regret")]
            lines.append(f"| {_name(method)} | {' | '.join(_show(found[name]['value']) for name in names)} |")
        lines += ["", *_describe_leads(scenario, tuple(f"{kind} regret" for kind in KINDS), found)]
    return "\n".join(lines)


def _name(method: str) -> str:
    if method == OURS:
        return f"**{OURS}**"
    return next(peer.says + (" ¹" if peer.refit_rows else "") for peer in PEERS if peer.name == method)


def _judge(row: dict[str, Any]) -> str:
    if not row["value"]:
        return "not beyond chance"
    return f"yes, by at most {MOST_LEAD:g}" if row["met"] else f"**yes, by {_show(row['value'])}**"


def _sign(row: dict[str, Any]) -> str:
    return {">=": "≥", "<=": "≤"}[row["sense"]]


def _show(value: float) -> str:
    return f"{value:.3f}"
