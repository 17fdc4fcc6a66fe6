"""Whatever changes in the tree of a file, the patched file says it; other comments stay."""

from hypothesis import given
from hypothesis import strategies as st

from contract_builder.reading.tree import Tree, tree_of_node
from contract_builder.reading.yaml_nodes import parse_yaml
from contract_builder.reading.yaml_patch import patch_yaml
from contract_builder.reading.yaml_text import render_yaml
from contract_builder.source import SourceFile

TEXTS = st.text(
    st.characters(codec="utf-8", exclude_categories=("Cc", "Cs")) | st.sampled_from(" :#,[]{}-'\n"),
    max_size=12,
).filter(lambda text: "\ufeff" not in text)
KEYS = st.sampled_from(["nom", "sites", "fiches", "code", "finess_et", "annee", "cible", "é à"])
TREES = st.recursive(
    TEXTS,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(KEYS, inner, max_size=5),
    max_leaves=20,
)
FILES = st.dictionaries(KEYS, TREES, min_size=1, max_size=5)


def tree_of(text: str) -> Tree | None:
    """The tree of a text; None when it cannot be read."""
    node = parse_yaml(SourceFile.of_text("essai.yaml", text), problems := [])
    return None if node is None or problems else tree_of_node(node)


@given(FILES, FILES)
def test_a_patched_file_says_what_is_wanted(old, new):
    text = render_yaml(old)
    assert tree_of(patch_yaml(text, new)) == new


@given(FILES, st.data())
def test_a_change_of_one_key_touches_no_line_of_the_others(old, data):
    key = data.draw(st.sampled_from(sorted(old)))
    wanted = {**old, key: data.draw(TREES)}
    text = "".join(f"# {name}\n{render_yaml({name: old[name]})}" for name in old)
    patched = patch_yaml(text, wanted)
    assert tree_of(patched) == wanted
    for name in old:
        if name != key:
            assert f"# {name}\n{render_yaml({name: old[name]})}" in patched
