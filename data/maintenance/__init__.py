"""The nightly round: what is kept no longer is deleted, and what was deleted leaves the disk.

``maintain_store`` does both; ``apply_retention`` and ``clear_disk`` are its halves.
"""

from __future__ import annotations

from data.maintenance.disk import clear_disk
from data.maintenance.nightly import Maintenance, maintain_store
from data.maintenance.retention import apply_retention

__all__ = ["Maintenance", "apply_retention", "clear_disk", "maintain_store"]
