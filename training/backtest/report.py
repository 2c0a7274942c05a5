"""The report of a backtest: one HTML page that opens offline and asks nothing of the network."""

from __future__ import annotations

from html import escape
from itertools import pairwise
from math import isfinite
from typing import TYPE_CHECKING

from training.backtest.charts import draw_course, draw_lift, draw_tenths, write_share
from training.backtest.course import follow_steps
from training.backtest.evaluation import auc_within
from training.backtest.lift import trace_lift
from training.backtest.meanings import MEANINGS
from training.backtest.tenths import group_tenths

if TYPE_CHECKING:
    from collections.abc import Sequence

    from training.backtest.course import Stretch
    from training.backtest.lift import LiftCurve
    from training.backtest.store_backtest import Backtest
    from training.backtest.tenths import Tenth

POLICY = "default-src 'none'; style-src 'unsafe-inline'"
"""Content security policy of the page: nothing is fetched and no script runs, whatever a name in it says."""

STYLE = """
body{font:15px/1.5 system-ui,sans-serif;margin:0;color:#1b1f24;background:#fff}
main{max-width:1000px;margin:0 auto;padding:24px}
h1{font-size:24px;margin:0 0 8px}h2{font-size:18px;margin:32px 0 8px}
.short{border-left:10px solid #0969da;padding:14px 18px;background:#f6f7f9}.short p{margin:4px 0}
ul{padding-left:20px;margin:8px 0}.muted{color:#59636e;font-size:14px}
table{border-collapse:collapse;font-size:14px;margin-bottom:12px;font-variant-numeric:tabular-nums}
th,td{text-align:right;padding:4px 10px;border-bottom:1px solid #d9dde2;vertical-align:top}
th:first-child,td:first-child,.words td:last-child,.words th:last-child{text-align:left}
.pictures{display:flex;flex-wrap:wrap;gap:16px}svg{max-width:100%;height:auto;display:block}
svg text{font-size:11px;text-anchor:middle;fill:#1b1f24}svg .left{text-anchor:end}
svg .title{font-size:13px;font-weight:600}
svg path{fill:none}svg .axis{stroke:#59636e}svg .grid{stroke:#e6e9ed}svg .bar{stroke:#54a3ff;stroke-width:2}
svg .ideal{stroke:#59636e;stroke-dasharray:4}svg .bound{stroke:#b9c0c8}svg .curve{stroke:#0969da;stroke-width:2}
svg circle{fill:#0969da}
"""

LABELS = 6
"""Steps labelled below a chart."""
HALF, MOST_WINS = 0.5, 0.8


def render_report(backtest: Backtest, name: str, more: Sequence[str] = ()) -> str:
    """The page: what it comes to, lift, calibration, the course over the steps, and each measure with its meaning.

    Args:
        backtest: of a file or of the store.
        name: of what was judged; the title.
        more: further sections, as HTML, shown before the measures.
    """
    won = backtest.predictions["won"].to_numpy(int)
    probability = backtest.predictions["probability"].to_numpy(float)
    curve = trace_lift(won, probability) if won.any() else None
    tenths, steps = group_tenths(won, probability), follow_steps(backtest.predictions)
    lift = draw_lift(curve, backtest.measures["base_rate"]) if curve else ""
    sections = (
        f'<h1>{escape(name)}</h1><div class="short">{_sum_up(backtest, curve, tenths)}</div>'
        f"{_tell_leaks(backtest)}"
        f'<h2>Ranking and promises</h2><div class="pictures">{lift}{draw_tenths(tenths)}</div>'
        f'<p class="muted">Dashed: chance on the left, kept promises on the right. Grey: an order that knows every '
        f"outcome. Bars: 95 % intervals of the share won.</p>{_tabulate_tenths(tenths)}",
        _show_course(backtest, steps),
        *more,
        f"<h2>Every measure</h2>{_tabulate_measures(backtest)}",
    )
    return (
        '<!doctype html><html lang="en"><head><meta charset="utf-8">'
        f'<meta http-equiv="Content-Security-Policy" content="{POLICY}">'
        '<meta name="viewport" content="width=device-width">'
        f"<title>Backtest: {escape(name)}</title><style>{STYLE}</style></head>"
        f"<body><main>{''.join(sections)}</main></body></html>\n"
    )


