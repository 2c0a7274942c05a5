"""Contract rows as they may be shown: nothing that says who a person is, also in keys and free attributes."""

from __future__ import annotations

import re
from json import loads
from typing import TYPE_CHECKING, Any

from data.contract import CONTRACT, Kind
from data.personal import LIKELY, Contents, is_unmistakable, looks_personal

if TYPE_CHECKING:
    from collections.abc import Iterator

    from data.contract import Field
    from data.imports.mapping import FieldRule, Mapping

MASK = "•••"
_LIKELY = re.compile(LIKELY)


class Mask:
    """Hides what is personal in rows that came through a mapping.

    A column that fills a personal field is personal wherever it goes: a key made of a name says as much as the name.
    """

    def __init__(self, mapping: Mapping) -> None:
        rules = list(_list_rules(mapping))
        self._columns = {rule.column for _, field, rule in rules if field.personal and rule.column}
        self._fields = {(table, field.name) for table, field, rule in rules if rule.column in self._columns}

    def apply(self, table: str, field: Field, value: Any) -> Any:
        """A value of a table's field, masked where it is personal.

        >>> from data.imports.mapping import contract_mapping
        >>> mask, lead = Mask(contract_mapping()), CONTRACT["leads"]
        >>> mask.apply("leads", lead["lead_id"], "ak@nordlys.example"), mask.apply("leads", lead["lead_id"], "L-1")
        ('•••', 'L-1')
        >>> mask.apply("leads", lead["attributes"], {"Kilde": "Messe", "Mobil": "22 12 34 56"})
        {'Kilde': 'Messe', 'Mobil': '•••'}
        """
        if field.personal or (table, field.name) in self._fields:
            return MASK
        if field.kind is Kind.ATTRIBUTES:
            content = loads(value) if isinstance(value, str) else value
            return {name: MASK if self._tells(name, str(each)) else each for name, each in content.items()}
        return MASK if isinstance(value, str) and is_unmistakable(value) else value

    def _tells(self, name: str, text: str) -> bool:
        found = Contents(1, 1, int(is_unmistakable(text)), int(bool(_LIKELY.fullmatch(text))))
        return name in self._columns or looks_personal(name, found)


def _list_rules(mapping: Mapping) -> Iterator[tuple[str, Field, FieldRule]]:
    for file in mapping.files:
        for table in file.tables:
            for name, rule in table.fields.items():
                yield table.table, CONTRACT[table.table][name], rule
