"""What columns of exports are called, in English and Danish, and the contract field that each is."""

from __future__ import annotations

import re

NAMES: dict[str, tuple[str, ...]] = {
    "lead_id": ("lead id", "id", "lead no", "lead number", "emne id", "emnenr", "lead nr", "record id", "sags id"),
    "created": (
        *("created", "created at", "created date", "create date", "creation date", "date created", "lead date"),
        *("oprettet", "oprettelsesdato", "oprettet den", "oprettet dato", "dato", "date", "startdato"),
    ),
    "closed": (
        *("closed", "closed at", "close date", "closed date", "won date", "converted date", "decision date"),
        *("lukket", "lukkedato", "lukket dato", "afsluttet", "afsluttet dato", "afslutningsdato", "vundet dato"),
    ),
    "outcome": (
        *("outcome", "status", "lead status", "stage", "deal stage", "result", "won", "is won", "converted"),
        *("is converted", "target", "label", "y", "udfald", "resultat", "fase", "trin", "vundet", "solgt"),
    ),
    "amount": (
        *("amount", "deal amount", "deal value", "value", "order value", "revenue won", "price"),
        *("beløb", "ordrebeløb", "ordreværdi", "værdi", "pris", "handelsværdi", "salgsbeløb"),
    ),
    "currency": ("currency", "currency code", "currency iso code", "valuta", "valutakode"),
    "campaign": ("campaign", "campaign name", "kampagne", "kampagnenavn"),
    "segment": ("segment", "kundesegment"),
    "company_name": (
        *("company", "company name", "account", "account name", "organisation", "organization"),
        *("firma", "firmanavn", "virksomhed", "virksomhedsnavn", "kunde", "kundenavn"),
    ),
    "registration_id": ("cvr", "cvr nr", "cvr nummer", "cvr no", "cvr number", "vat number", "company number"),
    "industry": ("industry", "sector", "branche", "branchenavn", "sektor"),
    "employees": (
        *("employees", "number of employees", "employee count", "headcount", "company size"),
        *("ansatte", "antal ansatte", "medarbejdere", "antal medarbejdere"),
    ),
    "region": ("region", "area", "landsdel", "kommune", "område"),
    "country": ("country", "country code", "land", "landekode"),
    "domain": ("website", "domain", "web site", "hjemmeside", "domæne", "webside"),
    "contact_name": ("contact", "contact name", "full name", "kontakt", "kontaktperson", "navn", "kontaktnavn"),
    "title": ("title", "job title", "titel", "stilling", "jobtitel", "stillingsbetegnelse"),
    "email": ("e mail", "email", "mail", "email address", "mailadresse", "e mail adresse"),
    "phone": (
        *("phone", "phone number", "telephone", "mobile", "mobile phone", "direct phone"),
        *("telefon", "telefonnummer", "tlf", "tlf nr", "mobil", "mobilnummer", "mobiltelefon"),
    ),
    "decision_level": ("decision level", "beslutningsniveau", "beslutningskompetence", "buying role"),
    "consent": ("consent", "marketing consent", "gdpr consent", "samtykke", "markedsføringssamtykke"),
    "disposition": (
        *("disposition", "call result", "call outcome", "call disposition", "last call result"),
        *("samtaleresultat", "opkaldsresultat", "kalderesultat", "resultat af opkald"),
    ),
    "next_action": ("next action", "next step", "næste handling", "næste skridt", "næste aftale"),
    "do_not_call": ("do not call", "dnc", "må ikke kontaktes", "ring ikke", "må ikke ringes op"),
    "advertising_protected": ("advertising protected", "reklamebeskyttelse", "reklamebeskyttet"),
    "robinson": ("robinson", "robinsonlisten", "robinson list", "på robinsonlisten"),
}
"""Role of a column: the names it goes by, the most likely first."""

AFTERWARDS = (
    *("duration", "talk time", "talk seconds", "call duration", "lost reason", "loss reason", "closed lost reason"),
    *("won reason", "varighed", "samtaletid", "taletid", "tabsårsag", "årsag til tab", "tabt årsag"),
)
"""Columns that are filled in once the outcome is known: they would tell the model the answer."""

PERSONAL = (
    *("first name", "last name", "surname", "address", "street", "notes", "note", "comment", "comments", "salutation"),
    *("fornavn", "efternavn", "adresse", "gade", "vej", "noter", "kommentar", "kommentarer", "bemærkninger", "cpr"),
)
"""Columns that say who a person is, or may."""

DANISH = {"æ": "ae", "ø": "oe", "å": "aa"}


def simplify_name(name: str) -> str:
    """A column's name without case, spaces, signs and what warehouses put before it.

    >>> simplify_name("E-mail"), simplify_name("property_createdate"), simplify_name("Beløb (kr.)")
    ('email', 'createdate', 'beloeb')
    """
    plain = re.sub(r"\(.*?\)", "", name.lower()).removeprefix("property_").removesuffix("__c")
    for sign, letters in DANISH.items():
        plain = plain.replace(sign, letters)
    return re.sub(r"[\W_]", "", plain)


def find_column(columns: list[str], names: tuple[str, ...]) -> str | None:
    """The first of the columns that goes by one of the names, trying the names in order."""
    simple = {simplify_name(column): column for column in reversed(columns)}
    return next((simple[name] for each in names if (name := simplify_name(each)) in simple), None)


def find_columns(columns: list[str], names: tuple[str, ...]) -> list[str]:
    """All of the columns that go by one of the names."""
    wanted = {simplify_name(each) for each in names}
    return [column for column in columns if simplify_name(column) in wanted]
