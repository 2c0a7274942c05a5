"""What is asked of the service and what it answers."""

from dataclasses import asdict
from functools import partial
from typing import Annotated, Literal, Self

from pydantic import AfterValidator, ConfigDict, Field

from data.contract.codes import DISPOSITIONS, HANDOVER_ANSWERS, REJECTION_REASONS
from data.grading import Grade, Trend
from features import LANGUAGES
from serving.contract_rows import Id, Message, Moment, RowsByTable, check_code
from training import Reason

LEADS_MOST = 5_000
REASONS_MOST = 20
DAY_SECONDS = 86_400

Disposition = Annotated[
    str, AfterValidator(partial(check_code, DISPOSITIONS)), Field(json_schema_extra={"enum": list(DISPOSITIONS)})
]
SalesAnswer = Annotated[
    str,
    AfterValidator(partial(check_code, HANDOVER_ANSWERS)),
    Field(json_schema_extra={"enum": list(HANDOVER_ANSWERS)}),
]
RejectionReason = Annotated[
    str,
    AfterValidator(partial(check_code, REJECTION_REASONS)),
    Field(json_schema_extra={"enum": list(REJECTION_REASONS)}),
]
Language = Annotated[
    str, AfterValidator(partial(check_code, LANGUAGES)), Field(json_schema_extra={"enum": list(LANGUAGES)})
]
Share = Annotated[float, Field(ge=0, le=1)]
Points = Annotated[int, Field(ge=1, le=99)]

LANGUAGE = Field(None, description="of the reasons; where left out, that of ?lang= or else of Accept-Language")


class LeadScore(Message):
    """How likely a lead is to close, and what that is worth."""

    as_of: Moment = Field(description="only what had happened and was known before it counts")
    model_version: str
    probability: Share = Field(description="close probability: P(won within 365 days)")
    probability_low: Share | None = Field(None, description="low end of an 80 % interval of the probability")
    probability_high: Share | None = Field(None, description="high end of it")
    probability_180_days: Share | None = None
    probability_90_days: Share | None = None
    score: Points | None = Field(
        None,
        description="for people: likelier to close than so many per cent of the open leads that the model learned "
        "from; null where another model version than the one that serves gave it",
    )
    grade: Grade | None = Field(None, description="A to D, from the score by the house's limits")
    trend: Trend | None = Field(
        None, description="the score beside the one that the same model version gave before; null where there was none"
    )
    expected_amount_minor: int | None = Field(None, description="amount if won, minor units; null where none is known")
    expected_value_minor: int | None = Field(None, description="close probability × expected amount, minor units")


class ScoreReason(Message):
    """One business fact's share in a score."""

    group: str = Field(description="the fact: features that speak of the same one count together")
    feature: str = Field(description="the feature of the group that weighs most in the same direction")
    text: str = Field(description="that feature in words, with its value")
    effect: float = Field(
        description="what the group adds to the score before calibration (log-odds of winning, or log of its rate); "
        "negative speaks against the lead"
    )
    direction: Literal["for", "against"]

    @classmethod
    def of(cls, reason: Reason) -> Self:
        """A reason as an answer gives it."""
        return cls(direction=reason.direction, **asdict(reason))


class ScoreQuestion(Message):
    """Leads to score, with all contract rows that are known about them."""

    model_config = ConfigDict(
        json_schema_extra={
            "example": {
                "lead_ids": ["lead-1"],
                "tables": {
                    "leads": [
                        {
                            "lead_id": "lead-1",
                            "campaign_id": "campaign-1",
                            "company_id": "company-1",
                            "attributes": {"employees_abroad": 12},
                            "occurred_at": "2026-03-02T08:00:00Z",
                        }
                    ]
                },
                "reasons": 3,
            }
        }
    )

    lead_ids: list[Id] = Field(min_length=1, max_length=LEADS_MOST, description="leads of tables.leads")
    tables: RowsByTable = Field(description="contract rows by table")
    as_of: Moment | None = Field(None, description="the moment of the score; now where left out")
    reasons: int = Field(
        3, ge=0, le=REASONS_MOST, description="reasons for each score, strongest first, for and against"
    )
    language: Language | None = LANGUAGE


class GivenLeadScore(LeadScore):
    """The score of one given lead."""

    lead_id: str
    reasons: list[ScoreReason]


