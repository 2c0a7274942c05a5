"""Mappings as they are written: what they say, and each slip told with what to do."""

from __future__ import annotations

import re
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from data.errors import MappingError
from data.imports.mapping.document import parse_mapping, read_mapping
from data.imports.mapping.rules import FieldRule, Mapping
from data.imports.mapping.shapes import SHAPES

LEADS = """
[tables.leads]
lead_id = "Id"
campaign_id = "k"
company_id = "c"
occurred_at = "d"
"""


def test_what_is_not_said_has_its_default() -> None:
    mapping = read_mapping(LEADS, "folder/mine.toml")
    assert (mapping.name, mapping.decimal, mapping.time_zone, mapping.country) == ("mine", ".", "UTC", "DK")
    assert (mapping.order, mapping.missing, mapping.delimiter, mapping.encoding) == ("time", ("",), None, None)
    assert mapping.files[0].tables[0].fields["lead_id"] == FieldRule(column="Id")


SLIPS = [
    ("x = ", "mapping m is not valid TOML"),
    (
        "[source]\ndelimeter = ';'\n" + LEADS,
        "m [source] has 'delimeter', which is not known; did you mean 'delimiter'",
    ),
    ("[tabels.leads]", "m has 'tabels', which is not known; did you mean 'tables'?"),
    ("[tables.lead]", "m [tables] has 'lead', which is not known; did you mean 'leads'?"),
    ("[handover]\nhistory = 'yes'\n" + LEADS, "m [handover] history is 'yes'; write true or false."),
    ("[handover]\nhistroy = true\n" + LEADS, "m [handover] has 'histroy', which is not known; did you mean 'history'"),
    ("tables = 3", "m [tables] is 3; write a table of names and values."),
    ("", "m names no tables; add [tables.leads] with its fields."),
    ("[tables]", "m names no tables"),
    (LEADS.replace("lead_id", "leadid"), "m [tables.leads] has 'leadid', which is not known; did you mean 'lead_id'?"),
    (LEADS.replace('lead_id = "Id"\n', ""), "m [tables.leads] lacks lead_id (the lead); add it."),
    (LEADS + "segment = 3", "m [tables.leads] segment is 3; write a column's name or { value = … }."),
    (LEADS + "segment = {}", "m [tables.leads] segment needs exactly one of column, value, row and moment."),
    (LEADS + "segment = { column = 'a', value = 'b' }", "segment needs exactly one of column, value, row and moment."),
    (LEADS + "segment = { colum = 'a' }", "segment needs exactly one of column"),
    (LEADS + "segment = { column = 'a', time = 3 }", "segment has 'time', which is not known; did you mean 'times'?"),
    (LEADS + "segment = { column = 'a', times = 'x' }", "segment times is 'x'; write a number."),
    (LEADS + "segment = { column = 'a', times = true }", "segment times is True; write a number."),
    (LEADS + "segment = { column = 'a', missing = 'x' }", "segment missing is 'x'; write a list of texts."),
    (LEADS + "segment = { column = 'a', codes = ['x'] }", "segment codes is ['x']; write a table."),
    (LEADS + "segment = { value = ['a'] }", "segment value is ['a']; write one text, number, date, true or false."),
    (LEADS + "segment = { moment = 'when' }", "m uses moment 'when', which [moments] does not have; add it."),
    (LEADS + "where = { values = ['a'] }", "m [tables.leads] where lacks column; add it."),
    (LEADS + "where = 'a'", "m [tables.leads] where is 'a'; write a table of names and values."),
    ("[source]\norder = 'date'\n" + LEADS, "m [source] order 'date' is not known; use one of time, rows, none."),
    ("[source]\ndecimal = ';'\n" + LEADS, "m [source] decimal ';' is not known; use '.' or ','."),
    ("[source]\ndelimiter = ';;'\n" + LEADS, "m [source] delimiter ';;' is not known; use one sign, as ';'."),
    ("[source]\nencoding = 'utf8000'\n" + LEADS, "encoding 'utf8000' is not known; use utf-8, cp1252"),
    ("[source]\nencoding = 'zlib'\n" + LEADS, "encoding 'zlib' is not known"),
    ("[source]\ntime_zone = 'Copenhagen'\n" + LEADS, "time_zone 'Copenhagen' is not known; use an IANA name"),
    ("[source]\ntime_zone = '../x'\n" + LEADS, "time_zone '../x' is not known"),
    ("[source]\ncountry = 'dk'\n" + LEADS, "country 'dk' is not known; use two letters, as DK."),
    ("[source]\ndrop = 'duration'\n" + LEADS, "m [source] drop is 'duration'; write a list of texts."),
    ("[source]\ndrop = [3]\n" + LEADS, "m [source] drop is [3]; write a list of texts."),
    ("[attributes]\nmissing = ['x']\n" + LEADS, "m [attributes] missing is ['x']; write a table of names and values."),
    ("[attributes]\nmissing = { a = 'x' }\n" + LEADS, "[attributes] missing.a missing is 'x'; write a list of texts."),
    ("[attributes]\nkeep = 'x'\n" + LEADS, "m [attributes] keep is 'x'; write a list of texts."),
    ("[moments.when]\nmonth = 'm'\n" + LEADS, "m [moments.when] lacks first_year; add it."),
    (
        "[moments.when]\nmonth = 'm'\nfirst_year = '8'\n" + LEADS,
        "[moments.when] first_year is '8'; write a whole",
    ),
    (
        "[tables.lead_stages]\nlead_stage_id = 'a'\nlead_id = 'b'\noccurred_at = 'c'\n"
        "stage = { column = 's', codes = { Tabt = 'loose' } }",
        "m [tables.lead_stages] stage: 'loose' is not a code; allowed are new, contacted, qualified",
    ),
    (
        "[tables.contacts]\ncontact_id = 'a'\ncompany_id = 'b'\noccurred_at = 'c'\n"
        "do_not_call = { column = 's', codes = { Ja = 'ja' } }",
        "m [tables.contacts] do_not_call: 'ja' is not a code; allowed are true, false.",
    ),
    (LEADS + "[files.'a.csv']\n", "m has [tables] and [files]; keep one of the two."),
    (LEADS + "segment = { given = 'x' }", "m asks for 'x', which [given] does not have; it has none; add it."),
    ("[given]\nclient = 'n'\n" + LEADS + "segment = { given = 'clint' }", "have; did you mean 'client'?"),
    ("[given]\nclient = ['n']\n" + LEADS + "segment = { given = 'client' }", "value is ['n']; write one text, number"),
    ("given = 3\n" + LEADS, "m [given] is 3; write a table of names and values."),
    (LEADS + "where = [{ column = 'a' }, { values = ['a'] }]", "m [tables.leads] where lacks column; add it."),
    (LEADS + "where = { column = 'a', empty = 1 }", "m [tables.leads] where empty is 1; write true or false."),
    (LEADS + "segment = { column = 'a', otherwise = [] }", "segment otherwise is []; write a text or a number."),
    (LEADS + "segment = { column = 'a', round = 1 }", "segment round is 1; write true or false."),
    (LEADS + "[columns.'b c']\n", "m [columns.'b c'] needs exactly one of first, least, join and lookup."),
    (
        LEADS + "[columns.b]\nfirst = ['x']\njoin = ['y']",
        "m [columns.'b'] needs exactly one of first, least, join and lookup.",
    ),
    (LEADS + "[columns.b]\nfirst = 'x'", "m [columns.'b'] first is 'x'; write a list of texts."),
    (LEADS + "[columns.b]\nlookup = 'x.csv'", "m [columns.'b'] looks up 'x.csv', which [files] does not name; add it."),
    (
        "[files.'a.csv'.columns.b]\nlookup = 'a.csv'\nby = 'x'\nkey = 'y'\n",
        "m [files.'a.csv'] [columns.'b'] lacks take; add it.",
    ),
    (
        LEADS + "[columns.b]\nfirst = ['x']\nseveral = 'all'",
        "m [columns.'b'] several 'all' is not known; use one of first, least, none.",
    ),
    ("columns = 3\n" + LEADS, "m [columns] is 3; write a table of names and values."),
    ("where = 3\n" + LEADS, "m where is 3; write a table of names and values."),
    ("[attributes]\nonly = 'x'\n" + LEADS, "m [attributes] only is 'x'; write a list of texts."),
    ("[source]\nformat = 3\n" + LEADS, "m [source] format is 3; write a text."),
    ("[files.'a.csv']\noptional = 1\n", "m [files.'a.csv'] optional is 1; write true or false."),
    ("[files.'a.csv'.tables.leads]\n", "m [files.'a.csv'] [tables.leads] lacks lead_id (the lead); add it."),
]


