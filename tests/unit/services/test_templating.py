"""One gate for whoever checks a template and whoever fills it."""

from pathlib import Path

import pytest

from contract_builder.errors import ProblemsError, TemplateError, UserError
from contract_builder.services.project import Project
from contract_builder.services.templating import (
    WORD_TEMPLATE,
    check_project_templates,
    check_word_template,
    refuse_faulty_templates,
    refuse_faulty_word_file,
    write_word_template,
)
from tests.word_templates import TITLE, with_text


def test_a_fresh_word_template_has_no_defect(tmp_path: Path) -> None:
    path = tmp_path / "contrat.docx"
    write_word_template(path)
    assert [item for item in check_word_template(path) if item.severity == "erreur"] == []
    refuse_faulty_word_file(path)
    with pytest.raises(UserError):
        write_word_template(path)


def test_both_gates_tell_the_same_of_a_faulty_template(project: Project) -> None:
    path = project.root / "templates" / WORD_TEMPLATE
    path.write_bytes(with_text(TITLE, "Notre contrat"))
    (defect,) = [item for item in check_word_template(path) if item.severity == "erreur"]
    with pytest.raises(TemplateError, match="il manque « intitulé du contrat »"):
        refuse_faulty_word_file(path)
    with pytest.raises(ProblemsError) as caught:
        refuse_faulty_templates(project.root, [WORD_TEMPLATE])
    assert any(defect.message in item.message for item in caught.value.problems)


def test_only_the_named_templates_are_looked_at(project: Project) -> None:
    (project.root / "templates" / "contrat.html").write_text("{{", encoding="utf-8")
    assert check_project_templates(project.root, [WORD_TEMPLATE]) == []
    (problem,) = check_project_templates(project.root, ["contrat.html"])
    assert problem.place.file == "templates/contrat.html"
