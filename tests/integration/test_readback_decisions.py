"""``cpom readback --decisions``: the file to fill in, what is refused, what becomes of the rest."""

import json
import subprocess
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from contract_builder.services.decision_files import load_decision_file, render_decision_file
from contract_builder.word.acceptance import accept_all, list_revisions
from contract_builder.word.extraction import extract_text
from contract_builder.word.package import read_parts, write_package
from tests.mini_project import PROFILE, CommandResult
from tests.outside_tools import find_ooxml_validator

Cpom = Callable[..., CommandResult]

_DATE = "2026-03-04T09:00:00Z"
_OBJECT = "Le présent contrat lie l’Agence et "


def _tracked(author: str, old: str, new: str) -> str:
    """The marks of a replacement as Word writes them, inside a cut run."""
    about = f'w:author="{author}" w:date="{_DATE}"'
    gone = f'<w:delText xml:space="preserve">{old}</w:delText>'
    return (
        "</w:t></w:r>"
        f'<w:del w:id="9001" {about}><w:r>{gone}</w:r></w:del>'
        f'<w:ins w:id="9002" {about}><w:r><w:t xml:space="preserve">{new}</w:t></w:r></w:ins>'
        '<w:r><w:t xml:space="preserve">'
    )


def edited(sent: Path, name: str, *changes: tuple[str, str]) -> Path:
    """The sent file with texts of its body replaced."""
    parts = read_parts(sent.read_bytes())
    body = parts["word/document.xml"].decode()
    for old, new in changes:
        assert old in body
        body = body.replace(old, new)
    parts["word/document.xml"] = body.encode()
    target = sent.parent.parent / name
    target.write_bytes(write_package(parts))
    return target


@pytest.fixture
def sent(mini_project: Path, cpom: Cpom) -> Path:
    """The file sent, of a contract whose object is a sentence of its own."""
    assert cpom(mini_project, "build", "valmont", "--formats", "docx,json").exit_code == 0
    return next(p for p in (mini_project / "output").glob("*.docx") if "instruction" not in p.name)


@pytest.fixture
def returned(sent: Path) -> Path:
    """« lie » replaced by the direction, under revision; the end of the contract, by nobody."""
    return edited(
        sent,
        "retour.docx",
        ("contrat lie l’Agence", f"contrat {_tracked('Direction', 'lie', 'engage')} l’Agence"),
        (
            "30\u00a0juin\u00a02030</w:t></w:r></w:sdtContent>",
            "31\u00a0décembre\u00a02029</w:t></w:r></w:sdtContent>",
        ),
    )


def ask(project: Path, cpom: Cpom, *files: str, name: str = "D.yaml") -> str:
    result = cpom(project, "readback", *(files or ("retour.docx",)), "--decisions", name)
    assert result.exit_code == 0, result.stderr
    return (project / name).read_text(encoding="utf-8") if name.endswith("yaml") else ""


def fill(project: Path, text: str, *decisions: tuple[str, str], name: str = "D.yaml") -> None:
    """The file with a decision, and more lines, for each change named."""
    for change, said in decisions:
        head, found, rest = text.partition(f"  - id: {change}\n")
        assert found
        lines = said if "decision" in said else f"decision: {said}"
        text = head + found + rest.replace("decision:", lines, 1)
    (project / name).write_text(text, encoding="utf-8")


def settle(project: Path, cpom: Cpom, *options: str, files: tuple[str, ...] = ()) -> CommandResult:
    return cpom(
        project, "readback", *(files or ("retour.docx",)), "--decisions", "D.yaml", *options
    )


def test_the_file_to_fill_in_has_a_line_for_each_change_untracked_first(
    mini_project: Path, cpom: Cpom, returned: Path
) -> None:
    text = ask(mini_project, cpom)
    first, second = text.split("  - id: ")[1:]
    assert "suivi: non" in first
    assert "champ: contrat.date_fin" in first
    assert "auteur: Direction" in second
    assert "ancien: lie\n    nouveau: engage\n    decision:" in second


def test_words_become_a_variant_and_a_value_goes_to_its_key_with_their_origin(
    mini_project: Path, cpom: Cpom, returned: Path
) -> None:
    text = ask(mini_project, cpom)
    fill(mini_project, text, ("m1", "Accepté"), ("m2", "ACCEPTÉE"))
    result = settle(mini_project, cpom, "--answer", "reponse.docx")
    assert (result.exit_code, result.stderr) == (0, "")
    assert "2 acceptées" in result.stdout.replace("\u00a0", " ")
    profile = (mini_project / PROFILE).read_text(encoding="utf-8")
    assert "date_fin: 2029-12-31" in profile
    assert "Le présent contrat engage l’Agence et {{ etablissement.raison_sociale }}." in profile
    assert "auteur: Direction" in profile
    assert "fichier: retour.docx" in profile
    built = cpom(mini_project, "build", "valmont", "--formats", "docx", "--out", "suite")
    assert built.exit_code == 0
    made = next(p for p in (mini_project / "suite").glob("*.docx") if "instruct" not in p.name)
    answer = (mini_project / "reponse.docx").read_bytes()
    assert extract_text(made.read_bytes()) == extract_text(accept_all(answer))
    assert list_revisions(answer) == ()
    told = cpom(mini_project, "explain", "valmont", "objet").stdout
    assert "négociée le" in told


