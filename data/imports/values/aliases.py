"""What sources write for the coded lists of the contract, in Danish and English: proposed, never taken in silence.

``mapping suggest`` writes them into ``codes``, where people see and change them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from rapidfuzz import fuzz, process, utils

from data.contract.codes import CONSENTS, DECISION_LEVELS, DISPOSITIONS, LEAD_STAGES, MEETING_OUTCOMES

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

LIKENESS = 80
"""Of 100, by rapidfuzz's ratio: a slip of the keyboard, and not another word."""

ALIASES: dict[str, dict[str, tuple[str, ...]]] = {
    "disposition": {
        "no_answer": ("ikke hjemme", "intet svar", "ingen svar", "svarer ikke", "not home", "no reply", "not answered"),
        "busy": ("optaget", "engaged", "line busy"),
        "voicemail": ("telefonsvarer", "svarer", "mailbox", "left voicemail", "answering machine", "lagt besked"),
        "invalid_number": ("forkert nummer", "ugyldigt nummer", "nummer dur ikke", "wrong number", "bad number"),
        "wrong_person": ("forkert person", "ikke rette person", "forkert kontakt", "wrong contact"),
        "gatekeeper": ("omstilling", "receptionen", "reception", "sekretær", "kom ikke igennem"),
        "callback": ("ring tilbage", "ring igen", "ring senere", "genkald", "call back", "call later"),
        "information_sent": ("materiale sendt", "mail sendt", "information sendt", "sendt info", "info sent"),
        "interested": ("interesseret", "positiv", "varm"),
        "meeting_booked": ("møde booket", "møde aftalt", "booket møde", "møde", "appointment", "meeting set", "booked"),
        "not_interested": ("ikke interesseret", "nej tak", "afslag", "no interest", "declined"),
        "do_not_call": (
            "ønsker ikke kontakt",
            "ring ikke igen",
            "må ikke kontaktes",
            "do not contact",
            "dnc",
        ),
    },
    "stage": {
        "new": ("ny", "oprettet", "open"),
        "contacted": ("kontaktet", "i dialog", "working"),
        "qualified": ("kvalificeret", "overdraget", "sql"),
        "meeting": ("møde", "møde booket", "meeting booked"),
        "opportunity": ("salgsmulighed", "mulighed", "tilbud sendt"),
        "won": ("vundet", "solgt", "kunde", "closed won", "ordre"),
        "lost": ("tabt", "afvist", "closed lost", "disqualified"),
    },
    "consent": {
        "given": ("ja", "yes", "givet", "samtykke", "accepteret", "opted in", "opt in", "true", "1"),
        "refused": ("nej", "no", "afvist", "ikke givet", "opted out", "false", "0"),
        "withdrawn": ("trukket tilbage", "tilbagekaldt", "tilbagetrukket", "revoked", "unsubscribed"),
    },
    "decision_level": {
        "decision_maker": ("beslutningstager", "beslutter", "decider"),
        "influencer": ("påvirker", "indflydelse", "indstiller"),
        "other": ("andet", "anden", "øvrig", "bruger"),
    },
    "outcome": {
        "held": ("afholdt", "gennemført", "completed", "attended"),
        "no_show": ("udeblevet", "mødte ikke op", "ikke mødt", "missed"),
        "cancelled": ("aflyst", "annulleret", "canceled"),
    },
}

CODES: dict[str, Sequence[str]] = {
    "disposition": DISPOSITIONS,
    "stage": LEAD_STAGES,
    "consent": CONSENTS,
    "decision_level": DECISION_LEVELS,
    "outcome": MEETING_OUTCOMES,
}


def fold_code(text: str) -> str:
    """A code without case and spaces; signs stay, because "A+" is not "A".

    >>> fold_code("No  Answer"), fold_code("no_answer"), fold_code("A+")
    ('noanswer', 'noanswer', 'a+')
    """
    return "".join(text.lower().replace("_", " ").split())


def propose_codes(field: str, values: Iterable[str]) -> dict[str, str]:
    """What each value of a source probably is, for those that an alias or the contract's own code explains.

    Args:
        field: a coded field of the contract.
        values: what the source writes.

    >>> propose_codes("disposition", ["Ikke hjemme", "Møde booket", "Kaffe"])
    {'Ikke hjemme': 'no_answer', 'Møde booket': 'meeting_booked'}
    """
    known = {fold_code(alias): code for code, names in ALIASES.get(field, {}).items() for alias in names}
    known |= {fold_code(code): code for code in CODES.get(field, ())}
    return {value: known[simple] for value in values if (simple := fold_code(value)) in known}


def find_near_code(value: str, field: str, known: Sequence[str]) -> str | None:
    """The code that was probably meant by a value: an alias of it, or one that differs by its spelling.

    Args:
        value: what stands there.
        field: a coded field of the contract.
        known: what may stand there.

    >>> find_near_code("bussy", "disposition", DISPOSITIONS), find_near_code("Optaget", "disposition", DISPOSITIONS)
    ('busy', 'busy')
    """
    if (code := propose_codes(field, [value]).get(value)) in known:
        return code
    found = process.extractOne(value, known, scorer=fuzz.ratio, processor=utils.default_process, score_cutoff=LIKENESS)
    return found[0] if found else None
