"""A first mapping for an unknown export, guessed from column names and contents, and what it cannot give."""

from __future__ import annotations

from dataclasses import dataclass, field
from json import dumps
from typing import TYPE_CHECKING, Any

from data.errors import SourceError
from data.imports.column_contents import (
    find_date_format,
    is_flag,
    is_numeric,
    split_outcomes,
)
from data.imports.column_names import AFTERWARDS, NAMES, PERSONAL, find_column, find_columns
from data.imports.decimal_sign import find_decimal_sign
from data.imports.shortcomings import list_shortcomings
from data.imports.sources import HEADER_ROW, open_source, read_chunks

if TYPE_CHECKING:
    from pathlib import Path

    import pandas as pd

NO_DATE = "2000-01-01"
DECIDED_DAYS = 30
NAMES_PER_ROW = 0.2  # names of people and companies differ more than a coded list does
COMPANY = ("registration_id", "name", "industry", "employees", "region", "country", "domain", "advertising_protected")
CONTACT = ("name", "title", "email", "phone", "do_not_call", "robinson")
CODES = {"country": "[A-Z]{2}|", "currency": "[A-Z]{3}"}
FLAG_FIELDS = ("do_not_call", "robinson", "advertising_protected")


@dataclass(frozen=True)
class Suggestion:
    """A mapping to begin with.

    Attributes:
        toml: the mapping's text; it loads, and imports the very file.
        notes: sentences on what was assumed, and on what cannot be computed from this file and why.
    """

    toml: str
    notes: tuple[str, ...]


@dataclass
class _Export:
    """A look at a file: its rows as text, what each column seems to be, and what was noticed."""

    name: str
    rows: pd.DataFrame
    delimiter: str
    encoding: str
    decimal: str = "."
    roles: dict[str, str] = field(default_factory=dict)
    formats: dict[str, str | None] = field(default_factory=dict)
    won: list[str] = field(default_factory=list)
    lost: list[str] = field(default_factory=list)
    drop: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)

    def text(self, role: str) -> pd.Series:
        return self.rows[self.roles[role]]


def suggest_mapping(path: Path) -> Suggestion:
    """Suggest a mapping for an export with one row per lead.

    Args:
        path: a CSV file with a header line; its first rows (16 MB) are looked at.

    Raises:
        SourceError: the file cannot be read or has no rows.
    """
    source = open_source(path)
    rows = next(read_chunks(source), None)
    if rows is None or rows.empty:
        problem, remedy = "the file has a header line and no rows", "export it again with its rows"
        raise SourceError(problem, file=path, row=HEADER_ROW, remedy=remedy)
    rows = rows.apply(lambda column: column.str.strip())
    export = _Export(path.stem, rows, source.delimiter, source.encoding)
    _find_roles(export)
    _find_drops(export)
    text = "\n\n".join(_write_table(name, rules) for name, rules in _list_tables(export).items())
    export.notes += list_shortcomings(set(export.roles), bool(export.won), bool(export.lost))
    return Suggestion(text + "\n", tuple(export.notes))


def _find_roles(export: _Export) -> None:
    columns = list(export.rows.columns)
    export.decimal, export.notes = find_decimal_sign(export.rows)
    for role, names in NAMES.items():
        first = find_column(columns, names)
        candidates = find_columns(columns, names) if role == "outcome" else [first] if first else []
        for column in candidates:
            if column not in export.roles.values() and _fits(export, role, export.rows[column]):
                export.roles[role] = column
                break
    _find_outcome(export, columns[-1])


def _fits(export: _Export, role: str, text: pd.Series) -> bool:
    """Whether what stands in a column can be what its name says."""
    if role in ("created", "closed"):
        found, export.formats[role] = find_date_format(text)
        return found
    if role == "outcome":
        return bool(split_outcomes(text)[0])
    if role in ("amount", "employees"):
        return is_numeric(text, export.decimal)
    if role in FLAG_FIELDS:
        return is_flag(text)
    if role in ("company_name", "contact_name"):
        return text.nunique() >= NAMES_PER_ROW * len(text)
    if role in CODES:
        return bool(text.str.fullmatch(CODES[role]).all())
    return role != "campaign" or not is_numeric(text, export.decimal)