def test_a_refusal_and_an_answer_are_marks_of_ours_over_theirs(
    mini_project: Path, cpom: Cpom, returned: Path
) -> None:
    before = (mini_project / PROFILE).read_bytes()
    text = ask(mini_project, cpom)
    fill(mini_project, text, ("m1", "refusé"), ("m2", "ouvert"))
    result = settle(mini_project, cpom, "--answer", "r.docx", "--json")
    assert result.exit_code == 0
    data = json.loads(result.stdout)["decisions"]
    assert (data["clauses"], data["values"], data["counts"]) == (
        [], [], {"refuse": 1, "ouvert": 1},
    )  # fmt: skip
    revisions = list_revisions((mini_project / "r.docx").read_bytes())
    assert {(r.author, (r.date or "")[:10] == _DATE[:10]) for r in revisions} == {
        ("ARS", False), ("Direction", True),
    }  # fmt: skip
    assert (mini_project / PROFILE).read_bytes() == before


def test_our_own_words_are_proposed_by_the_next_draft(
    mini_project: Path, cpom: Cpom, returned: Path
) -> None:
    text = ask(mini_project, cpom)
    fill(mini_project, text, ("m2", "decision: contre\n    texte: oblige"))
    text = (mini_project / "D.yaml").read_text(encoding="utf-8")
    (mini_project / "D.yaml").write_text(
        text.replace("texte: oblige\n    texte:", "texte: oblige"), encoding="utf-8"
    )
    result = settle(mini_project, cpom)
    assert result.exit_code == 0, result.stderr
    profile = (mini_project / PROFILE).read_text(encoding="utf-8")
    assert "Le présent contrat oblige l’Agence" in profile
    assert "etat: proposee" in profile


def test_a_workbook_says_the_same_and_names_its_cells(
    mini_project: Path, cpom: Cpom, returned: Path
) -> None:
    ask(mini_project, cpom, name="D.xlsx")
    path = mini_project / "D.xlsx"
    found = load_decision_file(path, "D.xlsx", [])
    assert found is not None
    first, second = found.modifications
    assert (second.ancien, second.nouveau, second.suivi) == ("lie", "engage", True)
    for word, code in (("peut-être", 1), ("", 0)):
        lines = (replace(first, decision=word), replace(second, decision="accepté"))
        path.write_bytes(render_decision_file(replace(found, modifications=lines), ".xlsx"))
        result = cpom(mini_project, "readback", "retour.docx", "--decisions", "D.xlsx")
        assert result.exit_code == code
        assert result.stderr.startswith("D.xlsx:2:12: erreur [decision-inconnue]") == bool(code)
    assert "engage l’Agence" in (mini_project / PROFILE).read_text(encoding="utf-8")


MESSAGES = [
    (
        [("decision:", "decision: bof")],
        "decision-inconnue",
        "« bof » n’est pas une décision sur m1.",
    ),
    (
        [("nouveau: engage", "nouveau: autre")],
        "decision-sans-objet",
        "La modification m2 n’est plus dans le fichier revenu, ou ne dit pas cela.",
    ),
    (
        [("  - id: m2", "  - id: m1")],
        "decision-en-double",
        "La modification m1 a déjà une ligne",
    ),
    (
        [("decision:", "decision: contre")],
        "decision-impossible",
        "Cette décision ne convient pas à m1 : une contre-proposition demande son texte.",
    ),
    (
        [("texte:", "texte: Bonjour")],
        "texte-sans-contre-proposition",
        "Un texte est donné pour m1, dont la décision n’est pas « contre ».",
    ),
    (
        [("sha256: ", "sha256: a")],
        "decisions-d-un-autre-fichier",
        "Ces décisions sont celles d’un autre fichier : « retour.docx » n’est pas celui-là",
    ),
    (
        [("contrat: ", "contrat: a")],
        "decisions-d-une-autre-version",
        "Ces décisions portent sur une autre version que celle qui a été envoyée",
    ),
]


@pytest.mark.parametrize(("changes", "code", "message"), MESSAGES, ids=[m[1] for m in MESSAGES])
def test_what_is_wrong_is_told_at_its_line_and_nothing_is_applied(
    mini_project: Path,
    cpom: Cpom,
    returned: Path,
    changes: list[tuple[str, str]],
    code: str,
    message: str,
) -> None:
    text = ask(mini_project, cpom)
    for old, new in changes:
        text = (
            text.replace(old, new, 1)
            if not old.startswith("decision")
            else (
                text.partition("modifications:")[0]
                + "modifications:"
                + text.partition("modifications:")[2].replace(old, new, 1)
            )
        )
    before = (mini_project / PROFILE).read_bytes()
    (mini_project / "D.yaml").write_text(text, encoding="utf-8")
    result = settle(mini_project, cpom, "--answer", "r.docx")
    assert result.exit_code == 1
    assert f"erreur [{code}] {message}" in result.stderr
    assert result.stderr.startswith("D.yaml:")
    assert (mini_project / PROFILE).read_bytes() == before
    assert not (mini_project / "r.docx").exists()


