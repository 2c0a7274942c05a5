"""Hygiene: the round after a calling day. What in the data needs a person's hand, and what it costs to leave it.

A rule says in SQL which rows it is about; ``make_round`` runs all of them as of a moment and puts a price on each
finding: the expected value of the open leads that it concerns. Rules about companies and contacts are in ``parties``
and ``near``, about the work on leads in ``work``, about bought lists in ``lists``. Findings name rows by their ids
alone.
"""

from data.hygiene.round import Round, make_round
from data.hygiene.rule import Rule

__all__ = ["Round", "Rule", "make_round"]
