"""The description of the JSON API (OpenAPI 3.1), made from the values that are encoded."""

import re
from functools import cache
from http import HTTPStatus
from importlib.metadata import version
from inspect import cleandoc
from typing import Any

import msgspec

from webapp.api.endpoints import ENDPOINTS, Endpoint, Parameter
from webapp.api.model import Problem
from webapp.api.responses import JSON, PROBLEM

_REFERENCE = "#/components/schemas/{name}"
# In every answer: whoever asks too often or with another method is told so.
_ALWAYS = (429,)
_ABOUT = """The moments in which experts answer, of the videos of Hope With Answers search.

Every answer is public, read only, and may be asked for from any page (CORS). Slugs, ids and paths
are lasting. Lists are paged: `next` is the path of what follows, null at the end. An answer has an
`ETag`; asked with `If-None-Match` it is 304 until the index changes. What is the matter is told as
`application/problem+json` (RFC 9457), also with 405 where something else is asked than to read;
429 and 503 say with `Retry-After` when to come again.

Quote what experts say in their own words, with who says it and the link to the second. Where
`confidence` is "none", nobody clearly answers. Where `urgent` is there, show it above all else.
Nothing here is medical advice. Questions that are asked are not written down."""


@cache
def openapi_document() -> dict[str, Any]:
    """The whole description, without the address of a site."""
    answers = [endpoint.answer for endpoint in ENDPOINTS]
    references, schemas = msgspec.json.schema_components(
        [Problem, *answers], ref_template=_REFERENCE
    )
    problem, *rest = references
    operations = zip(ENDPOINTS, rest, strict=True)
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "Hope With Answers search",
            "version": version("hope-with-answers"),
            "description": _ABOUT,
        },
        "servers": [{"url": "/"}],
        "paths": {
            one.path: {"get": _operation(one, schema, problem)} for one, schema in operations
        },
        "components": {"schemas": {name: _written(schema) for name, schema in schemas.items()}},
    }


def _operation(endpoint: Endpoint, schema: object, problem: object) -> dict[str, Any]:
    troubles = {
        str(status): {
            "description": HTTPStatus(status).phrase,
            "content": {PROBLEM: {"schema": problem}},
        }
        for status in sorted({*endpoint.problems, *_ALWAYS})
    }
    return {
        "operationId": endpoint.name,
        "summary": endpoint.says,
        "parameters": [_parameter(one) for one in endpoint.parameters],
        "responses": {
            "200": {
                "description": _summary(endpoint.answer),
                "headers": {"ETag": {"required": True, "schema": {"type": "string"}}},
                "content": {JSON: {"schema": schema}},
            },
            "304": {"description": "The program has it already."},
            **troubles,
        },
    }


def _parameter(parameter: Parameter) -> dict[str, Any]:
    return {
        "name": parameter.name,
        "in": parameter.place,
        "required": parameter.required,
        "description": parameter.says,
        "schema": dict(parameter.schema),
    }


def _summary(answer: type) -> str:
    return cleandoc(answer.__doc__ or "").partition("\n")[0]


def _written(schema: dict[str, Any]) -> dict[str, Any]:
    """A schema of what is written: whatever may be left out when reading is there.

    Every number counts something, or is a time, a place in a text or a score: none is negative.
    """
    written: dict[str, Any] = _strict(schema)
    written["description"] = re.sub(r"(?<!\n)\n(?!\n)", " ", cleandoc(schema["description"]))
    if "properties" in schema:
        always = [name for name, field in schema["properties"].items() if "default" in field]
        written["required"] = [*schema.get("required", ()), *always]
        written["additionalProperties"] = False
    return written


def _strict(part: Any) -> Any:
    if isinstance(part, list):
        return [_strict(one) for one in part]
    if not isinstance(part, dict):
        return part
    kept = {name: _strict(one) for name, one in part.items() if name != "default"}
    return {**kept, "minimum": 0} if part.get("type") in ("integer", "number") else kept
