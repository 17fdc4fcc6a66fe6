"""A profile says which contract it is about without being read whole."""

from pathlib import Path

import pytest

from contract_builder.profiles.contract_key import find_contract_key

PLAIN = """\
# Un profil
etablissement:
  finess_ej: "990000010"
  raison_sociale: >-
    Centre
    hospitalier
contrat:
  code: 990000010AA
sites: [
"""


def key_of(tmp_path: Path, text: str) -> tuple[str, str] | None:
    path = tmp_path / "profil.yaml"
    path.write_text(text, encoding="utf-8")
    return find_contract_key(path)


def test_both_are_found_though_the_rest_cannot_be_read(tmp_path: Path) -> None:
    assert key_of(tmp_path, PLAIN) == ("990000010", "990000010AA")


def test_a_number_in_groups_is_the_number(tmp_path: Path) -> None:
    text = PLAIN.replace('"990000010"', '"990 000 010"')
    assert key_of(tmp_path, text) == ("990000010", "990000010AA")


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("  code: 990000010AA\n", "  statut: projet\n"),
        ("  code: 990000010AA\n", "  code:\n"),
        ("contrat:", "autre:"),
        ("contrat:", "contrat: {code: 1}\ncontrat:"),
        ("  code: 990000010AA", "  code: [990000010AA"),
        ("etablissement:\n", "etablissement: &a\n"),
    ],
)
def test_what_is_not_said_plainly_is_not_guessed(tmp_path: Path, old: str, new: str) -> None:
    assert key_of(tmp_path, PLAIN.replace(old, new)) is None


def test_a_file_that_is_not_there_has_none(tmp_path: Path) -> None:
    assert find_contract_key(tmp_path / "absent.yaml") is None
