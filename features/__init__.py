"""The only place where a feature is computed.

Firmographics, call behaviour, stages, signals and timing are named, documented SQL expressions over the
contract's tables and an as-of time, compiled into one DuckDB query per source table. Training, batch scoring,
the service and monitoring call the same functions; nothing here reads the clock.
"""

from __future__ import annotations

from features.attributes import Attribute, find_attributes, find_personal_attributes
from features.computer import FeatureComputer, compute_features
from features.matrix import encode_matrix, hash_row
from features.registry import FEATURES, FeatureDescription, describe_features, group_feature
from features.schema import FeatureSchema, fit_schema, hide_rare_values
from features.words import LANGUAGES, read_language, say_feature

__all__ = [
    "FEATURES",
    "LANGUAGES",
    "Attribute",
    "FeatureComputer",
    "FeatureDescription",
    "FeatureSchema",
    "compute_features",
    "describe_features",
    "encode_matrix",
    "find_attributes",
    "find_personal_attributes",
    "fit_schema",
    "group_feature",
    "hash_row",
    "hide_rare_values",
    "read_language",
    "say_feature",
]