def _find_outcome(export: _Export, last: str) -> None:
    """Take the last column where no name says outcome and it says yes or no; read off what won and lost are."""
    if "outcome" not in export.roles and last not in export.roles.values() and is_flag(export.rows[last]):
        export.roles["outcome"] = last
    if "outcome" not in export.roles:
        return
    export.won, export.lost, rest = split_outcomes(export.text("outcome"))
    column = export.roles["outcome"]
    export.notes.append(
        f"Column '{column}' was taken for the outcome: won is {', '.join(export.won)}; "
        f"lost is {', '.join(export.lost) or 'nothing'}; still open is {', '.join(rest[:8]) or 'nothing'}."
    )


def _find_drops(export: _Export) -> None:
    free = [column for column in export.rows.columns if column not in export.roles.values()]
    afterwards, personal = find_columns(free, AFTERWARDS), find_columns(free, PERSONAL)
    unique = [column for column in free if _names_rows(export.rows[column], export.decimal)]
    for columns, reason in (
        (afterwards, "filled in once the outcome is known, so it would tell the model the answer"),
        (personal, "it says who a person is"),
        (unique, "it is different on every row and teaches nothing"),
    ):
        new = [column for column in columns if column not in export.drop]
        export.drop += new
        export.notes += [f"Column '{column}' is dropped: {reason}." for column in new]
    if "closed" in export.roles and not _is_used(export):
        column = export.roles.pop("closed")
        export.drop.append(column)
        export.notes.append(f"Column '{column}' is dropped: not every decided lead has a date there.")


def _names_rows(text: pd.Series, decimal: str) -> bool:
    return len(text) > 20 and text.is_unique and not is_numeric(text, decimal) and not find_date_format(text)[0]


def _is_used(export: _Export) -> bool:
    """Whether the closing date can date the outcomes: each decided lead has one."""
    decided = export.text("outcome").isin([*export.won, *export.lost]) if "outcome" in export.roles else None
    return decided is not None and bool((export.text("closed")[decided] != "").all())


def _list_tables(export: _Export) -> dict[str, dict[str, Any]]:
    source = {"delimiter": export.delimiter, "encoding": export.encoding, "decimal": export.decimal}
    source |= {"time_zone": "Europe/Copenhagen", "order": "time" if "created" in export.roles else "none"}
    created, decided = _choose_dates(export)
    lead = _choose_key(export, "lead_id", [], "lead", shared=False)
    company = _choose_key(export, "registration_id", ["company_name", *COMPANY], "company")
    about = ["registration_id", "contact_name", *CONTACT]
    contact = _choose_key(export, "email", about, "contact", shared="column" in company)
    campaign = _column(export, "campaign") if _is_filled(export, "campaign") else {"value": export.name}
    currency = _column(export, "currency") or {"value": "DKK"}
    sections: dict[str, dict[str, Any]] = {
        "": {"name": export.name, "description": f"{export.name}: one row per lead"},
        "source": source | {"drop": export.drop},
        "tables.clients": {
            "client_id": {"value": "client"},
            "name": {"value": "Client"},
            "currency": {"value": "DKK"},
            "time_zone": {"value": "Europe/Copenhagen"},
            "occurred_at": {"value": NO_DATE},
        },
        "tables.companies": {"company_id": company, "client_id": {"value": "client"}}
        | _fields(export, COMPANY, {"name": "company_name"})
        | {"occurred_at": created},
        "tables.contacts": {"contact_id": contact, "company_id": company}
        | _fields(export, CONTACT, {"name": "contact_name"})
        | {"occurred_at": created},
        "tables.campaigns": {
            "campaign_id": campaign,
            "client_id": {"value": "client"},
            "name": campaign,
            "occurred_at": {"value": NO_DATE},
        },
        "tables.leads": {"lead_id": lead, "campaign_id": campaign, "company_id": company, "contact_id": contact}
        | _fields(export, ("segment",), {})
        | {"occurred_at": created},
    }
    outcome = export.roles.get("outcome")
    if export.lost:
        sections["tables.lead_stages"] = {
            "where": {"column": outcome, "values": export.lost},
            "lead_stage_id": {"row": "stage"},
            "lead_id": lead,
            "stage": {"value": "lost"},
            "lost_reason": {"value": "other"},
            "occurred_at": decided,
        }
    if export.won:
        sections["tables.deals"] = {
            "where": {"column": outcome, "values": export.won},
            "deal_id": {"row": "deal"},
            "lead_id": lead,
            "amount_minor": _choose_amount(export),
            "currency": currency,
            "occurred_at": decided,
        }
    return sections


