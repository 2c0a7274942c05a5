from __future__ import annotations

import json
from typing import Any

from serving.messages import CallReport, HandoverReport, LeadQuestion, NextLeadQuestion, SalesReport, ScoreQuestion

QUESTIONS = {
    "/score": ScoreQuestion,
    "/next_lead": NextLeadQuestion,
    "/report_call": CallReport,
    "/report_handover": HandoverReport,
    "/report_handover_answer": SalesReport,
    "/lead": LeadQuestion,
}


def test_every_route_is_described_with_an_example_that_holds(visitor: Any, bearer: dict[str, str]) -> None:
    document = visitor.get("/docs.json", headers=bearer).json()
    routes = {path for path, item in document["paths"].items() if "post" in item}
    assert routes == set(QUESTIONS)
    for path, question in QUESTIONS.items():
        operation = document["paths"][path]["post"]
        assert operation["description"]
        assert operation["security"] == [{"key": []}]
        assert {"200", "400", "401", "404", "413", "415", "503"} <= set(operation["responses"])
        example = operation["requestBody"]["content"]["application/json"]["schema"]["example"]
        question.model_validate_json(json.dumps(example))


def test_the_dialect_is_that_of_openapi_3_0(visitor: Any, bearer: dict[str, str]) -> None:
    text = visitor.get("/docs.json", headers=bearer).text
    assert '"null"' not in text
    assert '"nullable":true' in text
    assert "bentoml.com" not in text
