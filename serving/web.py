"""Pages for people: the top of the call lists, one lead, the reports. Plain HTML, nothing from outside."""

from __future__ import annotations

import tomllib
from functools import cache, partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

import jinja2
from starlette.applications import Starlette
from starlette.responses import HTMLResponse, JSONResponse, Response
from starlette.routing import Route

from data.errors import CallworthError
from serving.access import CALLER, caller_client
from serving.call_lists import count_outdated, read_call_lists
from serving.faults import NotFound, find_status
from serving.language import asked_language
from serving.lead_view import view_lead
from serving.wording import FILTERS

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from starlette.requests import Request

    from serving.desk import Desk

    Endpoint = Callable[[Desk, Request], Awaitable[Response]]

SAFE = {
    "Cache-Control": "no-store",
    "Content-Security-Policy": "default-src 'none'; style-src 'self'; base-uri 'none'; frame-ancestors 'none'",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
}
SAFE_REPORT = SAFE | {
    # A report brings its scripts along; in a sandbox they can neither send anything nor read another page.
    "Content-Security-Policy": "sandbox allow-scripts; default-src 'none'; style-src 'unsafe-inline'; font-src data:; "
    "script-src 'unsafe-inline' 'unsafe-eval' blob:; img-src data: blob:; worker-src blob:"
}

TEMPLATES = jinja2.Environment(
    loader=jinja2.PackageLoader("serving", "pages"), autoescape=True, undefined=jinja2.StrictUndefined
)
TEMPLATES.filters.update(FILTERS)


@cache
def read_words(page: str) -> dict[str, dict[str, str]]:
    """What a page says, by language: the file beside its template."""
    return tomllib.loads((Path(__file__).parent / "pages" / f"{page}.toml").read_text(encoding="utf-8"))


def make_pages(desk: Desk, describe: Callable[[], dict[str, Any]]) -> Starlette:
    """The pages as an application.

    Args:
        desk: the service's.
        describe: gives the OpenAPI document.
    """
    endpoints: dict[str, Endpoint] = {
        "/": show_home,
        "/leads/{lead_id:path}": show_lead,
        "/reports": list_reports,
        "/reports/{name}": show_report,
        "/style.css": send_style,
    }
    routes = [Route(path, partial(_answer, desk, endpoint)) for path, endpoint in endpoints.items()]

    async def send_description(_: Request) -> Response:
        return JSONResponse(describe())

    return Starlette(routes=[*routes, Route("/docs.json", send_description)])


async def show_home(desk: Desk, _: Request) -> Response:
    """What this is, the campaigns with the top of their call lists, and the model that serves."""
    lists = await desk.run(read_call_lists, desk, caller_client())
    outdated = await desk.run(count_outdated, desk, caller_client())
    artefact = desk.champion.artefact if desk.champion.loaded else None
    return _render("home.html", lists=lists, artefact=artefact, outdated=outdated, reports=_may_see_reports())


async def show_lead(desk: Desk, request: Request) -> Response:
    """One lead for a sales rep."""
    language = asked_language()
    view = await desk.run(view_lead, desk, request.path_params["lead_id"], caller_client(), language)
    return _render("lead.html", lead=view, language=language, say=read_words("lead")[language])


async def list_reports(desk: Desk, _: Request) -> Response:
    """The monthly checks and the ROI reports."""
    return _render("reports.html", names=sorted(_find_reports(desk)))


async def show_report(desk: Desk, request: Request) -> Response:
    """One report, as it was written.

    Raises:
        NotFound: there is none of that name.
    """
    name = request.path_params["name"]
    path = _find_reports(desk).get(name)
    if path is None:
        raise NotFound(f"there is no report '{name}'; the list of reports names those that there are.")
    return HTMLResponse(await desk.run(path.read_bytes), headers=SAFE_REPORT)


async def send_style(_: Desk, __: Request) -> Response:
    """The one style sheet."""
    assert TEMPLATES.loader is not None  # noqa: S101 - it is set above
    text = TEMPLATES.loader.get_source(TEMPLATES, "style.css")[0]
    return Response(text, media_type="text/css", headers=SAFE)


async def _answer(desk: Desk, endpoint: Endpoint, request: Request) -> Response:
    try:
        return await endpoint(desk, request)
    except CallworthError as error:
        return _render("refusal.html", find_status(error), sentence=str(error))


def _render(name: str, status: int = 200, **values: Any) -> Response:
    return HTMLResponse(TEMPLATES.get_template(name).render(**values), status, headers=SAFE)


def _may_see_reports() -> bool:
    return CALLER.get().client_id is None  # a report tells about all clients


def _find_reports(desk: Desk) -> dict[str, Path]:
    if not _may_see_reports():
        raise NotFound("reports tell about all clients; this access key is one client's.")
    return {path.name: path for path in desk.settings.reports.glob("*.html") if path.is_file()}
