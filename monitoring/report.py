"""The report of a check: one HTML that opens offline with the verdict first, and one JSON verdict."""

from __future__ import annotations

import json
from dataclasses import asdict
from html import escape
from math import isfinite
from typing import TYPE_CHECKING, Any

from monitoring.columns import CALENDAR, SCORE
from monitoring.picture import draw_calibration
from monitoring.verdict import name_months

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from monitoring.check import Check
    from monitoring.columns import ColumnDrift

POLICY = (
    "default-src 'none'; script-src 'unsafe-inline' 'unsafe-eval'; style-src 'unsafe-inline'; "
    "img-src data: blob:; font-src data:"
)
"""Content security policy of the page: a browser that obeys it asks nothing of the network, whatever the page says."""

STYLE = """
body{font:15px/1.5 system-ui,sans-serif;margin:0;color:#1b1f24;background:#fff}
main{max-width:1000px;margin:0 auto;padding:24px}
h1{font-size:20px;margin:0}h2{font-size:16px;margin:28px 0 8px}
.verdict{border-left:10px solid;padding:14px 18px;background:#f6f7f9}
.verdict b{font-size:30px;display:block}.healthy{border-color:#1a7f37}.watch{border-color:#bf8700}
.retrain{border-color:#cf222e}
ul{padding-left:20px;margin:8px 0}table{border-collapse:collapse;font-size:14px;margin-bottom:12px}
th,td{text-align:right;padding:4px 8px;border-bottom:1px solid #d9dde2}th:first-child,td:first-child{text-align:left}
.muted{color:#59636e;font-size:14px}.pictures{display:flex;flex-wrap:wrap;gap:16px}
svg text{font-size:11px;text-anchor:middle;fill:#1b1f24}svg .left{text-anchor:end}svg .title{font-size:13px}
svg .axis,svg .ideal,svg polyline{fill:none;stroke:#59636e}svg .ideal{stroke-dasharray:4}
svg polyline{stroke:#0969da;stroke-width:2}svg circle{fill:#0969da}
iframe{width:100%;height:90vh;border:0;border-top:1px solid #d9dde2}
"""


def write_report(check: Check, folder: Path) -> tuple[Path, Path]:
    """Write ``check-YYYY-MM.html`` and ``check-YYYY-MM.json``.

    Args:
        check: of :func:`monitoring.check_month`.
        folder: made where it is not there; reports of the same month are replaced.

    Returns:
        The paths of the HTML and of the JSON.
    """
    folder.mkdir(parents=True, exist_ok=True)
    page, verdict = folder / f"check-{check.month}.html", folder / f"check-{check.month}.json"
    page.write_text(render_page(check), encoding="utf-8")
    text = json.dumps(summarise_check(check), ensure_ascii=False, indent=1, allow_nan=False)
    verdict.write_text(text + "\n", encoding="utf-8")
    return page, verdict


def summarise_check(check: Check) -> dict[str, Any]:
    """The check as plain JSON values, the verdict and its reasons first; what is not defined is null."""
    summary = {
        "month": check.month,
        "verdict": check.verdict,
        "reasons": check.reasons,
        "notes": check.notes,
        "as_of": check.as_of.isoformat(),
        "model_version": check.model_version,
        "figures": {
            "scores": check.scores,
            "leads": check.leads,
            "leads_compared": check.compared,
            "outcomes": check.outcomes,
            "mean_score_reference": check.mean_scores[0],
            "mean_score": check.mean_scores[1],
            "columns_compared": len(_features(check.columns)),
            "columns_drifted": [column.name for column in _features(check.columns) if column.drifted],
            "promises": [asdict(promise) | {"calibration_ratio": promise.ratio} for promise in check.promises],
            "columns": [asdict(column) for column in check.columns],
        },
        "limits": asdict(check.limits),
    }
    plain: dict[str, Any] = _make_plain(summary)
    return plain


