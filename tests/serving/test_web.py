from __future__ import annotations

import re
from html.parser import HTMLParser
from typing import Any

import pytest
import sqlalchemy as sa

from features import LANGUAGES
from serving.lead_view import REASONS
from serving.web import TEMPLATES, read_words
from serving.wording import show_moment


class Links(HTMLParser):
    """Collects what a page points to."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:  # noqa: ARG002
        """Note the addresses of a tag."""
        self.found += [value or "" for name, value in attrs if name in ("href", "src", "action")]


def read_links(html: str) -> list[str]:
    parser = Links()
    parser.feed(html)
    return parser.found


def test_home_shows_campaigns_their_leads_and_the_model(world: Any, visitor: Any, bearer: dict[str, str]) -> None:
    answer = visitor.get("/", headers=bearer)
    assert answer.status_code == 200
    assert f"version {world.artefact.version}" in answer.text
    with world.store.transaction() as connection:
        names = connection.execute(
            sa.text("SELECT DISTINCT name FROM campaigns JOIN call_queue USING (campaign_id)")
        ).scalars()
        assert all(name in answer.text for name in names)
    assert re.search('<td class="score">[1-9][0-9]? <span class="grade ([ABCD])">\\1</span>', answer.text)
    links = read_links(answer.text)
    lead = next(link for link in links if link.startswith("/leads/"))
    assert visitor.get(lead, headers=bearer).status_code == 200
    assert {"/reports", "/docs.json"} <= set(links)


def test_home_says_when_the_lists_follow_another_version(
    world: Any,
) -> None:
    def show(count: int) -> str:
        artefact = world.artefact
        return TEMPLATES.get_template("home.html").render(lists=[], artefact=artefact, outdated=count, reports=False)

    assert "run <code>callworth score</code>, so" not in show(0)
    assert "1 lead is still ranked by another model version" in show(1)
    assert "1,200 leads are still ranked by another model version" in show(1_200)


@pytest.mark.parametrize("path", ["/", "/reports", "/leads/{lead}", "/leads/nobody"])
def test_a_page_needs_nothing_from_outside(visitor: Any, bearer: dict[str, str], queued_lead: str, path: str) -> None:
    answer = visitor.get(path.format(lead=queued_lead), headers=bearer)
    assert answer.headers["Content-Security-Policy"].startswith("default-src 'none'")
    assert answer.headers["Cache-Control"] == "no-store"
    assert all(link.startswith(("/", "?lang=")) and not link.startswith("//") for link in read_links(answer.text))
    assert "<script" not in answer.text
    assert "style=" not in answer.text


def test_a_lead_by_name_title_and_reason(visitor: Any, world: Any, bearer: dict[str, str], queued_lead: str) -> None:
    text = visitor.get(f"/leads/{queued_lead}", headers=bearer).text
    with world.store.transaction() as connection:
        company = connection.scalar(
            sa.text("SELECT name FROM companies JOIN leads USING (company_id) WHERE lead_id = :lead"),
            {"lead": queued_lead},
        )
    assert str(company) in text.replace("&amp;", "&").replace("&#39;", "'")
    assert "Close probability" in text
    assert len(re.findall('<li class="(for|against)">', text)) == REASONS
    assert text.index("Speaks for it") < text.index("Speaks against it")
    assert re.search('<div class="figure">[1-9][0-9]? <span class="grade ([ABCD])">\\1</span>', text)


def test_a_lead_in_danish(visitor: Any, world: Any, bearer: dict[str, str], queued_lead: str) -> None:
    by_address = visitor.get(f"/leads/{queued_lead}?lang=da", headers=bearer).text
    by_browser = visitor.get(f"/leads/{queued_lead}", headers=bearer | {"Accept-Language": "da-DK,en;q=0.5"}).text
    assert by_address == by_browser
    assert '<html lang="da">' in by_address
    assert "Sandsynlighed for salg" in by_address
    with world.store.transaction() as connection:
        at = connection.scalar(sa.text("SELECT as_of FROM call_queue WHERE lead_id = :lead"), {"lead": queued_lead})
    assert show_moment(at, language="da") in by_address
    assert "Speaks for it" not in by_address


def test_a_page_says_the_same_in_every_language() -> None:
    words = read_words("lead")
    assert words.keys() == set(LANGUAGES)
    assert words["en"].keys() == words["da"].keys()


def test_a_language_that_is_not_known_is_one_sentence(visitor: Any, bearer: dict[str, str], queued_lead: str) -> None:
    answer = visitor.get(f"/leads/{queued_lead}?lang=sv", headers=bearer)
    assert answer.status_code == 400
    assert "the language &#39;sv&#39; is not known; use one of en, da." in answer.text


def test_an_unknown_lead_is_one_sentence(visitor: Any, bearer: dict[str, str]) -> None:
    answer = visitor.get("/leads/%3Cscript%3E", headers=bearer)
    assert answer.status_code == 404
    assert "the lead &#39;&lt;script&gt;&#39; is not known" in answer.text


def test_a_foreign_lead_is_not_there(visitor: Any, other_client: dict[str, str], queued_lead: str) -> None:
    assert visitor.get(f"/leads/{queued_lead}", headers=other_client).status_code == 404


def test_reports_are_listed_and_shown_in_a_sandbox(
    world: Any, visitor: Any, bearer: dict[str, str], other_client: dict[str, str]
) -> None:
    world.settings.reports.mkdir(exist_ok=True)
    (world.settings.reports / "check-2026-05 æøå.html").write_text("<p>måned</p>", encoding="utf-8")
    (world.settings.home / "secret.html").write_text("no", encoding="utf-8")
    listed = visitor.get("/reports", headers=bearer)
    assert "check-2026-05 æøå" in listed.text
    link = next(link for link in read_links(listed.text) if link.startswith("/reports/"))
    report = visitor.get(link, headers=bearer)
    assert (report.status_code, report.text) == (200, "<p>måned</p>")
    assert report.headers["Content-Security-Policy"].startswith("sandbox allow-scripts; default-src 'none'")
    for elsewhere in ("/reports/none.html", "/reports/..%2Fsecret.html", "/reports/../secret.html"):
        assert visitor.get(elsewhere, headers=bearer).status_code == 404
    assert visitor.get("/reports", headers=other_client).status_code == 404
    assert visitor.get(link, headers=other_client).status_code == 404
    assert "/reports" not in read_links(visitor.get("/", headers=other_client).text)


@pytest.mark.parametrize("name", ["home.html", "lead.html", "reports.html", "refusal.html"])
def test_values_are_escaped(name: str) -> None:
    assert TEMPLATES.get_template(name).environment.autoescape


def test_danish_letters_and_the_style(visitor: Any, bearer: dict[str, str]) -> None:
    page = visitor.get("/", headers=bearer)
    assert page.headers["Content-Type"] == "text/html; charset=utf-8"
    assert '<meta charset="utf-8">' in page.text
    style = visitor.get("/style.css", headers=bearer)
    assert style.headers["Content-Type"] == "text/css; charset=utf-8"
    assert "url(" not in style.text
