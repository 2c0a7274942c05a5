"""What a table of the contract is made of: fields with a kind, a unit and a meaning.

A table is declared once, as a value; the database schema (:mod:`data.store.schema`), the checks
(:mod:`data.contract.checks`) and the documentation (:mod:`data.contract.document`) follow from it.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator


class Kind(Enum):
    """What a value is; decides its type in PostgreSQL, Arrow and DuckDB."""

    KEY = "key"  # text that identifies a row, or names one of another table
    TEXT = "text"
    CODE = "code"  # text from a coded list
    INTEGER = "integer"  # 64 bits
    MONEY = "money"  # 64-bit integer in the currency's minor unit (øre, cent), without VAT
    NUMBER = "number"  # double precision
    FLAG = "flag"
    MOMENT = "moment"  # timestamp with time zone, kept in UTC
    ATTRIBUTES = "attributes"  # a JSON object of free attributes: name to text or number


@dataclass(frozen=True)
class Field:
    """One column.

    Attributes:
        name: in the field's words, with the unit where it has one (``talk_seconds``).
        kind: what the values are.
        means: one sentence.
        required: a row without it is refused.
        codes: the coded list, for ``Kind.CODE``.
        of: the table whose key this field holds.
        minimum: the smallest value allowed, for numbers.
        maximum: the largest.
        personal: it says who a person is; never in features, artefacts, logs or reports.
        unit: of a number.
        form: how a text must be written, one of :data:`data.contract.forms.FORMS`.
        needed_if: another field and its value with which this one may not be empty.
    """

    name: str
    kind: Kind
    means: str
    required: bool = False
    codes: tuple[str, ...] = ()
    of: str | None = None
    minimum: float | None = None
    maximum: float | None = None
    personal: bool = False
    unit: str | None = None
    form: str | None = None
    needed_if: tuple[str, str] | None = None


@dataclass(frozen=True)
class Table:
    """One table of the contract.

    A row is a version: an import that changes a row adds one with a later ``known_at`` and ends the older
    one with ``superseded_at``. ``key`` is unique among the versions that are not superseded.

    Attributes:
        name: plural noun.
        grain: what one row is ("one row per dial attempt").
        key: the field that identifies a row.
        fields: the columns besides the two clocks, the key first.
        happened: what ``occurred_at`` means here.
        invariants: sentences that always hold; the import checks them.
        entity: a row describes someone or something that sources repeat on many rows (a company on each of its
            leads); then ``occurred_at`` alone does not make a new version.
    """

    name: str
    grain: str
    key: str
    fields: tuple[Field, ...]
    happened: str
    invariants: tuple[str, ...] = ()
    entity: bool = False

    @property
    def columns(self) -> tuple[Field, ...]:
        """The declared fields and the two clocks."""
        return (
            *self.fields,
            Field("occurred_at", Kind.MOMENT, self.happened, required=True),
            Field("known_at", Kind.MOMENT, "when this row became known to us", required=True),
            Field("known_at_assumed", Kind.FLAG, "the source did not say when; occurred_at was taken"),
        )

    @property
    def names(self) -> tuple[str, ...]:
        """The names of :attr:`columns`, in order."""
        return tuple(field.name for field in self.columns)

    def __getitem__(self, name: str) -> Field:
        """The field of that name.

        Raises:
            KeyError: there is none.
        """
        for field in self.columns:
            if field.name == name:
                return field
        raise KeyError(f"table {self.name} has no field {name}")

    @property
    def content(self) -> tuple[str, ...]:
        """The names of the fields whose change makes a new version."""
        clocks = () if self.entity else ("occurred_at",)
        return (*(field.name for field in self.fields), *clocks)

    def references(self) -> Iterator[tuple[str, str]]:
        """Pairs (field, table whose key it holds)."""
        return ((field.name, field.of) for field in self.fields if field.of)


def key(name: str, means: str, *, of: str | None = None, required: bool = True) -> Field:
    """A field that identifies a row of this table, or of table ``of``."""
    return Field(name, Kind.KEY, means, required=required, of=of)
