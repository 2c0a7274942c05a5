"""May we call? One decision, in one place, through which every list, export and page passes.

``may_call`` answers for people, ``decide_calls`` for those who count milliseconds; both with the rule that refuses, its
source and, where it is known, until when. Rules that are law and rules of the house are told apart in ``rules``.
"""

from data.gate.decision import Decision, decide_calls, may_call
from data.gate.hours import CLOSURES, Place, find_calling_moment, locate_number
from data.gate.rules import RULES, Rule

__all__ = [
    "CLOSURES",
    "RULES",
    "Decision",
    "Place",
    "Rule",
    "decide_calls",
    "find_calling_moment",
    "locate_number",
    "may_call",
]
