"""What must be in place before a lead is handed over to sales: title, consent and next action."""

from __future__ import annotations

from data.contract import CONTRACT

NEEDED = {
    "title": ("the contact has no title", "ask for the title"),
    "consent": ("the contact's consent is not given", "ask for it and register it in consents"),
    "next action": ("no next action is agreed", "agree on one and write it in next_action"),
}
"""Each with what is said where it is missing, and the remedy."""

RULE = "stage: not ready for handover"

UNREADY = "CREATE TEMP TABLE unready (import_row bigint, lead_stage_id text, lacks text[]) ON COMMIT DROP"

TWINS = "CREATE TEMP TABLE twins (asked_id text, contact_id text, place bigint) ON COMMIT DROP"
"""Contacts of staged qualifications that are, or will be once duplicates are merged, one with others: each with all of
them, itself as well, in the order in which the merge fills in."""


def find_unready(staged: list[str], kept: str) -> str:
    """SQL that writes into ``unready`` which staged qualifications come without what a handover needs.

    The facts are those of the store and of the rows that arrive together, and of a contact in ``twins`` those of all
    that it is one with. Consent counts that holds at the qualification, or now; a qualification that the store has
    already is no news, whatever became of the facts since.

    Args:
        staged: the contract tables that rows arrive in.
        kept: SQL condition: the staged row ``s`` was not refused.
    """
    leads = find_latest("leads", "lead_id", "contact_id, next_action", "asked", staged, kept)
    titles = find_latest("contacts", "contact_id", "title", "members", staged, kept)
    consents = _find_all("consents", "contact_id", "consent, occurred_at", "members", staged, kept)
    return f"""
        WITH asked AS MATERIALIZED ({select_asked(kept)}),
        lead_facts AS MATERIALIZED ({leads}),
        members AS MATERIALIZED (
            SELECT asked_id, contact_id, place FROM twins
            UNION ALL SELECT DISTINCT contact_id, contact_id, 0 FROM lead_facts
            WHERE contact_id NOT IN (SELECT asked_id FROM twins)),
        contact_facts AS (
            SELECT asked_id AS contact_id,
                   (array_agg(title ORDER BY place) FILTER (WHERE title IS NOT NULL))[1] AS title
            FROM members JOIN ({titles}) t USING (contact_id) GROUP BY asked_id),
        said AS MATERIALIZED (
            SELECT m.asked_id AS contact_id, c.consent, c.occurred_at
            FROM members m JOIN ({consents}) c USING (contact_id)),
        agreed AS MATERIALIZED (
            SELECT a.import_row FROM asked a JOIN lead_facts l USING (lead_id) JOIN said c USING (contact_id)
            GROUP BY a.import_row
            HAVING (array_agg(c.consent ORDER BY {_LATEST_WORD}))[1] = 'given'
                OR (array_agg(c.consent ORDER BY {_LATEST_WORD}) FILTER (WHERE c.occurred_at <= a.occurred_at))[1]
                   = 'given'),
        found AS (
            SELECT a.import_row, a.lead_stage_id, array_remove(ARRAY[
                       CASE WHEN trim(coalesce(c.title, '')) = '' THEN 'title' END,
                       CASE WHEN g.import_row IS NULL THEN 'consent' END,
                       CASE WHEN trim(coalesce(l.next_action, '')) = '' THEN 'next action' END], NULL) AS lacks
            FROM asked a LEFT JOIN lead_facts l USING (lead_id) LEFT JOIN contact_facts c USING (contact_id)
            LEFT JOIN agreed g USING (import_row))
        INSERT INTO unready SELECT * FROM found WHERE lacks <> '{{}}'"""


def refuse_unready() -> str:
    """SQL that refuses the qualifications in ``unready``, each with what is missing and what to do."""
    said, does = (
        "CASE lacks "
        + " ".join(f"WHEN '{name}' THEN '{_quote(words[place])}'" for name, words in NEEDED.items())
        + " END"
        for place in range(2)
    )
    return f"""
        INSERT INTO refused
        SELECT import_row, 'lead_stages', 'stage', 'qualified', '{RULE}',
               'the lead cannot be handed over: ' || (SELECT string_agg({said}, ', ') FROM unnest(lacks) AS lacks),
               (SELECT string_agg({does}, ', ') FROM unnest(lacks) AS lacks) || ', then release the row'
        FROM unready"""


def select_asked(kept: str) -> str:
    """SQL: the staged qualifications that are news."""
    return f"""
            SELECT s.import_row, s.lead_stage_id, s.lead_id, s.occurred_at FROM stage_lead_stages s
            WHERE s.stage = 'qualified' AND {kept}
              AND NOT EXISTS (SELECT FROM lead_stages v WHERE v.lead_stage_id = s.lead_stage_id
                              AND v.lead_id = s.lead_id AND v.stage = s.stage)"""


def find_latest(table: str, key: str, fields: str, asked: str, staged: list[str], kept: str) -> str:
    """SQL: the fields of each row whose key ``asked`` has, as they will be after this import."""
    stored = f"""
        SELECT v.{key}, {fields}, known_at AS known, 0 AS arrives FROM {table} v
        WHERE superseded_at IS NULL AND {key} IN (SELECT {key} FROM {asked})"""
    arriving = f"""
        SELECT s.{key}, {fields}, CASE WHEN known_at_assumed THEN 'infinity' ELSE known_at END, import_row
        FROM stage_{table} s WHERE {key} IN (SELECT {key} FROM {asked}) AND {kept}"""
    both = f"{stored} UNION ALL {arriving}" if table in staged else stored
    return f"SELECT DISTINCT ON ({key}) {key}, {fields} FROM ({both}) b ORDER BY {key}, known DESC, arrives DESC"


_LATEST_WORD = "c.occurred_at DESC, (c.consent <> 'given') DESC"


def _find_all(table: str, key: str, fields: str, asked: str, staged: list[str], kept: str) -> str:
    wanted = f"{key} IN (SELECT {key} FROM {asked})"
    stored = f"SELECT {key}, {fields} FROM {table} v WHERE superseded_at IS NULL AND {wanted}"
    if table not in staged:
        return stored
    own = CONTRACT[table].key
    corrected = f"EXISTS (SELECT FROM stage_{table} s WHERE s.{own} = v.{own} AND {kept})"
    return (
        f"{stored} AND NOT {corrected} UNION ALL SELECT {key}, {fields} FROM stage_{table} s WHERE {wanted} AND {kept}"
    )


def _quote(words: str) -> str:
    return words.replace("'", "''")
