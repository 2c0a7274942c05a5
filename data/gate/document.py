"""The gate as a page to read, written from its rules."""

from __future__ import annotations

from data.gate.hours import CLOSES, OPENS
from data.gate.rules import HOUSE, RULES

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

Lists of whom nobody may call are taken in with `callworth suppress FILE --list robinson|protected|internal`, for all
clients or with `--client` for one. Who is in the store is marked at once, and whenever an import brings them again. The
lists are kept as keyed hashes; the key is the file `secret` in the home folder, which belongs into the backup and into
the home folder of every machine that imports into the same database.

| a lead is not called when | rule | source |
|---|---|---|
"""


def describe_gate() -> str:
    """The page ``docs/may-call.md``."""
    return HEAD + "".join(
        f"| {rule.says} | `{rule.name}` | {rule.source if HOUSE in rule.source else f'**law**: {rule.source}'} |\n"
        for rule in RULES
    )
