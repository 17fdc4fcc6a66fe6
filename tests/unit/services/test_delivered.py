"""The Word files handed out: known by the contract that they print."""

from dataclasses import replace
from datetime import UTC, datetime
from os import utime
from pathlib import Path

import pytest

from contract_builder.errors import UserError
from contract_builder.render.docx import render_docx
from contract_builder.render.json import contract_sha256
from contract_builder.services.delivered import (
    WordFile,
    describe_template,
    find_word_file,
    get_given_file,
)
from tests.contract_samples import small_contract
from tests.documents import replace_in_part, word_template

CONTRACT = small_contract()
OTHER = replace(CONTRACT, header=replace(CONTRACT.header, version=2))


@pytest.fixture
def word(tmp_path: Path) -> Path:
    """The contract's Word file, beside its JSON file."""
    path = tmp_path / "contrat.docx"
    path.write_bytes(render_docx(CONTRACT, word_template(), identity=contract_sha256(CONTRACT)))
    return path


def test_the_file_beside_a_contract_is_found_when_it_prints_this_very_contract(
    word: Path, tmp_path: Path
) -> None:
    source = str(word.with_suffix(".json"))
    assert find_word_file(tmp_path, source, CONTRACT) == WordFile(word.read_bytes(), word)
    assert find_word_file(tmp_path, source, OTHER) is None


def test_a_version_of_the_store_is_looked_for_among_the_products(
    word: Path, tmp_path: Path
) -> None:
    root = tmp_path / "projet"
    product = root / "output" / "990000011AA-v1-centre-hospitalier-de-valmont-fictif.docx"
    product.parent.mkdir(parents=True)
    word.rename(product)
    found = find_word_file(root, "990000011@1", CONTRACT)
    assert found is not None
    assert found.path == product


def test_a_file_with_tracked_changes_is_no_file_that_was_handed_out(
    word: Path, tmp_path: Path
) -> None:
    mark = (
        '<w:ins w:id="9" w:author="A" w:date="2025-01-01T00:00:00Z"><w:r><w:t>x</w:t></w:r></w:ins>'
    )
    marked = replace_in_part(word.read_bytes(), "word/document.xml", "</w:p>", f"{mark}</w:p>")
    word.write_bytes(marked)
    assert find_word_file(tmp_path, str(word.with_suffix(".json")), CONTRACT) is None
    with pytest.raises(UserError, match="modifications suivies"):
        get_given_file(word, CONTRACT)


def test_a_named_file_is_used_or_refused_with_the_reason(word: Path) -> None:
    assert get_given_file(word, CONTRACT).path == word
    with pytest.raises(UserError, match="empreinte n’est pas celle de ce contrat"):
        get_given_file(word, OTHER)
    word.write_bytes(b"texte")
    with pytest.raises(UserError, match="ne peut servir à la comparaison"):
        get_given_file(word, CONTRACT)


def test_a_template_is_named_by_its_day(word: Path) -> None:
    noon = datetime(2026, 3, 4, 12, tzinfo=UTC).timestamp()
    utime(word, (noon, noon))
    assert describe_template(word) == "le modèle du 04/03/2026"
