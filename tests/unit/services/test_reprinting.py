"""A stored version is printed again, the same text."""

import pytest

from contract_builder.errors import UserError
from contract_builder.services.project import Project
from contract_builder.services.reprinting import reprint_version
from tests.unit.services.kept_contracts import keep, made_contract


def test_a_version_is_printed_again_and_says_the_same(project: Project) -> None:
    reference = str(keep(project, made_contract(project)).reference)
    name, data = reprint_version(project, reference, "html")
    assert name.endswith(".html")
    assert "Centre hospitalier de Valmont" in data.decode()
    assert reprint_version(project, reference, "docx")[1].startswith(b"PK")


def test_a_version_that_is_not_kept_has_no_document(project: Project) -> None:
    keep(project, made_contract(project))
    with pytest.raises(UserError):
        reprint_version(project, "990000010@9", "html")
