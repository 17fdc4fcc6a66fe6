"""What the tool writes as YAML is read back as it was, whatever the text."""

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from contract_builder.diagnostics import Problems
from contract_builder.reading.characters import FORBIDDEN
from contract_builder.reading.tree import Tree, group_of_node, iter_leaves
from contract_builder.reading.yaml_nodes import parse_yaml
from contract_builder.reading.yaml_quoting import quote
from contract_builder.reading.yaml_text import render_yaml
from contract_builder.registries.layer import ImportLayer, Origin, parse_layer, render_layer
from contract_builder.source import SourceFile
from tests.contract_samples import HOSTILE

TEXTS = st.one_of(
    st.text(min_size=1, max_size=30).filter(lambda text: not FORBIDDEN.search(text)),
    st.sampled_from(
        ["null", "~", "oui", "NON", "010000032", "35:00", "1e3", "-", "- a", "#x", "a: b"]
    ),
)
KEYS = st.text("abcdefghij_", min_size=1, max_size=8)
TREES = st.recursive(
    TEXTS,
    lambda inner: (
        st.lists(inner, min_size=1, max_size=3)
        | st.dictionaries(KEYS, inner, min_size=1, max_size=3)
    ),
    max_leaves=12,
)


def read(text: str) -> dict[str, Tree]:
    problems: Problems = []
    tree = group_of_node(parse_yaml(SourceFile.of_text("x.yaml", text), problems))
    assert problems == [], text
    return tree


@given(st.dictionaries(KEYS, TREES, min_size=1, max_size=4))
def test_any_tree_is_read_back_as_written(tree: dict[str, Tree]) -> None:
    assert read(render_yaml(tree)) == tree


def test_hostile_text_is_read_back_as_written() -> None:
    assert read(render_yaml({"nom": HOSTILE})) == {"nom": HOSTILE}


def test_plain_words_need_no_quotation_marks() -> None:
    assert quote("CENTRE HOSPITALIER D'ÉTÉ (FICTIF)") == "CENTRE HOSPITALIER D'ÉTÉ (FICTIF)"
    assert quote("2025-07-01") == "2025-07-01"
    assert quote("-1000.50") == "-1000.50"


def test_identifiers_are_quoted_for_readers_that_guess() -> None:
    assert quote("010000032") == '"010000032"'
    assert quote("990000119") == '"990000119"'
    assert quote("02") == '"02"'
    assert quote("non") == "non"
    assert quote("NO") == '"NO"'


def test_short_groups_stand_on_one_line() -> None:
    tree: dict[str, Tree] = {
        "capacites": [{"annee": "2024", "medecine": {"lits": "1", "places": "0"}}]
    }
    assert render_yaml(tree) == ("capacites:\n  - {annee: 2024, medecine: {lits: 1, places: 0}}\n")


def test_a_layer_is_read_back_with_its_origins() -> None:
    layer = ImportLayer(
        {"sites": [{"finess_et": "990000127", "nom": "UN"}]},
        {
            "sites[990000127]": Origin(
                (("a.xml", (3, 40)), ("c.csv", (7,))),
                date(2026, 1, 15),
                "à voir",
            )
        },
    )
    text = render_layer(layer, "990000119")
    assert parse_layer(read(text)) == layer
    assert render_layer(parse_layer(read(text)), "990000119") == text


def test_the_nearest_path_tells_the_origin() -> None:
    whole, one = Origin((("a.xml", (1,)),)), Origin((("b.xml", (2,)),))
    layer = ImportLayer({}, {"etablissement": whole, "etablissement.statut": one, "sites[1]": one})
    assert layer.origin_of("etablissement.statut") == one
    assert layer.origin_of("etablissement.adresse.voie") == whole
    assert layer.origin_of("sites[1].nom") == one
    assert layer.origin_of("sites[2].nom") is None


def test_lines_are_named_by_their_key_in_paths() -> None:
    tree: dict[str, Tree] = {
        "autorisations": [
            {"numero_arhgos": "1", "statut": "02"},
            {"activite": "QA001", "modalite": "MO000", "finess_et": "990000127", "statut": "01"},
        ]
    }
    assert [path for path, _ in iter_leaves(tree)] == [
        "autorisations[1].numero_arhgos",
        "autorisations[1].statut",
        "autorisations[QA001/MO000/990000127].activite",
        "autorisations[QA001/MO000/990000127].modalite",
        "autorisations[QA001/MO000/990000127].finess_et",
        "autorisations[QA001/MO000/990000127].statut",
    ]
