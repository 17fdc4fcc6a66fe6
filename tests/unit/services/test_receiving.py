"""Files that came back: which version they are, and what is refused without being opened."""

from collections.abc import Callable
from pathlib import Path

import pytest

from contract_builder.errors import UserError
from contract_builder.services.as_json.exchanges import copies_data
from contract_builder.services.making import BuildOptions, build
from contract_builder.services.project import Project
from contract_builder.services.receiving import describe_copies, read_copies, settle_file
from contract_builder.word.extraction import extract_text
from contract_builder.word.package import read_parts, write_package
from tests.documents import replace_in_part
from tests.mini_project import PROFILE
from tests.other_party import OtherParty


@pytest.fixture
def sent(project: Project) -> Path:
    """The Word file of the mini project, with its JSON beside."""
    built = build(
        project, project.root / PROFILE, project.root / "output", BuildOptions(("docx", "json"))
    )
    return next(path for path in built.published.written if path.suffix == ".docx")


def edited(path: Path, *edits: tuple[str, bool], seed: int = 1, name: str = "retour.docx") -> Path:
    party = OtherParty(path.read_bytes(), seed)
    for kind, tracked in edits:
        assert party.edit(kind, tracked=tracked)
    target = path.parent / name
    target.write_bytes(party.render())
    return target


def without(path: Path, *names: str) -> Path:
    """The file without these parts and the relations to them."""
    parts = read_parts(path.read_bytes())
    kept = {name: data for name, data in parts.items() if name not in names}
    relations = kept["_rels/.rels"].decode()
    for name in names:
        start = relations.index(name)
        first, last = relations.rindex("<Relationship", 0, start), relations.index("/>", start)
        relations = relations[:first] + relations[last + 2 :]
    kept["_rels/.rels"] = relations.encode()
    path.write_bytes(write_package(kept))
    return path


def test_a_file_is_known_by_its_properties_beside_its_contract(
    project: Project, sent: Path
) -> None:
    copies = read_copies(project, [edited(sent, ("words", True))])
    data = copies_data(copies)
    recognised = data["files"][0]["recognised"]
    assert (recognised["by"], recognised["mapped"]) == ("manifeste", 1.0)
    assert [change["tracked"] for change in data["changes"]] == [True]
    assert data["proof"]["rejected_equals_sent"]
    assert "1 modification" in describe_copies(copies).replace("\u00a0", " ")


def test_a_version_that_is_not_known_here_is_refused_by_name(project: Project, sent: Path) -> None:
    sent.with_suffix(".json").unlink()
    with pytest.raises(UserError, match="est inconnue ici") as caught:
        read_copies(project, [sent])
    assert caught.value.remedy is not None
    assert caught.value.remedy.action == "name_sent_version"


def test_the_version_may_be_given(project: Project, sent: Path) -> None:
    path = without(edited(sent, ("words", False)), "docProps/custom.xml")
    against = str(sent.with_suffix(".json"))
    data = copies_data(read_copies(project, [path], against))
    assert data["files"][0]["recognised"]["by"] == "donne"
    assert [change["tracked"] for change in data["changes"]] == [False]


def test_a_file_without_properties_and_unknown_to_the_store_is_refused(
    project: Project, sent: Path
) -> None:
    with pytest.raises(UserError, match="aucun contrat du registre"):
        read_copies(project, [without(sent, "docProps/custom.xml")])


def test_the_same_file_twice_is_refused(project: Project, sent: Path) -> None:
    copy = sent.with_name("copie.docx")
    copy.write_bytes(sent.read_bytes())
    with pytest.raises(UserError, match="sont le même fichier"):
        read_copies(project, [sent, copy])


