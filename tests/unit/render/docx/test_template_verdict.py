"""A Word template is tried once by one program, and again as soon as one byte of it differs."""

from pathlib import Path

import pytest

from contract_builder.files.cache import NO_CACHE, Cache
from contract_builder.render.docx import template_verdict
from contract_builder.render.docx.template_check import TemplateDefect, check_template
from contract_builder.render.docx.template_verdict import check_kept_template
from tests.documents import word_template

WARNING = TemplateDefect("en-tête", "chaque contrat le porterait", "…", "avertissement")
ERROR = TemplateDefect("modèle", "le repère {{ corps }} manque")


@pytest.fixture
def cache(tmp_path: Path) -> Cache:
    return Cache(tmp_path / "mémoire")


def count_checks(monkeypatch: pytest.MonkeyPatch, *defects: TemplateDefect) -> list[bytes]:
    """The templates that are checked, each with these ``defects``."""
    checked: list[bytes] = []

    def check(template: bytes) -> list[TemplateDefect]:
        checked.append(template)
        return [*defects]

    monkeypatch.setattr(template_verdict, "check_template", check)
    return checked


def test_the_verdict_is_that_of_the_check(cache: Cache) -> None:
    template = word_template()
    assert check_kept_template(template, cache) == check_template(template)
    assert check_kept_template(template, cache) == check_template(template)


@pytest.mark.parametrize("defects", [(), (WARNING,), (WARNING, WARNING)])
def test_a_template_that_can_be_used_is_checked_once(
    cache: Cache, monkeypatch: pytest.MonkeyPatch, defects: tuple[TemplateDefect, ...]
) -> None:
    checked = count_checks(monkeypatch, *defects)
    for _ in range(2):
        assert check_kept_template(b"one", cache) == [*defects]
    check_kept_template(b"another", cache)
    assert checked == [b"one", b"another"]


def test_a_template_that_cannot_be_used_is_tried_again(
    cache: Cache, monkeypatch: pytest.MonkeyPatch
) -> None:
    checked = count_checks(monkeypatch, WARNING, ERROR)
    for _ in range(2):
        assert check_kept_template(b"one", cache) == [WARNING, ERROR]
    assert len(checked) == 2


def test_another_program_or_no_cache_checks_again(
    cache: Cache, monkeypatch: pytest.MonkeyPatch
) -> None:
    checked = count_checks(monkeypatch)
    check_kept_template(b"one", cache)
    check_kept_template(b"one", NO_CACHE)
    monkeypatch.setattr(template_verdict, "program_state", lambda: "another")
    check_kept_template(b"one", cache)
    assert len(checked) == 3
