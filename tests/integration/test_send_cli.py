"""``cpom send`` as typed: what it prints, what it writes, what it refuses."""

import json
from collections.abc import Callable
from pathlib import Path

from tests.mini_project import PROFILE, CommandResult, change_file

Cpom = Callable[..., CommandResult]


def test_the_paths_alone_are_printed_and_the_rest_is_told_beside(
    mini_project: Path, cpom: Cpom
) -> None:
    result = cpom(mini_project, "send", "valmont", "--to", "Direction générale")
    assert result.exit_code == 0, result.stderr
    paths = [Path(line) for line in result.stdout.splitlines()]
    assert {path.parent for path in paths} == {mini_project / "output" / "envois" / "990000010@1"}
    assert [path.suffix for path in paths] == [".docx", ".pdf", ".json", ".html"]
    assert all(path.is_file() for path in paths)
    assert "envoi n°\xa01 préparé, à Direction générale. Statut « envoyé »." in result.stderr
    assert "portent le statut « projet »" in result.stderr


def test_sending_again_says_so_and_show_lists_both(mini_project: Path, cpom: Cpom) -> None:
    assert cpom(mini_project, "send", "valmont", "--to", "Département").exit_code == 0
    again = cpom(mini_project, "send", "990000010@1", "--out", "ailleurs", "--json")
    assert "cette version a déjà été envoyée une fois" in again.stderr
    data = json.loads(again.stdout)
    assert (data["version"], data["envoi"]["numero"]) == ("990000010@1", 2)
    assert all((mini_project / path).is_file() for path in data["chemins"])
    shown = cpom(mini_project, "show", "990000010@1").stdout
    sent = shown.partition("envois :\n")[2].splitlines()
    assert [line.strip().startswith("envoi n°") for line in sent] == [True, True]
    assert ", à Département, par " in sent[0]


def test_a_trial_writes_nothing_and_records_nothing(mini_project: Path, cpom: Cpom) -> None:
    result = cpom(mini_project, "send", "valmont", "--dry-run")
    assert result.exit_code == 0
    assert len(result.stdout.splitlines()) == 2
    assert not (mini_project / "output").exists()
    assert cpom(mini_project, "send", "valmont", "--dry-run", "--json").exit_code == 2


def test_the_avenant_alone_is_sent_when_it_is_asked_for(mini_project: Path, cpom: Cpom) -> None:
    assert cpom(mini_project, "build", "valmont", "--record", "--formats", "json").exit_code == 0
    assert cpom(mini_project, "store", "status", "990000010@1", "signe").exit_code == 0
    profile = mini_project / PROFILE
    change_file(profile, "Centre hospitalier de", "Hôpital de")
    with profile.open("a", encoding="utf-8") as stream:
        stream.write("motifs_avenant:\n")
        for called in ("parties", "visas", "considérants", *map(str, range(1, 40)), "A0", "A1"):
            stream.write(f"  {called}: l’établissement a changé de nom\n")
    built = cpom(mini_project, "build", "valmont", "--formats", "json").stdout.split("\n")[0]
    amended = cpom(mini_project, "amend", "990000010@1", built, "--record", "--formats", "json")
    assert amended.exit_code == 0, amended.stderr
    sent = cpom(mini_project, "send", "990000010@2", "--amendment")
    assert sent.exit_code == 0, sent.stderr
    assert "avenant n°\xa01 seul, envoi n°\xa01 préparé. Statut « envoyé »." in sent.stderr
    assert all("-avenant-1-" in line for line in sent.stdout.splitlines())
    shown = cpom(mini_project, "show", "990000010@2").stdout
    assert "avenant n°\xa01 seul, par " in shown
    assert cpom(mini_project, "send", "valmont", "--amendment").exit_code == 2
    other = cpom(mini_project, "send", "990000010@1", "--amendment")
    assert other.exit_code == 1
    assert "seul le contrat peut être envoyé" in other.stderr


def test_what_cannot_be_sent_is_told_without_a_trace(mini_project: Path, cpom: Cpom) -> None:
    unknown = cpom(mini_project, "send", "990000010@4")
    assert unknown.exit_code == 1
    assert cpom(mini_project, "send", "inconnu").exit_code == 2
    (mini_project / "occupe").write_text("un fichier", encoding="utf-8")
    refused = cpom(mini_project, "send", "valmont", "--out", "occupe")
    assert refused.exit_code == 1
    assert "occupe" in refused.stderr
    for result in (unknown, refused):
        assert "Traceback" not in result.stderr
