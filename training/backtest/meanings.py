"""What each measure of a backtest means, in a line that a campaign leader can use."""

from __future__ import annotations

MEANINGS = {
    "n": "Leads that were judged.",
    "wins": "How many of them were won.",
    "base_rate": "Share that was won: what calling in any order gives.",
    "auc": "Of a won and a lost lead, how often the won one had the higher probability. 0.5 is chance, 1 is perfect.",
    "auc_within": "The same among leads of one step: it knows the lead, not only the season. The one to compare by.",
    "alift": "Area under the lift curve. 0.5 is calling in random order; higher means wins come earlier in the list.",
    "pr_auc": "How clean the top of the list is. The share won is chance, 1 is perfect.",
    "top_decile_lift": "How many times more wins the best tenth holds than a tenth called at random.",
    "log_loss": "How far probabilities are from what came; sure and wrong costs most. Lower is better.",
    "brier": "Mean squared distance between probability and outcome. Lower is better.",
    "ece": "By how much promised and won differ, on average over tenths of the leads. 0 is perfect.",
    "calibration_ratio": "Wins promised for each win that came. 1 keeps the promise, 1.2 promises a fifth too many.",
}
"""By the measure's name in ``backtest --json``."""
