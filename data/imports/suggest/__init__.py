"""A first mapping for an unknown export: what its columns are, what it leaves open, and what it cannot give."""

from __future__ import annotations

from data.imports.suggest.suggestion import Suggestion, suggest_mapping

__all__ = ["Suggestion", "suggest_mapping"]