@pytest.mark.parametrize(("text", "says"), SLIPS, ids=[str(number) for number in range(len(SLIPS))])
def test_each_slip_is_told(text: str, says: str) -> None:
    with pytest.raises(MappingError) as raised:
        read_mapping(text, "m")
    assert says in str(raised.value)
    assert raised.value.exit_status == 2


def test_a_format_of_the_source_is_that_of_dates_without_their_own() -> None:
    text = "[source]\nformat = '%d-%m-%Y'\n" + LEADS + "known_at = { column = 'e', format = '%Y' }\n"
    fields = read_mapping(text, "m").files[0].tables[0].fields
    assert (fields["occurred_at"].format, fields["known_at"].format) == ("%d-%m-%Y", "%Y")
    assert fields["lead_id"].format is None


SCALARS = st.one_of(st.none(), st.booleans(), st.integers(-3, 3), st.floats(), st.sampled_from(["", "a", "Id", "ø"]))
NAMES = st.sampled_from(["leads", "clients", "lead_id", "where", "tables", "files", "source", "moments", *SHAPES])
DOCUMENTS = st.recursive(
    SCALARS, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(NAMES, inner, max_size=4), max_leaves=25
)


@given(document=st.dictionaries(NAMES, DOCUMENTS, max_size=5))
def test_no_document_raises_anything_but_a_mapping_error(document: dict[str, Any]) -> None:
    try:
        mapping = parse_mapping(document, "m")
    except MappingError:
        return
    assert isinstance(mapping, Mapping)


@pytest.mark.parametrize(
    ("source", "says"),
    [
        (
            'format = "%d-%m-%Y or %m-%d-%Y"',
            "[source] format can be '%d-%m-%Y or %m-%d-%Y'; keep the one that is meant",
        ),
        (
            'format = "Excel"',
            "[source] format is 'Excel'; write it as %d-%m-%Y, or excel or excel-1904 for serial dates",
        ),
        ('decimals = { Pris = ". or ," }', "[source] decimals 'Pris' can be '. or ,'; keep the one that is meant"),
        ('decimals = { Pris = ";" }', "[source] decimals 'Pris' is ';'; use '.' or ','"),
    ],
)
def test_a_choice_that_is_still_open_is_refused(source: str, says: str) -> None:
    with pytest.raises(MappingError, match=re.escape(says)):
        read_mapping(f"[source]\n{source}\n[tables.leads]\nlead_id = 'a'\n", "m")
