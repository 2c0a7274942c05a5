"""What the close model is measured against: one family of peers a file, each with its own defaults.

A peer gets the same columns as the product does, before these are encoded, and gives a probability for each row. None
is tuned by hand, and none knows more than the rows that it learns from.
"""

from __future__ import annotations

from benchmarks.peers.listing import PEERS, find_missing
from benchmarks.peers.peer import Peer, Predict, Rows

__all__ = ["PEERS", "Peer", "Predict", "Rows", "find_missing"]