class ScoreAnswer(Message):
    """Scores in the order of the question's lead ids."""

    scores: list[GivenLeadScore]


class NextLeadQuestion(Message):
    """Who asks for a lead, and for which campaign."""

    model_config = ConfigDict(json_schema_extra={"example": {"agent_id": "agent-7", "campaign_id": "campaign-1"}})

    agent_id: Id
    campaign_id: Id


class LeasedLead(Message):
    """A lead to call now; nobody else is given it until the lease runs out."""

    lead_id: str
    campaign_id: str
    phone: str | None = Field(description="E.164")
    contact_name: str | None
    company_name: str | None
    message_variant: str | None = Field(description="which message to use")
    probability: Share
    expected_value_minor: int | None = Field(description="minor units; null where no amount is known")
    leased_until: Moment


class NextLeadAnswer(Message):
    """The next lead, or why there is none."""

    lead: LeasedLead | None = None
    reason: str | None = None


class CallReport(Message):
    """A call that was made."""

    model_config = ConfigDict(
        json_schema_extra={
            "example": {
                "call_id": "call-4711",
                "lead_id": "lead-1",
                "agent_id": "agent-7",
                "occurred_at": "2026-06-17T08:12:30Z",
                "talk_seconds": 184,
                "disposition": "interested",
            }
        }
    )

    call_id: Id = Field(description="as the dialer numbers it; the same call reported twice counts once")
    lead_id: Id
    agent_id: Id
    occurred_at: Moment = Field(description="when the dialling began")
    talk_seconds: int = Field(ge=0, le=DAY_SECONDS, strict=True)
    disposition: Disposition


class CallAnswer(Message):
    """Whether the call is new, and the lead's score after it."""

    recorded: bool = Field(description="false where the same call was reported before")
    score: LeadScore | None = Field(None, description="null where the lead is closed or no model is loaded")


class HandoverReport(Message):
    """A lead that is handed over to sales: it becomes qualified."""

    model_config = ConfigDict(
        json_schema_extra={
            "example": {"handover_id": "handover-4711", "lead_id": "lead-1", "occurred_at": "2026-06-17T08:20:00Z"}
        }
    )

    handover_id: Id = Field(description="the same handover reported twice counts once")
    lead_id: Id
    occurred_at: Moment = Field(description="when the lead became qualified")


class SalesReport(Message):
    """What sales answers to a handover."""

    model_config = ConfigDict(
        json_schema_extra={
            "example": {
                "answer_id": "answer-4711",
                "lead_id": "lead-1",
                "answer": "rejected",
                "reason": "timing",
                "occurred_at": "2026-06-17T14:05:00Z",
            }
        }
    )

    answer_id: Id = Field(description="the same answer reported twice counts once")
    lead_id: Id
    answer: SalesAnswer
    reason: RejectionReason | None = Field(None, description="why it was rejected; needed then")
    occurred_at: Moment = Field(description="when sales answered")


class HandoverAnswer(Message):
    """Whether the report is new, and the lead's score after it."""

    recorded: bool = Field(description="false where the same was reported before")
    score: LeadScore | None = Field(None, description="null where the lead is closed or no model is loaded")


class LeadQuestion(Message):
    """Which lead."""

    model_config = ConfigDict(json_schema_extra={"example": {"lead_id": "lead-1"}})

    lead_id: Id
    language: Language | None = LANGUAGE


class PastCall(Message):
    """A call made to the lead."""

    occurred_at: Moment
    agent_id: str | None
    talk_seconds: int
    disposition: str


class LeadView(Message):
    """All that a sales rep needs to know about a lead."""

    lead_id: str
    campaign_id: str
    campaign_name: str
    company_name: str | None
    title: str | None = Field(description="the contact's job title")
    stage: str
    currency: str
    may_call: bool
    why_not: str | None = Field(description="why it may not be called now, and whose rule that is")
    next_action: str | None
    next_action_at: Moment | None
    score: LeadScore | None = Field(description="null where the lead is closed or no model is loaded")
    reasons: list[ScoreReason] = Field(description="strongest first, for and against")
    history: list[LeadScore] = Field(description="scores given before, newest first")
    calls: list[PastCall] = Field(description="newest first")