def render_page(check: Check) -> str:
    """The HTML page: verdict, reasons, figures and calibration, then Evidently's page in a frame."""
    pictures = "".join(draw_calibration(promise) for promise in check.promises)
    calibration = f'<h2>Promised and won</h2>{_tabulate_promises(check)}<div class="pictures">{pictures}</div>'
    shown = [column for column in check.columns if column.drifted or column.name == SCORE or column.note]
    shown.sort(key=lambda column: (column.name != SCORE, column.note != "", -abs(column.effect or 0)))
    frame = f'<h2>Every column, by Evidently</h2></main><iframe title="Evidently" srcdoc="{escape(check.evidently)}">'
    return (
        '<!doctype html><html lang="en"><head><meta charset="utf-8">'
        f'<meta http-equiv="Content-Security-Policy" content="{POLICY}">'
        f"<title>{check.verdict}: model check {check.month}</title><style>{STYLE}</style></head><body><main>"
        f'<div class="verdict {check.verdict}"><h1>Model check {check.month}</h1><b>{check.verdict}</b>'
        f"{_list(check.reasons)}</div>"
        f"<h2>Figures</h2>{_tabulate_figures(check)}{calibration if check.promises else ''}"
        f"<h2>Drift</h2>{_tabulate_columns(shown)}"
        f'<h2>To know</h2><div class="muted">{_list(check.notes)}</div>'
        f"{frame + '</iframe>' if check.evidently else '</main>'}</body></html>\n"
    )


def _tabulate_figures(check: Check) -> str:
    before, now = check.mean_scores
    drifted = [column for column in _features(check.columns) if column.drifted]
    rows = [
        ("Model version", check.model_version or "not registered"),
        ("As of", f"{check.as_of:%Y-%m-%d %H:%M} {check.as_of.tzname() or ''}"),
        ("Scores given in the month", f"{check.scores:,}"),
        ("Leads scored", f"{check.leads:,}"),
        ("Of these so far", ", ".join(f"{count:,} {outcome}" for outcome, count in check.outcomes.items())),
        ("Mean score, training → month", f"{100 * before:.1f} % → {100 * now:.1f} %"),
        ("Columns drifted", f"{len(drifted)} of {len(_features(check.columns))}"),
    ]
    return _tabulate((), rows)


def _tabulate_promises(check: Check) -> str:
    head = ("Horizon, scored in", "By", "Scores", "Leads", "Promised", "Won", "Ratio", "AUC", "Log-loss")
    rows = [
        (
            f"{one.horizon_days} days, {name_months(one)}",
            "this version" if one.current else "earlier versions",
            f"{one.scores:,}",
            f"{one.leads:,}",
            f"{one.promised:.1f}",
            f"{one.won:,}",
            _format(one.ratio, ".2f"),
            _format(one.auc, ".3f"),
            _format(one.log_loss, ".4f"),
        )
        for one in check.promises
    ]
    return _tabulate(head, rows)


def _tabulate_columns(columns: Sequence[ColumnDrift]) -> str:
    head = ("Column", "Distance", "Limit", "Missing, training", "Missing, month", "Effect on mean score", "Note")
    rows = [
        (
            "the score" if one.name == SCORE else one.name,
            "–" if one.distance is None else f"{one.distance:.3f}",
            f"{one.limit:.3f}",
            f"{100 * one.missing_reference:.0f} %",
            f"{100 * one.missing_month:.0f} %",
            "–" if one.effect is None else f"{100 * one.effect:+.1f} %",
            one.note or ("moves with the calendar" if one.name in CALENDAR else ""),
        )
        for one in columns
    ]
    return _tabulate(head, rows)


def _tabulate(head: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    top = "".join(f"<th>{escape(cell)}</th>" for cell in head)
    body = "".join(f"<tr>{''.join(f'<td>{escape(cell)}</td>' for cell in row)}</tr>" for row in rows)
    return f"<table>{f'<tr>{top}</tr>' if head else ''}{body}</table>"


def _list(sentences: Sequence[str]) -> str:
    return f"<ul>{''.join(f'<li>{escape(sentence)}</li>' for sentence in sentences)}</ul>"


def _features(columns: Sequence[ColumnDrift]) -> list[ColumnDrift]:
    return [column for column in columns if column.name not in {SCORE, *CALENDAR}]


def _format(value: float, pattern: str) -> str:
    return format(value, pattern) if isfinite(value) else "–"


def _make_plain(value: Any) -> Any:
    if isinstance(value, dict):
        return {name: _make_plain(each) for name, each in value.items()}
    if isinstance(value, list | tuple):
        return [_make_plain(each) for each in value]
    if isinstance(value, float):
        return value if isfinite(value) else None
    return value
