"""``cpom library control``: the registry compared with all the versions that an extract gives."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.law_extracts import Versions, extract, write_law_folder
from tests.mini_project import CommandResult

Cpom = Callable[..., CommandResult]


REGISTRY = """\
code: CSP
intitule: Code de la santé publique
etat_au: 2026-03-14
references:
  - {article: L6114-1, objet: Contrat, statut: en_vigueur, depuis: 2018-01-01, verifie_le: ENDED}
"""
ABROGATED = (
    ", jusqu_au: 2026-12-31}\n  - {article: L6114-1, objet: Contrat, statut: abroge, "
    "depuis: 2027-01-01, modifie_par: Loi n° 1, verifie_le: 2026-03-14"
)
REWRITTEN = [
    ("MODIFIE", "2000-01-01", "2018-01-01"),
    ("ABROGE_DIFF", "2018-01-01", "2027-01-01"),
    ("VIGUEUR_DIFF", "2027-01-01", "2999-01-01"),
]


@pytest.fixture(params=["json", "xml"])
def control(
    request: pytest.FixtureRequest, mini_project: Path, cpom: Cpom
) -> Callable[..., CommandResult]:
    """The command on a registry of one article that ends as ``ended`` says.

    The extract is a file of JSON, or a folder of XML.
    """

    def run(versions: Versions, ended: str = "", number: str = "L6114-1") -> CommandResult:
        registry = mini_project / "clause_library/references/csp.yaml"
        registry.write_text(REGISTRY.replace("ENDED", f"2026-03-14{ended}"), "utf-8")
        path = mini_project / "code"
        if request.param == "json":
            path.write_text(extract({number: versions}), "utf-8")
        else:
            write_law_folder(path, {number: versions})
        result = cpom(mini_project, "library", "control", str(path), "--strict")
        return CommandResult(
            result.exit_code,
            result.stdout.replace("\u00a0", " "),
            result.stderr.replace("\u00a0", " "),
        )

    return run


def test_an_article_whose_version_ends_with_another_after_is_not_abrogated(
    control: Callable[..., CommandResult],
) -> None:
    result = control(REWRITTEN, ABROGATED)
    assert result.exit_code == 3
    assert "csp.yaml:6:48: avertissement [registre-contredit]" in result.stderr
    assert "une version est en vigueur le 1er janvier 2027" in result.stderr
    assert "1 écart." in result.stdout


def test_an_article_whose_last_version_ends_is_abrogated_as_the_registry_says(
    control: Callable[..., CommandResult],
) -> None:
    result = control(REWRITTEN[:2], ABROGATED)
    assert (result.exit_code, result.stderr) == (0, "")
    assert "2 entrées comparées à l’extrait du 14 mars 2026, aucun écart." in result.stdout


@pytest.mark.parametrize(
    ("versions", "ended", "told"),
    [
        ([("VIGUEUR", "2018-01-01", "2999-01-01")], "", ""),
        (REWRITTEN, "", "une version commence le 1er janvier 2027, que le registre n’a pas"),
        (REWRITTEN[:2], "", "prend fin le 31 décembre 2026, que le registre n’écrit pas"),
        ([("VIGUEUR", "2017-06-01", "2999-01-01")], "", "commence le 1er juin 2017"),
        ([("VIGUEUR", "2020-06-01", "2999-01-01")], "", "aucune version n’est en vigueur le 1er"),
        (
            [("VIGUEUR", "2018-01-01", "2999-01-01")],
            ", jusqu_au: 2026-12-31, fin_constatee: 2026-03-14",
            "cette version n’a pas de fin connue",
        ),
        (
            [
                ("MODIFIE_MORT_NE", "2019-01-01", "2018-12-01"),
                ("VIGUEUR", "2018-01-01", "2999-01-01"),
            ],
            "",
            "",
        ),
        (
            [("MODIFIE", "2010-01-01", "2018-01-02"), ("VIGUEUR", "2018-01-01", "2999-01-01")],
            "",
            "",
        ),
    ],
)
def test_what_all_the_versions_say_is_compared_entry_by_entry(
    control: Callable[..., CommandResult], versions: Versions, ended: str, told: str
) -> None:
    result = control(versions, ended)
    assert result.exit_code == (3 if told else 0)
    assert told in result.stderr
    assert bool(told) == bool(result.stderr)


def test_an_article_that_the_extract_lacks_is_a_note_never_an_end(
    control: Callable[..., CommandResult],
) -> None:
    result = control(REWRITTEN, number="L1")
    assert result.exit_code == 0
    assert "note [article-absent-de-l-extrait]" in result.stderr


@pytest.mark.parametrize(
    ("content", "words"),
    [
        ("[]", "n’est pas un extrait de code"),
        ("{", "n’est pas un extrait de code"),
        ('{"type": "code", "data": {"title": "X"}}', "n’est pas un extrait de code"),
        (extract({}, title="Code du travail"), "n’a pas de fichier intitulé « Code du travail »"),
        (extract({"L1": [("VIGUEUR", "2018-01-01", "2999-01-01")]})[:-40], "pas un extrait"),
        (None, "ne se lit pas"),
    ],
)
def test_a_file_that_is_no_extract_of_a_known_code_is_refused_in_one_sentence(
    mini_project: Path, cpom: Cpom, content: Any, words: str
) -> None:
    path = mini_project / "code.json"
    if content is not None:
        path.write_text(content, "utf-8")
    result = cpom(mini_project, "library", "control", str(path))
    assert result.exit_code == 1
    assert words in result.stderr
    assert "Traceback" not in result.stderr


def test_what_changed_since_the_last_check_is_listed_with_the_way_to_what_it_reaches(
    mini_project: Path, cpom: Cpom
) -> None:
    registry = mini_project / "clause_library/references/csp.yaml"
    articles: dict[str, Versions] = {
        "L6114-1": REWRITTEN,
        "L6114-2": [("VIGUEUR", "2018-01-01", "2026-06-01")],
        "L6114-4": [("VIGUEUR", "2018-01-01", "2999-01-01")],
    }
    registry.write_text(
        "code: CSP\nintitule: Code de la santé publique\netat_au: 2026-03-14\nreferences:\n"
        + "".join(
            f"  - {{article: {name}, objet: Contrat, statut: en_vigueur, depuis: 2018-01-01, "
            "verifie_le: 2026-03-14}\n"
            for name in articles
        ),
        encoding="utf-8",
    )
    (mini_project / "code.json").write_text(extract(articles), encoding="utf-8")
    printed = cpom(mini_project, "library", "control", "code.json").stdout
    assert printed.replace("\u00a0", " ").splitlines()[1:] == [
        "Changés depuis leur dernière vérification (verifie_le) :",
        "  CSP L6114-2 (vérifié le 14 mars 2026) : plus en vigueur à partir du 1er juin 2026, "
        "que le registre n’a pas",
        '    cpom impact "CSP L6114-2" --on 2026-06-01',
        "  CSP L6114-1 (vérifié le 14 mars 2026) : autre rédaction à partir du 1er janvier 2027, "
        "que le registre n’a pas",
        '    cpom impact "CSP L6114-1" --on 2027-01-01',
    ]