def test_a_change_without_its_line_and_every_other_problem_are_told_at_once(
    mini_project: Path, cpom: Cpom, returned: Path
) -> None:
    text = ask(mini_project, cpom)
    head, _, _ = text.partition("  - id: m2")
    (mini_project / "D.yaml").write_text(
        head.replace("    decision:", "    decision: bof"), encoding="utf-8"
    )
    result = settle(mini_project, cpom)
    assert "[decision-absente] La ligne de la modification m2 manque." in result.stderr
    assert "[decision-inconnue]" in result.stderr


def test_two_copies_that_disagree_cannot_both_be_taken(
    mini_project: Path, cpom: Cpom, sent: Path
) -> None:
    for name, new in (("a.docx", "engage"), ("b.docx", "oblige")):
        edited(sent, name, ("contrat lie", f"contrat {_tracked(name[0], 'lie', new)}"))
    text = ask(mini_project, cpom, "a.docx", "b.docx")
    assert "desaccords:" in text
    assert "nouveau: engage" in text
    assert "nouveau: oblige" in text
    fill(mini_project, text, ("m1", "accepté"), ("m2", "accepté"))
    result = settle(mini_project, cpom, files=("a.docx", "b.docx"))
    assert result.exit_code == 1
    assert "[decisions-contraires] m1 et m2 ne peuvent pas être retenues" in result.stderr
    assert "« engage » et « oblige »" in result.stderr
    fill(mini_project, text, ("m1", "refusé"), ("m2", "accepté"))
    done = settle(mini_project, cpom, "--answer", "rep", files=("a.docx", "b.docx"))
    assert done.exit_code == 0, done.stderr
    assert sorted(path.name for path in (mini_project / "rep").iterdir()) == [
        "réponse-a.docx", "réponse-b.docx",
    ]  # fmt: skip
    assert "oblige l’Agence" in (mini_project / PROFILE).read_text(encoding="utf-8")


def test_what_the_profile_cannot_carry_is_told_with_what_to_do(
    mini_project: Path, cpom: Cpom, sent: Path
) -> None:
    edited(sent, "retour.docx", ("Durée et prise d’effet", "Durée du contrat"))
    text = ask(mini_project, cpom)
    fill(mini_project, text, ("m1", "accepté"))
    result = settle(mini_project, cpom)
    assert result.exit_code == 0
    assert "avertissement [decision-a-reporter] m1 est retenue" in result.stderr


def test_an_answer_needs_decisions_and_replaces_nothing(
    mini_project: Path, cpom: Cpom, returned: Path
) -> None:
    bare = cpom(mini_project, "readback", "retour.docx", "--answer", "r.docx")
    assert (bare.exit_code, "demande aussi" in bare.stderr) == (2, True)
    early = settle(mini_project, cpom, "--answer", "r.docx")
    assert (early.exit_code, "n’existe pas" in early.stderr) == (2, True)
    fill(mini_project, ask(mini_project, cpom))
    (mini_project / "r.docx").write_bytes(b"mine")
    late = settle(mini_project, cpom, "--answer", "r.docx")
    assert (late.exit_code, "n’est jamais remplacé" in late.stderr) == (1, True)
    other = cpom(mini_project, "readback", "retour.docx", "--decisions", "D.txt")
    assert (other.exit_code, ".xlsx" in other.stderr) == (2, True)


def test_a_value_that_the_profile_refuses_is_told_and_nothing_is_applied(
    mini_project: Path, cpom: Cpom, sent: Path
) -> None:
    control = "</w:t></w:r></w:sdtContent>"
    edited(sent, "retour.docx", (f"30\u00a0juin\u00a02030{control}", f"30 juin 2020{control}"))
    fill(mini_project, ask(mini_project, cpom), ("m1", "accepté"))
    before = (mini_project / PROFILE).read_bytes()
    result = settle(mini_project, cpom, "--answer", "r.docx")
    assert result.exit_code == 1
    assert "profiles/valmont.yaml" in result.stderr
    assert (mini_project / PROFILE).read_bytes() == before
    assert not (mini_project / "r.docx").exists()


def test_the_answer_is_a_file_that_word_reads(
    mini_project: Path, cpom: Cpom, returned: Path
) -> None:
    text = ask(mini_project, cpom)
    fill(mini_project, text, ("m1", "ouvert"), ("m2", "refusé"))
    assert settle(mini_project, cpom, "--answer", "r.docx").exit_code == 0
    done = subprocess.run(
        [find_ooxml_validator(), str(mini_project / "r.docx")],
        check=False, capture_output=True, text=True,
    )  # fmt: skip
    assert done.returncode == 0, done.stdout
