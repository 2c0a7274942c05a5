"""What we said: every score that was served, so that it can be checked and rebuilt."""

from __future__ import annotations

from data.contract.codes import QUESTIONS
from data.contract.fields import Field, Kind, Table, key

SCORES = Table(
    "scores",
    grain="one row per score given: a lead, an as-of, a model version",
    key="score_id",
    happened="the as-of of the score",
    invariants=("probability_90_days ≤ probability_180_days ≤ probability",),
    fields=(
        key("score_id", "the score"),
        key("lead_id", "who was scored", of="leads"),
        Field("question", Kind.CODE, "who asked; pipeline: all open leads at once", required=True, codes=QUESTIONS),
        Field("model_version", Kind.TEXT, "version in the registry", required=True),
        Field("features_hash", Kind.TEXT, "SHA-256 of the encoded feature row", required=True),
        Field(
            "probability",
            Kind.NUMBER,
            "close probability: P(won within 365 days)",
            required=True,
            minimum=0,
            maximum=1,
            unit="share",
        ),
        Field("probability_90_days", Kind.NUMBER, "P(won within 90 days)", minimum=0, maximum=1, unit="share"),
        Field("probability_180_days", Kind.NUMBER, "P(won within 180 days)", minimum=0, maximum=1, unit="share"),
        Field("expected_amount_minor", Kind.MONEY, "expected amount if won", minimum=0, unit="minor units"),
        Field(
            "expected_value_minor",
            Kind.MONEY,
            "close probability × expected amount",
            minimum=0,
            unit="minor units",
        ),
    ),
)
