"""The data room: the contract, the store, imports and quarantine, the gate before every call, and the simulator.

Everything that enters callworth enters here, and nothing enters unchecked.
"""

from __future__ import annotations

from data.arrivals import read_backdated
from data.errors import CallworthError
from data.frames import Tables, arrow_schema, empty_table, to_arrow
from data.gate import may_call
from data.imports import (
    FlatRows,
    ImportReport,
    Mapping,
    Suggestion,
    change_columns,
    export_quarantine,
    import_source,
    list_mappings,
    list_quarantine,
    list_resolved,
    load_mapping,
    read_flat,
    read_mapping_text,
    release_quarantine,
    suggest_mapping,
)
from data.kept_features import drop_features, keep_features, read_features
from data.keys import AccessKey, find_key, new_key, revoke_key
from data.queue import QueuedLead, close_queue, lease_next_lead, list_next_leads, prune_queue, refresh_queue
from data.scores import log_scores, read_scores
from data.settings import Settings, read_settings
from data.store import Store, lock_merges, merge_rows, open_store, read_tables, renew_store

__all__ = [
    "AccessKey",
    "CallworthError",
    "FlatRows",
    "ImportReport",
    "Mapping",
    "QueuedLead",
    "Settings",
    "Store",
    "Suggestion",
    "Tables",
    "arrow_schema",
    "change_columns",
    "close_queue",
    "drop_features",
    "empty_table",
    "export_quarantine",
    "find_key",
    "import_source",
    "keep_features",
    "lease_next_lead",
    "list_mappings",
    "list_next_leads",
    "list_quarantine",
    "list_resolved",
    "load_mapping",
    "lock_merges",
    "log_scores",
    "may_call",
    "merge_rows",
    "new_key",
    "open_store",
    "prune_queue",
    "read_backdated",
    "read_features",
    "read_flat",
    "read_mapping_text",
    "read_scores",
    "read_settings",
    "read_tables",
    "refresh_queue",
    "release_quarantine",
    "renew_store",
    "revoke_key",
    "suggest_mapping",
    "to_arrow",
]
