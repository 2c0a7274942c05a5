"""The gate as a page to read, written from its rules."""

from __future__ import annotations

from data.gate.countries import COUNTRIES
from data.gate.hours import CLOSES, OPENS
from data.gate.rules import HOUSE, RULES
from data.suppression.national_lists import NATIONAL

HEAD = f"""\
# May we call?

Every call list, export and page asks one gate, `data/gate/`, and shows only those who may be called now. A lead is
refused by the first rule below that holds, and the refusal says which. Which rule is law and which is the house's own
is said beside each; this is no legal advice, and a campaign abroad needs advice on that country's law.

A person's word counts from the moment it is known: a refusal registered during a call stops the next one. Of a consent
and a refusal given at the same moment the refusal counts.

Office hours are {OPENS} to {CLOSES} o'clock, Monday to Friday, where the number rings: its country's zone and public
holidays, the client's where the number does not say. A number that could ring in several zones is called when it is
office hours in all of them; where these have none in common, the client's clock stands in.

Lists of whom nobody may call are taken in with `callworth suppress FILE --list robinson|protected|internal`, or with
the name of another country's list ({", ".join(f"`{each.name}`" for each in NATIONAL)}), for all clients
or with `--client` for one. Who gave consent may be called although another country's list has the number. Who is in
the store is marked at once, and whenever an import brings them again. The lists are kept as keyed hashes; the key is
the file `secret` in the home folder, which belongs into the backup and into the home folder of every machine that
imports into the same database.

Where no consent is registered, the campaign says with `calls_without_consent` whether it calls all the same. Where it
says nothing, the law of the country decides: the company's, else the number's, else the client's. A campaign may be
stricter than the law; it is not heard where the law forbids.

| country | a business is called without prior consent | source |
|---|---|---|
{{countries}}| another | not where the campaign says nothing | house policy |

| a lead is not called when | rule | source |
|---|---|---|
"""


def describe_gate() -> str:
    """The page ``docs/may-call.md``."""
    countries = "".join(
        f"| {country.name} | {country.unasked} | **law**: {country.source} |\n" for country in COUNTRIES
    )
    return HEAD.format(countries=countries) + "".join(
        f"| {rule.says} | `{rule.name}` | {rule.source if HOUSE in rule.source else f'**law**: {rule.source}'} |\n"
        for rule in RULES
    )
