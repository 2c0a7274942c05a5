"""The service: one BentoML service with six routes and the pages."""

# Annotations are read when the routes are made, so they are not postponed.
import asyncio
import contextlib
from collections.abc import Callable
from datetime import datetime
from typing import Any

import anyio

from data.settings import Settings
from data.store import Store
from serving.access import KeyGuard, caller_client
from serving.bento import bentoml, on_begin, on_end, route
from serving.desk import Desk, read_clock
from serving.faults import answer_faults
from serving.given_leads import score_given_leads
from serving.handovers import report_handover, report_handover_answer
from serving.language import LanguageAsked, asked_language
from serving.lead_view import view_lead
from serving.limits import LARGER_BODIES, BodyLimit
from serving.messages import (
    CallAnswer,
    CallReport,
    HandoverAnswer,
    HandoverReport,
    LeadQuestion,
    LeadView,
    NextLeadAnswer,
    NextLeadQuestion,
    SalesReport,
    ScoreAnswer,
    ScoreQuestion,
)
from serving.next_leads import lease_lead
from serving.openapi import describe_service
from serving.quiet import silence_values
from serving.reported_calls import report_call
from serving.web import make_pages

FIRST_LOOK_SECONDS = 10.0

CONFIG: dict[str, Any] = {
    "workers": 1,
    "traffic": {"timeout": 20, "max_concurrency": 64},
    "logging": {"access": {"enabled": False}},
}
"""Without a limit BentoML takes any number of requests at once; its access log names paths, and so leads."""


class CallWorth:
    """Scores, the next lead to call, reports of calls and handovers, and one lead's view."""

    def __init__(self, desk: Desk) -> None:
        self.desk = desk
        self._watch: asyncio.Task[None] | None = None

    @on_begin
    async def begin(self) -> None:
        """Look for the champion from now on; who asks first shall find it loaded, unless its registry is slow."""
        self._watch = asyncio.create_task(self.desk.champion.watch(self.desk.run))
        with anyio.move_on_after(FIRST_LOOK_SECONDS):
            await self.desk.champion.looked.wait()

    @on_end
    async def end(self) -> None:
        """Stop looking, and close what the desk opened."""
        if self._watch is not None:
            self._watch.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await self._watch
        self.desk.close()

    async def __is_ready__(self) -> bool:
        """Ready once a model is loaded, as long as the store answers."""
        return await self.desk.is_ready()

    @route
    @answer_faults
    async def score(self, question: ScoreQuestion, /) -> ScoreAnswer:
        """Score given leads: contract rows in; probability, expected value and reasons out. Nothing is stored."""
        return await self.desk.run(
            score_given_leads, self.desk, question, caller_client(), asked_language(question.language)
        )

    @route
    @answer_faults
    async def next_lead(self, question: NextLeadQuestion, /) -> NextLeadAnswer:
        """Lease the best lead of a campaign that may be called now; no two agents are given the same one."""
        return await self.desk.run(lease_lead, self.desk, question, caller_client())

    @route
    @answer_faults
    async def report_call(self, report: CallReport, /) -> CallAnswer:
        """Record a call, once however often it is reported; the lead is scored anew and its lease ends."""
        return await self.desk.run(report_call, self.desk, report, caller_client())

    @route
    @answer_faults
    async def report_handover(self, report: HandoverReport, /) -> HandoverAnswer:
        """Hand a lead over to sales; refused where title, consent or next action is missing, with what to do."""
        return await self.desk.run(report_handover, self.desk, report, caller_client())

    @route
    @answer_faults
    async def report_handover_answer(self, report: SalesReport, /) -> HandoverAnswer:
        """Record that sales accepts a lead that it was handed, or rejects it with a reason."""
        return await self.desk.run(report_handover_answer, self.desk, report, caller_client())

    @route
    @answer_faults
    async def lead(self, question: LeadQuestion, /) -> LeadView:
        """One lead: stage, score and reasons, earlier scores, calls, and whether it may be called now."""
        return await self.desk.run(
            view_lead, self.desk, question.lead_id, caller_client(), asked_language(question.language)
        )


def make_service(settings: Settings, store: Store, *, clock: Callable[[], datetime] = read_clock) -> Any:
    """Build the service; nothing is started.

    Args:
        settings: where the registry and the reports are.
        store: an open store; it stays open when the service ends.
        clock: gives the present moment.

    Returns:
        The BentoML service; ``to_asgi()`` gives the application.
    """
    silence_values()
    desk = Desk(settings, store, clock)

    class AtDesk(CallWorth):
        __doc__ = CallWorth.__doc__

        def __init__(self) -> None:
            super().__init__(desk)

    service = bentoml.service(name="CallWorth", description=CallWorth.__doc__, **CONFIG)(AtDesk)
    pages = make_pages(desk, lambda: describe_service(service))
    service = bentoml.asgi_app(pages, path="/")(service)
    service.add_asgi_middleware(KeyGuard, desk=desk)
    service.add_asgi_middleware(LanguageAsked)
    service.add_asgi_middleware(BodyLimit, larger=LARGER_BODIES)
    return service
