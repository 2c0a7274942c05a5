"""Lists that other countries than Denmark keep of numbers that want no calls, each with its law.

They are taken in with ``callworth suppress FILE --list NAME``; Denmark's own lists have rules of their own.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class NationalList:
    """One list.

    Attributes:
        name: one of :data:`data.contract.codes.NATIONAL_LISTS`.
        country: ISO 3166, two letters.
        says: who stands on it, for people.
        source: the law that forbids the call.
    """

    name: str
    country: str
    says: str
    source: str


NATIONAL = (
    NationalList(
        "tps",
        "GB",
        "the number is on the United Kingdom's Telephone Preference Service (TPS): persons, sole traders, partnerships",
        "UK Privacy and Electronic Communications (EC Directive) Regulations 2003 reg. 21(1)(b)",
    ),
    NationalList(
        "ctps",
        "GB",
        "the number is on the United Kingdom's Corporate Telephone Preference Service (CTPS): companies",
        "UK Privacy and Electronic Communications (EC Directive) Regulations 2003 reg. 21(1)(b)",
    ),
    NationalList(
        "bloctel",
        "FR",
        "the number was on France's Bloctel: consumers, who are called with consent only since 11 August 2026",
        "French Consumer Code (Code de la consommation) art. L223-1",
    ),
    NationalList(
        "reservasjonsregisteret",
        "NO",
        "the person is in Norway's Reservasjonsregisteret",
        "Norwegian Marketing Control Act (markedsføringsloven) § 12",
    ),
    NationalList(
        "nix",
        "SE",
        "the number is on Sweden's NIX-Telefon",
        "Swedish Marketing Act (marknadsföringslagen 2008:486) § 21",
    ),
)
