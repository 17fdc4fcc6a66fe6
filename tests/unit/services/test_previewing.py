"""The contract of a profile as a page, made now."""

import pytest

from contract_builder.errors import ProblemsError, TemplateError
from contract_builder.services.making import prepare
from contract_builder.services.previewing import (
    ReadingWish,
    preview_clause,
    preview_contract,
    read_on_screen,
)


def test_the_page_says_what_the_profile_says(project):
    prepared = prepare(project, project.profiles_folder / "valmont.yaml")
    page = preview_contract(project, prepared).decode()
    assert "Centre hospitalier de Valmont (fictif)" in page


def test_a_profile_with_errors_has_no_page(project):
    path = project.profiles_folder / "valmont.yaml"
    path.write_text("etablissement: [", "utf-8")
    with pytest.raises(ProblemsError):
        preview_contract(project, prepare(project, path))


def test_a_template_that_is_no_text_is_told(project):
    template = project.root / "templates" / "contrat.html"
    template.write_bytes(b"<p>\xe9t\xe9</p>")
    with pytest.raises(TemplateError, match=r"contrat\.html » n’est pas en UTF-8"):
        preview_contract(project, prepare(project, project.profiles_folder / "valmont.yaml"))


def test_a_screen_shows_the_text_its_contents_and_what_was_negotiated(project):
    path = project.profiles_folder / "valmont.yaml"
    variants = "  - {clause: objet, texte: Autre objet., auteur: Direction, le: 2025-05-02}\n"
    path.write_text(f"{path.read_text('utf-8')}variantes:\n{variants}", "utf-8")
    reading = read_on_screen(prepare(project, path), ReadingWish(words="autre"))
    assert [item.found for item in reading.passages] == ["Autre"]
    marked = [line.id for top in reading.contents for line in (top, *top.children) if line.departs]
    assert marked == ["article-objet"]  # its only clause has no heading of its own
    assert reading.withdrawn == ()
    assert 'id="s-objet"' in reading.text


def test_a_clause_that_was_taken_out_is_listed(project):
    path = project.profiles_folder / "valmont.yaml"
    variants = "  - {clause: objet, retiree: oui, auteur: Direction, le: 2025-05-02}\n"
    path.write_text(f"{path.read_text('utf-8')}variantes:\n{variants}", "utf-8")
    prepared = prepare(project, path)
    (gone,) = read_on_screen(prepared, ReadingWish()).withdrawn
    assert (gone.id, gone.title) == ("objet", "Objet du contrat")
    assert preview_clause(prepared.assembly.contract, "objet") == ""
