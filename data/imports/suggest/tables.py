"""The contract tables of a suggested mapping, one function each."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from data.imports.formats import TEXT
from data.imports.suggest.coded import describe_codes, describe_consents
from data.imports.suggest.keys import choose_amount, choose_key
from data.imports.suggest.moments import NO_DATE, choose_dates

if TYPE_CHECKING:
    from data.imports.suggest.export import Export

COMPANY = ("registration_id", "name", "industry", "employees", "region", "country", "domain", "advertising_protected")
CONTACT = ("name", "title", "email", "phone", "do_not_call", "robinson")
CLIENT = {"value": "client"}
ZONE = "Europe/Copenhagen"

Rules = dict[str, Any]


def list_tables(export: Export) -> dict[str, Rules]:
    """The sections of the mapping: what the source is, and each table with its fields."""
    created, decided = choose_dates(export)
    lead = choose_key(export, "lead_id", [], "lead", shared=False)
    company = choose_key(export, "registration_id", ["company_name", *COMPANY], "company")
    about = ["registration_id", "contact_name", "decision_level", *CONTACT]
    contact = choose_key(export, "email", about, "contact", shared="column" in company)
    campaign = _column(export, "campaign") if export.is_filled("campaign") else {"value": export.name}
    sections = {
        "": {"name": export.name, "description": f"{export.name}: one row per lead"},
        "source": _describe_source(export),
        "tables.clients": _describe_client(),
        "tables.companies": _describe_companies(export, company, created),
        "tables.contacts": _describe_contacts(export, contact, company, created),
        **describe_consents(export, contact, created),
        "tables.campaigns": {"campaign_id": campaign, "client_id": CLIENT, "name": campaign, "occurred_at": _always()},
        "tables.leads": {"lead_id": lead, "campaign_id": campaign, "company_id": company, "contact_id": contact}
        | _fields(export, ("segment", "next_action"), {})
        | {"occurred_at": created},
    }
    return sections | _describe_outcomes(export, lead, decided)


def _describe_source(export: Export) -> Rules:
    source = export.source
    written: Rules = {"delimiter": source.delimiter, "encoding": source.encoding} if source.format == TEXT else {}
    if len(source.sheets) > 1:
        written["sheet"] = source.sheet
    order = "time" if "created" in export.roles else "none"
    return written | {"decimal": export.signs.decimal, "time_zone": ZONE, "order": order, "drop": export.drop}


def _describe_client() -> Rules:
    currency, zone = {"value": "DKK"}, {"value": ZONE}
    return {"client_id": CLIENT, "name": {"value": "Client"}, "currency": currency, "time_zone": zone} | {
        "occurred_at": _always()
    }


def _describe_companies(export: Export, company: Rules, created: Rules) -> Rules:
    fields = _fields(export, COMPANY, {"name": "company_name"})
    return {"company_id": company, "client_id": CLIENT} | fields | {"occurred_at": created}


def _describe_contacts(export: Export, contact: Rules, company: Rules, created: Rules) -> Rules:
    fields = _fields(export, CONTACT, {"name": "contact_name"})
    if level := describe_codes(export, "decision_level"):
        fields["decision_level"] = level
    return {"contact_id": contact, "company_id": company} | fields | {"occurred_at": created}


def _describe_outcomes(export: Export, lead: Rules, decided: Rules) -> dict[str, Rules]:
    outcome = export.roles.get("outcome")
    sections: dict[str, Rules] = {}
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
            "amount_minor": choose_amount(export),
            "currency": _column(export, "currency") or {"value": "DKK"},
            "occurred_at": decided,
        }
    return sections


def _always() -> Rules:
    return {"value": NO_DATE}


def _fields(export: Export, names: tuple[str, ...], roles: dict[str, str]) -> Rules:
    found = {name: _column(export, roles.get(name, name)) for name in names}
    return {name: rule for name, rule in found.items() if rule}


def _column(export: Export, role: str) -> Rules:
    return {"column": export.roles[role]} if role in export.roles else {}
