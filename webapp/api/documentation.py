"""The description of the API as a page lays it out: addresses, what is said with them, values."""

from dataclasses import dataclass
from typing import Any

from webapp.api.endpoints import ENDPOINTS, Endpoint, Parameter
from webapp.api.openapi import openapi_document

# A name, and what is said of it.
Named = tuple[str, str]
# A text in pieces; of each whether it is a name that programs use.
Pieces = tuple[tuple[str, bool], ...]


@dataclass(frozen=True, slots=True)
class DescribedParameter:
    """Something that may be said with an address; of `choices` the first is what it is else."""

    name: str
    says: Pieces
    choices: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class DescribedEndpoint:
    """An address, what may be said with it, and the name of the value that it answers with.

    `example` is a path to try, "" where a name has to be put in first.
    """

    name: str
    path: str
    says: Pieces
    parameters: tuple[DescribedParameter, ...]
    answer: str
    example: str


@dataclass(frozen=True, slots=True)
class DescribedValue:
    """A value, and what each of its fields holds."""

    name: str
    says: Pieces
    fields: tuple[Named, ...]


@dataclass(frozen=True, slots=True)
class Documentation:
    """All of it, with some paragraphs to begin with."""

    about: tuple[Pieces, ...]
    endpoints: tuple[DescribedEndpoint, ...]
    values: tuple[DescribedValue, ...]


def documentation() -> Documentation:
    """What programs can ask for, for people to read."""
    document = openapi_document()
    return Documentation(
        tuple(map(_pieces, document["info"]["description"].split("\n\n"))),
        tuple(_endpoint(one) for one in ENDPOINTS),
        tuple(
            _value(name, schema)
            for name, schema in sorted(document["components"]["schemas"].items())
        ),
    )


def _pieces(text: str) -> Pieces:
    """A text in pieces: what stands in backticks is a name."""
    return tuple((piece, bool(place % 2)) for place, piece in enumerate(text.split("`")))


def _endpoint(endpoint: Endpoint) -> DescribedEndpoint:
    return DescribedEndpoint(
        endpoint.name,
        endpoint.path,
        _pieces(endpoint.says),
        tuple(map(_parameter, endpoint.parameters)),
        endpoint.answer.__name__,
        "" if "{" in endpoint.path else endpoint.path + endpoint.example,
    )


def _parameter(parameter: Parameter) -> DescribedParameter:
    schema, said = parameter.schema, [parameter.says]
    if parameter.required:
        said.append("It has to be there.")
    if "maximum" in schema:
        said.append(f"From {schema['minimum']} to {schema['maximum']}, else {schema['default']}.")
    choices = schema.get("enum")
    return DescribedParameter(
        parameter.name,
        _pieces(" ".join(said)),
        tuple(map(str, choices)) if isinstance(choices, list) else (),
    )


def _value(name: str, schema: dict[str, Any]) -> DescribedValue:
    fields = schema["properties"].items()
    return DescribedValue(
        name,
        _pieces(schema["description"]),
        tuple((field, kind_of_value(kind)) for field, kind in fields),
    )


def kind_of_value(schema: dict[str, Any]) -> str:
    """What a field holds, in a word or two: "string or null", "list of Hit"."""
    match schema:
        case {"$ref": reference}:
            said = str(reference).rpartition("/")[2]
        case {"anyOf": kinds}:
            said = " or ".join(map(kind_of_value, kinds))
        case {"enum": values}:
            said = " or ".join(f'"{one}"' for one in values)
        case {"prefixItems": kinds}:
            said = f"[{', '.join(map(kind_of_value, kinds))}]"
        case {"items": kind}:
            said = f"list of {kind_of_value(kind)}"
        case {"additionalProperties": kind}:
            said = f"{kind_of_value(kind)} by name"
        case _:
            said = str(schema["type"])
    return said
