"""Flat CRM exports and a mapping for them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from data.imports.mapping import read_mapping

if TYPE_CHECKING:
    from data.imports.mapping import Mapping

CRM = """
name = "crm"

[source]
decimal = ","
time_zone = "Europe/Copenhagen"

[tables.clients]
client_id = { value = "n" }
name = { value = "Client" }
currency = { value = "DKK" }
time_zone = { value = "Europe/Copenhagen" }
occurred_at = { value = "2020-01-01" }

[tables.companies]
company_id = "Firma"
client_id = { value = "n" }
name = "Firma"
employees = "Ansatte"
occurred_at = { column = "Oprettet", format = "%d-%m-%Y" }

[tables.campaigns]
campaign_id = { value = "k" }
client_id = { value = "n" }
name = { value = "Campaign" }
occurred_at = { value = "2020-01-01" }

[tables.leads]
lead_id = { row = "lead" }
campaign_id = { value = "k" }
company_id = "Firma"
occurred_at = { column = "Oprettet", format = "%d-%m-%Y" }

[tables.deals]
where = { column = "Status", values = ["Vundet"] }
deal_id = { row = "deal" }
lead_id = { row = "lead" }
amount_minor = { column = "Beløb", times = 100 }
currency = { value = "DKK" }
occurred_at = { column = "Oprettet", format = "%d-%m-%Y", plus_days = 30 }

[tables.lead_stages]
where = { column = "Status", values = ["Tabt"] }
lead_stage_id = { row = "stage" }
lead_id = { row = "lead" }
stage = { value = "lost" }
occurred_at = { column = "Oprettet", format = "%d-%m-%Y", plus_days = 30 }
"""

HEADER = "Firma;Ansatte;Oprettet;Status;Beløb;Kilde"
ROWS = ("Ærø Køl;12;03-02-2025;Vundet;1.234,50;Messe", "Bo & Søn;7;04-02-2025;Tabt;;Web", "Ål;;05-02-2025;Åben;;")
EXPORT = "\n".join([HEADER, *ROWS]) + "\n"


@pytest.fixture
def crm() -> Mapping:
    """A mapping for ``export``."""
    return read_mapping(CRM, "crm.toml")


@pytest.fixture
def crm_text() -> str:
    """The mapping as TOML."""
    return CRM


@pytest.fixture
def export() -> str:
    """A Danish CRM export of three leads: won, lost and open."""
    return EXPORT
