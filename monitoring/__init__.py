"""The monitoring room: is the model still right, and may another one take its place?

``check_month`` compares the leads scored in a month with those the model was trained on, and what scores
promised with what was won; ``write_report`` writes it down for people and for machines. ``judge_challenger``
is the gate that a new version passes before it serves.
"""

from __future__ import annotations

from monitoring.check import Check, check_month
from monitoring.gate import GateVerdict, judge_challenger
from monitoring.given import require_month
from monitoring.limits import GateLimits, Limits
from monitoring.report import render_page, summarise_check, write_report

__all__ = [
    "Check",
    "GateLimits",
    "GateVerdict",
    "Limits",
    "check_month",
    "judge_challenger",
    "render_page",
    "require_month",
    "summarise_check",
    "write_report",
]
