"""Erasure: a person's identity leaves every table, and what remains can no longer be traced to them.

``find_people`` says who is meant, ``forget_people`` erases them, ``read_forgotten`` gives the list by which an import
knows them again without knowing who they were, and ``refuse_forgotten`` keeps such rows out.
"""

from __future__ import annotations

from data.erasure.erased_leads import read_erased_leads
from data.erasure.files import find_files
from data.erasure.forgetting import Erased, forget_people
from data.erasure.forgotten import Forgotten, read_forgotten
from data.erasure.people import Person, find_people, find_sharing
from data.erasure.refusing import ERASED, refuse_forgotten
from data.erasure.turns import hold_erasures

__all__ = [
    "ERASED",
    "Erased",
    "Forgotten",
    "Person",
    "find_files",
    "find_people",
    "find_sharing",
    "forget_people",
    "hold_erasures",
    "read_erased_leads",
    "read_forgotten",
    "refuse_forgotten",
]
