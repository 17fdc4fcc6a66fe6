"""``avenant.json`` says all of an avenant, as its schema describes, and refuses what is none."""

import json
from collections.abc import Callable
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from contract_builder.amend.amending import AmendmentTerms, draft_amendment
from contract_builder.amend.amendment_json import (
    amendment_sha256,
    parse_amendment,
    render_amendment_json,
)
from contract_builder.amend.amendment_schema import amendment_schema, render_amendment_schema
from contract_builder.amend.failures import AmendmentFileError
from contract_builder.model.amendment import Amendment
from contract_builder.render.json import contract_sha256
from tests.contract_samples import long_contract
from tests.unit.compare.mutations import mutate
from tests.unit.compare.redline.pairs import demonstration

PUBLISHED = Path(__file__).parents[3] / "docs" / "schema" / "avenant.schema.json"
VALIDATOR = jsonschema.Draft202012Validator(amendment_schema())
TERMS = AmendmentTerms(2, date(2026, 1, 1), date(2025, 12, 15))


@cache
def _renewal() -> Amendment:
    return draft_amendment(
        demonstration("hopital-de-proximite-2019-demonstration"),
        demonstration("hopital-de-proximite-demonstration"),
        TERMS,
    )


@cache
def _seeded(seed: int) -> Amendment:
    old = long_contract(sheets=2)
    return draft_amendment(old, mutate(old, seed, 12), TERMS)


def test_the_schema_is_sound_and_the_published_copy_is_up_to_date() -> None:
    meta = jsonschema.Draft202012Validator(jsonschema.Draft202012Validator.META_SCHEMA)
    assert list(meta.iter_errors(amendment_schema())) == []
    assert PUBLISHED.read_text(encoding="utf-8") == render_amendment_schema()


@pytest.mark.parametrize("made", [_renewal, *(lambda s=s: _seeded(s) for s in range(12))])
def test_an_avenant_is_written_as_the_schema_says_and_read_back(
    made: Callable[[], Amendment],
) -> None:
    amendment = made()
    data = render_amendment_json(amendment)
    assert list(VALIDATOR.iter_errors(json.loads(data))) == []
    assert parse_amendment(data) == amendment


def test_an_avenant_names_the_contracts_before_and_after_it() -> None:
    old, new = long_contract(sheets=1), long_contract(sheets=2)
    amendment = draft_amendment(old, new, TERMS)
    assert (amendment.old, amendment.new) == (contract_sha256(old), contract_sha256(new))
    assert amendment.proof.apply_equals_new
    assert len(amendment_sha256(amendment)) == 64


def _edited(edit: Callable[[dict[str, Any]], None]) -> bytes:
    data = json.loads(render_amendment_json(_seeded(3)))
    edit(data)
    return json.dumps(data).encode()


def _put(*path: str | int, value: object) -> Callable[[dict[str, Any]], None]:
    def edit(data: dict[str, Any]) -> None:
        *steps, last = path
        holder: Any = data
        for step in steps:
            holder = holder[step]
        holder[last] = value

    return edit


@pytest.mark.parametrize(
    ("data", "told"),
    [
        (b"%PDF-1.7", "n’est pas un avenant au format JSON"),
        (b"[1]", "n’est pas un avenant."),
        (b'{"sections": []}', "n’est pas un avenant."),
        (b'{"operations": [], "operations": []}', "donnée deux fois"),
        (_edited(_put("schema_version", value=9)), "schéma 9"),
        (_edited(_put("number", value=0)), "number : valeur inattendue"),
        (_edited(_put("old", value="abc")), "old : ce n’est pas une empreinte"),
        (_edited(_put("effect", value="demain")), "effect : valeur non valable"),
        (_edited(_put("operations", 0, "kind", value="rewrite")), "operations[0].kind"),
        (_edited(_put("operations", 0, "where", "paragraph", value="2")), "where.paragraph"),
        (_edited(_put("operations", 1, "id", value="op-1")), "l’identifiant « op-1 »"),
        (_edited(_put("operations", 0, "content", value=[{"type": "image"}])), "content[0]"),
        (_edited(_put("motif", value="")), "clé inconnue « motif »"),
        (_edited(lambda data: data["operations"][0].pop("old")), "il manque « old »"),
    ],
)
def test_a_file_that_is_no_avenant_is_refused_with_the_place(data: bytes, told: str) -> None:
    with pytest.raises(AmendmentFileError) as caught:
        parse_amendment(data)
    assert told in str(caught.value)
