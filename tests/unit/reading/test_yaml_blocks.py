"""A file read block by block says what it says when read at once, and spares what is known."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from contract_builder.reading.tree import group_of_node
from contract_builder.reading.yaml_blocks import ReadBlocks, read_blocks
from contract_builder.reading.yaml_nodes import MappingNode, parse_yaml
from contract_builder.source import SourceFile

PROFILES = sorted(Path("profiles").glob("*.yaml"))


def read_at_once(text: str) -> dict[str, object] | None:
    problems: list[object] = []
    node = parse_yaml(SourceFile.of_text("profil", text), problems)
    return group_of_node(node) if isinstance(node, MappingNode) and not problems else None


@pytest.mark.parametrize("path", PROFILES, ids=lambda path: path.stem)
def test_a_profile_says_the_same_by_blocks(path):
    text = path.read_text("utf-8")
    assert read_blocks(text, ReadBlocks()).merge() == read_at_once(text)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "# rien\n",
        'a: "un\nb: deux"\nc: 3\n',
        "a: {x: 1,\nb: 2}\n",
        "a:\n- nom: x\n  liste:\n  - y\n  - z\n- nom: t\n",
        "a:\n  noms:\n  - x\n  - y\nb:\n- z\n",
        "a: |\n  - un\n  - deux\nb: >\n  - trois\n",
        'a:\n  - "un\n  - deux"\n  - trois\n',
        "a:\n  - [un,\n  - deux]\n",
        "a:\n\n  # note\n  - un # fin\n  # note\n  - deux\nb:\n",
        "a:\n  - texte: |\n      - un\n\n  - deux\n",
        "a: un\r\nb:\r\n  - deux\r\n",
        "  a: 1\n  b: 2\n",
        "a:\n   - un\n   - deux",
        "é: 1\nb: 2\n",
    ],
)
def test_a_text_that_could_be_cut_wrongly_says_the_same(text):
    read = read_blocks(text, ReadBlocks())
    whole = read_at_once(text)
    assert (None if read is None else read.merge()) == whole


@pytest.mark.parametrize(
    "text", ["a: 1\na: 2\n", "a: [1\nb: 2\n", "- un\n", "a: *b\n", "a: 1\nb\n"]
)
def test_a_text_that_cannot_be_read_says_nothing(text):
    assert read_blocks(text, ReadBlocks()) is None


PARTS = ("a: ", "b:", "- ", "  - ", "x", '"', "'", "[", "{", "|", "#", "\n", "\n  ", "c: 1\n")


@given(st.lists(st.sampled_from(PARTS), max_size=14))
def test_any_text_says_the_same_by_blocks(parts):
    text = "".join(parts)
    read = read_blocks(text, ReadBlocks())
    whole = read_at_once(text)
    if whole is not None:
        assert read is not None
        assert read.merge() == whole


def test_blocks_that_stay_are_the_very_same():
    first = read_blocks("a:\n  x: 1\nb:\n  - y: 2\n  - z: 3\n", ReadBlocks())
    second = read_blocks("a:\n  x: 1\nb:\n  - y: 2\n  - z: 4\n", first)
    assert second.merge() == {"a": {"x": "1"}, "b": [{"y": "2"}, {"z": "4"}]}
    assert second.merge()["a"] is first.merge()["a"]
    assert second.merge()["b"][0] is first.merge()["b"][0]
