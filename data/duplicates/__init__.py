"""Duplicates: records of one company or person become one record, and every merge can be taken back.

Records that share a key (``keys``) merge when an import brings them (``merging``); rows that arrive later under the
merged id follow to the record that was kept (``following``), and so do those that were known before it
(``overtaken``). Nothing is rewritten: a merge adds versions that are known from then on, ``log`` keeps what each merge
changed, and ``undoing`` takes one back. What is only near (``near``) is proposed to people.
"""

from data.duplicates.arrivals import note_arrivals
from data.duplicates.dividing import divide_groups
from data.duplicates.following import follow_merges
from data.duplicates.keys import find_same_companies, find_same_contacts
from data.duplicates.log import list_merges
from data.duplicates.merging import merge_by_hand, merge_duplicates
from data.duplicates.near import Near, find_near
from data.duplicates.overtaken import note_overtaken, renew_overtaken
from data.duplicates.twins import note_twins
from data.duplicates.undoing import undo_merge

__all__ = [
    "Near",
    "divide_groups",
    "find_near",
    "find_same_companies",
    "find_same_contacts",
    "follow_merges",
    "list_merges",
    "merge_by_hand",
    "merge_duplicates",
    "note_arrivals",
    "note_overtaken",
    "note_twins",
    "renew_overtaken",
    "undo_merge",
]
