"""The catalogue of problems as pages show it."""

import re

from contract_builder.services.cataloguing import list_problem_entries
from tests.documents import ROOT


def test_every_entry_of_the_documentation_is_there_with_its_text() -> None:
    told = (ROOT / "docs" / "erreurs.md").read_text("utf-8")
    entries = list_problem_entries()
    assert [entry.code for entry in entries] == re.findall(r"^### `([a-z0-9-]+)`", told, re.M)
    for entry in entries:
        assert entry.text in told
        assert "Que faire." in entry.text, entry.code
        assert entry.severity.startswith(("erreur", "avertissement", "note")), entry.code


def test_words_find_an_entry_by_its_code_or_its_text() -> None:
    found = [e.code for e in list_problem_entries() if e.answers("Pas UN texte")]
    assert "pas-un-texte" in found
    assert not any(entry.answers("zorglub") for entry in list_problem_entries())
