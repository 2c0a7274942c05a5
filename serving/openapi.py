"""The description of the service, for programs: BentoML's OpenAPI document with our own words and the access key."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from pydantic.json_schema import GenerateJsonSchema

if TYPE_CHECKING:
    from pydantic_core import core_schema

DESCRIPTION = (
    "What is each call worth? Scores of leads, the next lead to call, reports of calls and handovers, and one lead's "
    "view. Every route but the health checks needs an access key, made with: callworth key new NAME."
)
REFUSALS = {
    "401": "No access key, or one that is not known.",
    "404": "Not known, or another client's.",
    "413": "The body is too large.",
    "415": "The body is not JSON.",
    "503": "The store or the model is not there.",
}


class NullableSchema(GenerateJsonSchema):
    """JSON schemas as OpenAPI 3.0 wants them: what may be missing is nullable, for there is no type null."""

    def nullable_schema(self, schema: core_schema.NullableSchema) -> dict[str, Any]:
        """The schema of a value that may be null."""
        inner = self.generate_inner(schema["schema"])
        return {"allOf": [inner], "nullable": True} if "$ref" in inner else {**inner, "nullable": True}


def describe_service(service: Any) -> dict[str, Any]:
    """The OpenAPI document.

    Args:
        service: the BentoML service.
    """
    document: dict[str, Any] = service.openapi_spec.asdict()
    document["info"] = {"title": "callworth", "version": "1", "description": DESCRIPTION}
    document["components"]["schemas"].pop("TaskStatusResponse", None)  # of BentoML's tasks, which we have none of
    document["components"]["securitySchemes"] = {"key": {"type": "http", "scheme": "bearer"}}
    for path, item in document["paths"].items():
        for operation in item.values():
            if path in service_routes(service):
                operation["security"] = [{"key": []}]
                for status, sentence in REFUSALS.items():
                    operation["responses"].setdefault(status, {"description": sentence})
    return document


def service_routes(service: Any) -> set[str]:
    """The paths of the service's own routes."""
    return {api.route for api in service.apis.values()}
