"""The list of peers, and which of them cannot be measured here."""

from __future__ import annotations

from benchmarks.peers.automl import fit_automl
from benchmarks.peers.bayes import fit_naive_bayes
from benchmarks.peers.boosters import fit_catboost, fit_histogram, fit_lightgbm, fit_xgboost
from benchmarks.peers.linear import fit_logistic
from benchmarks.peers.networks import fit_networks
from benchmarks.peers.peer import Peer
from benchmarks.peers.points import fit_points
from benchmarks.peers.simple import fit_random_order, fit_recent_rate

SELDOM = 1_000
"""A search of a minute learns anew after so many judged rows."""

PEERS = (
    Peer("logistic", "logistic regression", fit_logistic, "scikit-learn"),
    Peer("histogram", "scikit-learn's histogram boosting", fit_histogram, "scikit-learn"),
    Peer("lightgbm", "LightGBM with its defaults", fit_lightgbm, "lightgbm"),
    Peer("xgboost", "XGBoost with its defaults", fit_xgboost, "xgboost-cpu"),
    Peer("catboost", "CatBoost with its defaults", fit_catboost, "catboost"),
    Peer("flaml", "FLAML's AutoML, a minute a search (20 seconds below 1,000 rows)", fit_automl, "flaml", SELDOM),
    Peer("networks", "ensemble of seven networks as in Moro et al. 2014", fit_networks, "scikit-learn"),
    Peer("naive_bayes", "naive Bayes as CRM suites use it", fit_naive_bayes),
    Peer("points", "points score", fit_points),
    Peer("recent_rate", "the win rate of the 500 rows before", fit_recent_rate),
    Peer("random", "random order, whose numbers promise nothing", fit_random_order),
)


def find_missing() -> tuple[str, ...]:
    """The packages of peers that are not installed here, sorted."""
    return tuple(sorted({str(peer.package) for peer in PEERS if not peer.installed}))