def tabulate(head: Sequence[str], rows: Sequence[Sequence[str]], kind: str = "") -> str:
    """A table; what stands in its cells is text, never markup."""
    top = "".join(f"<th>{escape(cell)}</th>" for cell in head)
    body = "".join(f"<tr>{''.join(f'<td>{escape(cell)}</td>' for cell in row)}</tr>" for row in rows)
    return f'<table class="{kind}"><tr>{top}</tr>{body}</table>'


def write_measure(value: float, decimals: int = 3) -> str:
    """A measure with a fixed count of decimals, a dash where it is not defined, whole where it is a count."""
    if isinstance(value, int):
        return f"{value:,}"
    return f"{value:.{decimals}f}" if isfinite(value) else "–"


def _sum_up(backtest: Backtest, curve: LiftCurve | None, tenths: Sequence[Tenth]) -> str:
    measures = backtest.measures
    sentences = [f"Method: {backtest.method}."]
    counted = f"{measures['n']:,} leads were judged, {measures['wins']:,} of them won"
    sentences.append(f"{counted} ({write_share(measures['base_rate'], 1)}).")
    if backtest.excluded:
        sentences.append(f"{backtest.excluded:,} leads without an outcome could not be judged.")
    if curve:
        sentences.append(
            f"The better half of the list holds {write_share(curve.find_reached(HALF))} of the wins; "
            f"{write_share(curve.find_called(MOST_WINS))} of the calls reach {write_share(MOST_WINS)} of them."
        )
        kept = sum(tenth.kept for tenth in tenths)
        ratio = f"{measures['calibration_ratio']:.2f} wins were promised for each that came"
        sentences.append(f"{ratio}; in {kept} of {len(tenths)} tenths the promise lies within the interval.")
    return "".join(f"<p>{escape(sentence)}</p>" for sentence in sentences)


def _tell_leaks(backtest: Backtest) -> str:
    lines = [f"<li>{escape(leak.to_line())}</li>" for leak in backtest.leaks]
    found = f"<ul>{''.join(lines)}</ul>" if lines else "<p>None was found.</p>"
    return f"<h2>Columns that tell the outcome</h2>{found}"


def _tabulate_tenths(tenths: Sequence[Tenth]) -> str:
    rows = [
        (
            f"{number}",
            f"{tenth.leads:,}",
            f"{tenth.wins:,}",
            write_share(tenth.promised, 1),
            write_share(tenth.won, 1),
            f"{write_share(tenth.low, 1)} to {write_share(tenth.high, 1)}",
            "yes" if tenth.kept else "no",
        )
        for number, tenth in enumerate(tenths, 1)
    ]
    return tabulate(("Tenth", "Leads", "Wins", "Promised", "Won", "95 % interval", "Kept"), rows)


def _show_course(backtest: Backtest, steps: Sequence[Stretch]) -> str:
    folds = backtest.order == "none"
    ticks = _label_steps(steps, dated=not folds)
    predictions = backtest.predictions
    within = auc_within(*(predictions[name].to_numpy() for name in ("won", "probability", "step")))
    ratio, rates = [step.calibration_ratio for step in steps], [step.base_rate for step in steps]
    ones, mean = [1.0] * len(steps), [backtest.measures["base_rate"]] * len(steps)
    losses = ([step.log_loss for step in steps], [step.base_log_loss for step in steps])
    charts = (
        draw_course(
            "AUC within the step; dashed: its mean",
            [step.auc for step in steps],
            ticks,
            [within] * len(steps),
            share=False,
        ),
        draw_course("Wins promised per win that came; dashed: 1", ratio, ticks, ones, share=False),
        draw_course(
            "Log-loss; dashed: of one who knew only the step's share won", losses[0], ticks, losses[1], share=False
        ),
        draw_course("Share won; dashed: of all", rates, ticks, mean, share=True),
    )
    return f"<h2>{'Fold by fold' if folds else 'Over time'}</h2>{''.join(charts)}"


def _label_steps(steps: Sequence[Stretch], *, dated: bool) -> list[tuple[float, str]]:
    every = max(1, -(-len(steps) // LABELS))
    dated = dated and all(earlier.first <= later.first for earlier, later in pairwise(steps))
    return [
        (place, f"{step.first:%Y-%m-%d}" if dated else f"{step.step + 1}")
        for place, step in enumerate(steps)
        if place % every == 0
    ]


def _tabulate_measures(backtest: Backtest) -> str:
    rows = [
        (name, write_share(value, 1) if name == "base_rate" else write_measure(value), MEANINGS[name])
        for name, value in backtest.measures.items()
        if name in MEANINGS
    ]
    return tabulate(("Measure", "Value", "What it means"), rows, "words")
