"""Files as they are read: encodings, line ends, front matter."""

from pathlib import Path

import pytest

from contract_builder.diagnostics import Problems
from contract_builder.reading.files import load_front_matter, load_text, load_yaml
from contract_builder.reading.yaml_nodes import MappingNode, Scalar


def write(folder: Path, data: bytes, name: str = "f.md") -> Path:
    path = folder / name
    path.write_bytes(data)
    return path


@pytest.mark.parametrize(
    "data", [b"a\nb\n", b"a\r\nb\r\n", b"a\rb\r", b"\xef\xbb\xbfa\nb\n"], ids=repr
)
def test_line_ends_and_byte_order_mark_make_no_difference(tmp_path: Path, data: bytes) -> None:
    problems: Problems = []
    source = load_text(write(tmp_path, data), "f.md", problems)
    assert source is not None
    assert (source.lines, problems) == (("a", "b", ""), [])


@pytest.mark.parametrize(
    ("data", "line", "column"),
    [
        ("é\nàé".encode("cp1252"), 1, 1),
        ("abc\r\ndéf".encode("cp1252"), 2, 2),
        (b"\xef\xbb\xbfabc\nd\xe9f", 2, 2),
        ("été".encode() + b"\xe9", 1, 6),
        ("abc".encode("utf-16"), 1, 1),
    ],
)
def test_a_file_that_is_not_utf8_is_told_at_its_first_wrong_byte(
    tmp_path: Path, data: bytes, line: int, column: int
) -> None:
    problems: Problems = []
    assert load_text(write(tmp_path, data), "f.md", problems) is None
    assert [(p.code, p.place.line, p.place.column) for p in problems] == [
        ("encodage", line, column)
    ]
    assert "\r" not in problems[0].place.excerpt
    assert "\x00" not in problems[0].place.excerpt


@pytest.mark.parametrize(
    ("data", "kind"),
    [
        (b"%PDF-1.7\nplain", "un PDF"),
        (b"PK\x03\x04\x14", "un fichier Word, Excel, LibreOffice ou ZIP"),
        (b"\xd0\xcf\x11\xe0\xa1", "un ancien fichier Word ou Excel"),
        (b"{\\rtf1 texte}", "un texte mis en forme (RTF)"),
        (b"\x89PNG\r\n", "une image"),
    ],
)
def test_another_kind_of_file_is_named(tmp_path: Path, data: bytes, kind: str) -> None:
    problems: Problems = []
    assert load_text(write(tmp_path, data), "f.md", problems) is None
    assert [(p.code, p.place.excerpt) for p in problems] == [("pas-un-texte", "")]
    assert f"Ce fichier est {kind}," in problems[0].message


@pytest.mark.parametrize(
    "character",
    ["\x00", "\x0b", "\x1f", "\x7f", "\x85", "\u2028", "\u2029", "\ue000", "\ufeff", "\uffff"],
)
def test_a_forbidden_character_is_told_and_becomes_a_space(tmp_path: Path, character: str) -> None:
    problems: Problems = []
    path = write(tmp_path, f"un\ndé{character}but\nfin".encode())
    source = load_text(path, "f.md", problems)
    assert source is not None
    assert source.lines == ("un", "dé but", "fin")
    assert [(p.code, p.place.line, p.place.column) for p in problems] == [
        ("caractere-interdit", 2, 3)
    ]
    assert f"U+{ord(character):04X}" in problems[0].message


@pytest.mark.parametrize("character", ["\t", "\u00a0", "\u202f", "\u00ad", "\u200b", "œ", "😀"])
def test_characters_that_a_text_may_hold_are_kept(tmp_path: Path, character: str) -> None:
    problems: Problems = []
    source = load_text(write(tmp_path, f"a{character}b".encode()), "f.md", problems)
    assert source is not None
    assert (source.lines, problems) == ((f"a{character}b",), [])


def test_a_missing_file_is_told_in_french(tmp_path: Path) -> None:
    problems: Problems = []
    assert load_yaml(tmp_path / "absent.yaml", "absent.yaml", problems) is None
    assert [p.code for p in problems] == ["fichier-illisible"]
    assert "ce chemin n’existe pas" in problems[0].message
    assert str(problems[0].place) == "absent.yaml:1:1"


def test_front_matter_and_body_know_their_lines(tmp_path: Path) -> None:
    problems: Problems = []
    path = write(tmp_path, b"---\nid: x\n\n---\n\nTexte\n")
    file = load_front_matter(path, "f.md", problems)
    assert file is not None
    assert problems == []
    assert isinstance(file.header, MappingNode)
    value = file.header.entries["id"].value
    assert isinstance(value, Scalar)
    assert (value.text, value.place.line) == ("x", 2)
    assert (file.body, file.body_line) == ("\nTexte\n", 5)
    assert file.source.lines[file.body_line] == "Texte"


def test_a_line_of_dashes_in_the_body_does_not_end_the_front_matter_again(tmp_path: Path) -> None:
    file = load_front_matter(write(tmp_path, b"---\nid: x\n---\na\n\n---\nb"), "f.md", [])
    assert file is not None
    assert file.body == "a\n\n---\nb"


@pytest.mark.parametrize("data", [b"", b"id: x\n", b"\n---\nid: x\n---\n", b"---\nid: x\n"])
def test_a_file_without_a_whole_front_matter_is_refused(tmp_path: Path, data: bytes) -> None:
    problems: Problems = []
    assert load_front_matter(write(tmp_path, data), "f.md", problems) is None
    assert [p.code for p in problems] == ["entete-manquant"]


def test_a_wrong_front_matter_leaves_the_file_out(tmp_path: Path) -> None:
    problems: Problems = []
    path = write(tmp_path, b"---\na: 'x\n---\nTexte")
    assert load_front_matter(path, "f.md", problems) is None
    assert [(p.code, p.place.line) for p in problems] == [("yaml-invalide", 2)]