def test_copies_that_change_one_place_otherwise_are_in_conflict(
    project: Project, sent: Path
) -> None:
    text = next(line for line in extract_text(sent.read_bytes()) if " " in line and len(line) > 40)
    word = max((w for w in text.split() if w.isalpha()), key=len)
    copies = []
    for name, new in (("a.docx", "alpha"), ("b.docx", "beta")):
        path = sent.with_name(name)
        path.write_bytes(replace_in_part(sent.read_bytes(), "word/document.xml", word, new))
        copies.append(path)
    data = copies_data(read_copies(project, copies, str(sent.with_suffix(".json"))))
    assert data["conflicts"]
    told = {change["id"]: change["file"] for change in data["changes"]}
    for conflict in data["conflicts"]:
        assert {told[one] for one in conflict["changes"]} == {"a.docx", "b.docx"}


def test_what_copies_agree_on_is_told_once(project: Project, sent: Path) -> None:
    copies = [edited(sent, ("words", True), name=name) for name in ("a.docx", "b.docx")]
    copies[1].write_bytes(
        replace_in_part(
            copies[1].read_bytes(), "docProps/core.xml", "<dc:language>", "<dc:language>\n"
        )
    )
    data = copies_data(read_copies(project, copies))
    assert [change["file"] for change in data["changes"]] == ["a.docx"]
    assert data["conflicts"] == []


def test_settled_files_have_no_mark_left_and_never_replace_one(
    project: Project, sent: Path
) -> None:
    path = edited(sent, ("words", True), ("paragraph-added", True))
    refused, accepted = sent.with_name("refuse.docx"), sent.with_name("accepte.docx")
    settle_file(path, refused, accepted=False)
    settle_file(path, accepted, accepted=True)
    assert extract_text(refused.read_bytes()) == extract_text(sent.read_bytes())
    assert extract_text(accepted.read_bytes()) != extract_text(sent.read_bytes())
    with pytest.raises(UserError, match="existe déjà"):
        settle_file(path, refused, accepted=True)


def _entities(data: bytes) -> bytes:
    head = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
    bomb = f'{head}<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/hostname">]>'
    return replace_in_part(data, "word/document.xml", head, bomb)


def _inserted(data: bytes) -> bytes:
    kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/aFChunk"
    relation = f'<Relationship Id="rIdX" Type="{kind}" Target="autre.docx"/>'
    end = "</Relationships>"
    return replace_in_part(data, "word/_rels/document.xml.rels", end, relation + end)


def _broken(data: bytes) -> bytes:
    return replace_in_part(data, "word/document.xml", "</w:body>", "")


@pytest.mark.parametrize(
    ("spoil", "message"),
    [
        (lambda _: b"%PDF-1.7\n", "n’est pas un document Word"),
        (lambda _: b"{\\rtf1 texte}", "texte RTF"),
        (lambda _: b"\xd0\xcf\x11\xe0" + bytes(512), "mot de passe"),
        (_entities, "entités XML"),
        (_inserted, "insère un autre fichier"),
        (_broken, "bien formé"),
    ],
    ids=["pdf", "rtf", "protected", "entities", "inserted", "broken"],
)
def test_what_cannot_be_read_safely_is_refused_by_name(
    project: Project, sent: Path, spoil: Callable[[bytes], bytes], message: str
) -> None:
    path = sent.with_name("douteux.docx")
    path.write_bytes(spoil(sent.read_bytes()))
    against = str(sent.with_suffix(".json"))
    with pytest.raises(UserError, match=message) as caught:
        read_copies(project, [path], against)
    assert "douteux.docx" in str(caught.value)


def test_what_a_file_would_fetch_is_told_and_not_fetched(project: Project, sent: Path) -> None:
    kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/image"
    relation = (
        f'<Relationship Id="rIdX" Type="{kind}" TargetMode="External" '
        'Target="http://exemple.invalid/image.png"/>'
    )
    end = "</Relationships>"
    path = sent.with_name("lien.docx")
    data = replace_in_part(sent.read_bytes(), "word/_rels/document.xml.rels", end, relation + end)
    path.write_bytes(data)
    copies = read_copies(project, [path])
    assert any("exécuté ni ouvert" in remark for remark in copies.remarks)