def _choose_dates(export: _Export) -> tuple[dict[str, Any], dict[str, Any]]:
    """Where a lead's date comes from, and its outcome's."""
    created = _date(export, "created") if "created" in export.roles else {"value": NO_DATE}
    if "closed" in export.roles:
        return created, _date(export, "closed")
    if export.won:
        export.notes.append(
            f"The file does not say when an outcome was known: {DECIDED_DAYS} days after the lead are assumed "
            "(plus_days under tables.deals and tables.lead_stages)."
        )
    return created, created | {"plus_days": DECIDED_DAYS}


def _choose_key(export: _Export, role: str, roles: list[str], name: str, *, shared: bool = True) -> dict[str, Any]:
    """A column that identifies the rows' entity, if it is filled in and its rows agree; else the row itself.

    Args:
        export: the file.
        role: of the column.
        roles: of the columns that say something about the entity.
        name: of the entity.
        shared: whether several rows may be about one entity.
    """
    if not _is_filled(export, role):
        return {"row": name}
    columns = dict.fromkeys(export.roles[each] for each in [role, *roles] if each in export.roles)
    rows = export.rows[list(columns)]
    distinct = rows.drop_duplicates() if shared else rows
    if not distinct[export.roles[role]].duplicated().any():
        return {"column": export.roles[role]}
    export.notes.append(f"Column '{export.roles[role]}' does not identify a {name}: rows that share it differ.")
    return {"row": name}


def _choose_amount(export: _Export) -> dict[str, Any]:
    won = export.text("outcome").isin(export.won)
    if "amount" in export.roles and (export.text("amount")[won] != "").all():
        return {"column": export.roles["amount"], "times": 100}
    export.roles.pop("amount", None)
    return {"value": 0}


def _fields(export: _Export, names: tuple[str, ...], roles: dict[str, str]) -> dict[str, Any]:
    found = {name: _column(export, roles.get(name, name)) for name in names}
    return {name: rule for name, rule in found.items() if rule}


def _column(export: _Export, role: str) -> dict[str, Any]:
    return {"column": export.roles[role]} if role in export.roles else {}


def _date(export: _Export, role: str) -> dict[str, Any]:
    style = export.formats[role]
    return {"column": export.roles[role]} | ({"format": style} if style else {})


def _is_filled(export: _Export, role: str) -> bool:
    return role in export.roles and bool((export.text(role) != "").all())


def _write_table(name: str, rules: dict[str, Any]) -> str:
    lines = [f"[{name}]"] if name else []
    return "\n".join([*lines, *(f"{key} = {_write_value(value)}" for key, value in rules.items())])


def _write_value(value: Any) -> str:
    if isinstance(value, dict):
        if list(value) == ["column"]:
            return _write_value(value["column"])
        return "{ " + ", ".join(f"{key} = {_write_value(each)}" for key, each in value.items()) + " }"
    if isinstance(value, list):
        return "[" + ", ".join(_write_value(each) for each in value) + "]"
    return dumps(value, ensure_ascii=False)
