"""Values: what people write in cells becomes what the contract holds, and what cannot be told is refused with a remedy.

Each kind of field has its reading: numbers with a point or a comma, dates in a stated format, yes and no, codes of the
coded lists. Telephone numbers and e-mail addresses are written one way and checked.
"""

from __future__ import annotations

from data.imports.values.aliases import propose_codes
from data.imports.values.contacts import complete_contacts
from data.imports.values.date_formats import DATE_SHAPE, list_common_formats, list_formats
from data.imports.values.dates import convert_moments, read_serials
from data.imports.values.emails import validate_emails
from data.imports.values.kinds import FLAGS, convert_column, explain_kind, explain_text
from data.imports.values.numerals import normalise_number
from data.imports.values.phones import validate_phones

__all__ = [
    "DATE_SHAPE",
    "FLAGS",
    "complete_contacts",
    "convert_column",
    "convert_moments",
    "explain_kind",
    "explain_text",
    "list_common_formats",
    "list_formats",
    "normalise_number",
    "propose_codes",
    "read_serials",
    "validate_emails",
    "validate_phones",
]
