"""The training room: outcomes and their maturity, the close model, its backtest and its versions.

``fit_artefact`` learns from contract tables with what was known at one moment; ``register_artefact`` and
``load_champion`` keep versions in the registry; ``score_questions`` scores leads and ``interval_of_sum`` says how sure
their sums are; ``backtest_store`` and ``backtest_rows`` say what the model would have been worth, ``render_report``
shows it as a page, and ``compare_cadences`` says how often to train anew.
"""

from __future__ import annotations

from training.artefact import Artefact
from training.backtest.cadence import compare_cadences
from training.backtest.cadence_quality import CadenceComparison
from training.backtest.flat_backtest import backtest_rows
from training.backtest.plan import Plan
from training.backtest.report import render_report
from training.backtest.store_backtest import Backtest, backtest_store, judge_scores
from training.explanation.reasons import Reason, explain_scores
from training.fitting import fit_artefact
from training.intervals.sums import interval_of_sum
from training.leaks.leak import Leak, read_leaks
from training.leaks.store_guard import list_candidates
from training.questions import ask_open_leads, ask_questions, read_outcomes
from training.registry import find_alias, load_champion, load_version, promote_version, register_artefact, roll_back
from training.scoring import Scored, score_questions

__all__ = [
    "Artefact",
    "Backtest",
    "CadenceComparison",
    "Leak",
    "Plan",
    "Reason",
    "Scored",
    "ask_open_leads",
    "ask_questions",
    "backtest_rows",
    "backtest_store",
    "compare_cadences",
    "explain_scores",
    "find_alias",
    "fit_artefact",
    "interval_of_sum",
    "judge_scores",
    "list_candidates",
    "load_champion",
    "load_version",
    "promote_version",
    "read_leaks",
    "read_outcomes",
    "register_artefact",
    "render_report",
    "roll_back",
    "score_questions",
]
