"""The contract as a page to read, written from its declaration."""

from __future__ import annotations

from typing import TYPE_CHECKING

from data.contract import CONTRACT, Kind

if TYPE_CHECKING:
    from data.contract import Field, Table

KINDS = {
    Kind.KEY: "key",
    Kind.TEXT: "text",
    Kind.CODE: "code",
    Kind.INTEGER: "whole number",
    Kind.MONEY: "amount in minor units (øre, cent), without VAT",
    Kind.NUMBER: "number",
    Kind.FLAG: "true or false",
    Kind.MOMENT: "moment, UTC",
    Kind.ATTRIBUTES: "JSON object of names to text or number",
}

HEAD = """\
# The data contract

The tables of the chain, written from their declaration in `data/contract/`. A file `<table>.csv` with these columns is
read by `callworth import FOLDER --mapping contract`; any other export by a [mapping](mappings.md).

**Versions.** A row is a version: an import that changes a row adds one with a later `known_at`, and the older one ends
there. A row's key is unique among the rows known at any one moment.

**Two clocks.** `occurred_at` is when it happened, `known_at` when we learned of it. A score, feature or figure as of
a moment uses what happened before it *and* was known before it. Where a source does not say when, `known_at` is
`occurred_at`, and `known_at_assumed` says so; but a row that changes another, or that arrives after scores of a later
moment were given, is known from its arrival, so that every score that was given can be given again.

**Personal** fields say who a person is. They enter no feature, artefact, log or report.
"""


def describe_contract() -> str:
    """The contract as Markdown: of each table the grain, the key, the fields and the invariants."""
    return "\n".join([HEAD, *(_describe_table(table) for table in CONTRACT.values())])


def _describe_table(table: Table) -> str:
    lines = [f"## {table.name}", "", f"{table.grain[0].upper()}{table.grain[1:]}. Key: `{table.key}`.", ""]
    lines += ["| field | is | means |", "|---|---|---|"]
    lines += [_describe_field(field) for field in table.columns]
    lines += ["", *(f"- Always: {sentence}." for sentence in table.invariants)]
    return "\n".join(lines).rstrip() + "\n"


def _describe_field(field: Field) -> str:
    facts = [KINDS[field.kind]]
    facts += [f"of `{field.of}`"] if field.of else []
    facts += [field.unit] if field.unit and field.kind is not Kind.MONEY else []
    facts += [f"at least {field.minimum:g}"] if field.minimum is not None else []
    facts += [f"at most {field.maximum:g}"] if field.maximum is not None else []
    facts += ["required"] if field.required else []
    facts += [f"required where `{field.needed_if[0]}` is `{field.needed_if[1]}`"] if field.needed_if else []
    facts += ["personal"] if field.personal else []
    means = field.means + (f": {', '.join(f'`{code}`' for code in field.codes)}" if field.codes else "")
    return f"| `{field.name}` | {', '.join(facts)} | {means} |"
