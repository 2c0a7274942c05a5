"""The set of features as a whole."""

from __future__ import annotations

from data.contract import CONTRACT
from features import FEATURES, describe_features
from features.compiling import compile_query
from features.feature import fields_read
from features.sources import SOURCES


def test_no_feature_reads_a_personal_field():
    for feature in FEATURES.values():
        table = CONTRACT[feature.source.table]
        assert not [field for field in fields_read(feature.source, feature.expression) if table[field].personal]


def test_no_query_reads_a_personal_field():
    for source in SOURCES:
        query = compile_query(source, [one for one in FEATURES.values() if one.source is source])
        for name, columns in query.columns.items():
            personal = {field.name for field in CONTRACT[name].columns if field.personal}
            assert not personal & set(columns)


def test_every_feature_has_a_known_source_and_is_described():
    described = describe_features()
    assert [line.name for line in described] == list(FEATURES)
    assert {line.table for line in described} <= {source.table for source in SOURCES}
    assert all(line.unit and line.description.endswith(".") for line in described)
    assert len({line.description for line in described}) == len(described)


def test_words_are_the_name_as_it_is_said():
    words = {line.name: line.words_en for line in describe_features()}
    assert words["calls_last_30_days"] == "calls last 30 days"
