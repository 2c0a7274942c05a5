"""Backups: the store, the registry and the secret in one folder, and the way back.

``write_backup`` writes one; ``restore_backup`` puts it in the place of what is there, wholly or not at all, and erases
again whoever was erased since.
"""

from __future__ import annotations

from data.backup.restoring import Restored, restore_backup
from data.backup.writing import Backup, write_backup

__all__ = ["Backup", "Restored", "restore_backup", "write_backup"]
