"""`hope` as people and programs call it, and whether what it prints keeps to its schema."""

from __future__ import annotations

import json
from typing import Any

from jsonschema import Draft202012Validator
from paths import ROOT
from referencing import Registry, Resource
from typer.testing import CliRunner, Result

from catalog import Library
from hope import app

SCHEMAS = ROOT / "tests/schemas"


def hope(library: Library, *words: str, typed: str | None = None) -> Result:
    result = CliRunner().invoke(app, ["--library", str(library.root), *words], input=typed)
    assert result.exception is None or isinstance(result.exception, SystemExit)
    assert "Traceback" not in result.output, result.output
    return result


def validator(name: str) -> Draft202012Validator:
    contents = [json.loads(file.read_text("utf-8")) for file in SCHEMAS.glob("*.json")]
    resources = [(content["$id"], Resource.from_contents(content)) for content in contents]
    schema = next(content for content in contents if content["$id"] == name)
    Draft202012Validator.check_schema(schema)
    return Draft202012Validator(schema, registry=Registry().with_resources(resources))


def mistakes(name: str, value: Any) -> list[str]:
    return [error.message for error in validator(name).iter_errors(value)]
