"""YAML text → nodes: every value as written, every place exact, nothing that could harm."""

import pytest

from contract_builder.diagnostics import Problems
from contract_builder.reading.yaml_nodes import MappingNode, Node, Scalar, Sequence, parse_yaml
from contract_builder.source import SourceFile


def parse(text: str) -> tuple[Node | None, Problems]:
    problems: Problems = []
    return parse_yaml(SourceFile.of_text("f.yaml", text), problems), problems


def value_of(node: Node | None, key: str) -> Node:
    assert isinstance(node, MappingNode)
    return node.entries[key].value


@pytest.mark.parametrize(
    "text",
    [
        "010000032",
        "NO",
        "NON",
        "35:00",
        "310E78140",
        "2025-07-01",
        "1_000",
        "0x1F",
        ".5",
        "+3",
        "y",
    ],
)
def test_a_scalar_stays_the_text_that_was_written(text: str) -> None:
    node, problems = parse(f"clé: {text}")
    value = value_of(node, "clé")
    assert isinstance(value, Scalar)
    assert value.text == text
    assert problems == []


@pytest.mark.parametrize("blank", ["", "~", "null", " # rien"])
def test_a_key_left_blank_has_an_empty_text(blank: str) -> None:
    value = value_of(parse(f"clé: {blank}\nautre: x")[0], "clé")
    assert isinstance(value, Scalar)
    assert value.text == ""


def test_a_quoted_null_word_is_a_text() -> None:
    value = value_of(parse('clé: "null"')[0], "clé")
    assert isinstance(value, Scalar)
    assert value.text == "null"


def test_every_key_and_value_knows_its_line_column_and_length() -> None:
    text = "été:\n  - {clé: valeur}\n  - [a, bcd]\n"
    node, _ = parse(text)
    assert isinstance(node, MappingNode)
    entry = node.entries["été"]
    assert (entry.key_place.line, entry.key_place.column, entry.key_place.length) == (1, 1, 3)
    assert isinstance(entry.value, Sequence)
    inner = value_of(entry.value.items[0], "clé")
    assert (inner.place.line, inner.place.column, inner.place.length) == (2, 11, 6)
    assert isinstance(entry.value.items[1], Sequence)
    last = entry.value.items[1].items[1]
    assert (last.place.line, last.place.column, last.place.length) == (3, 9, 3)
    assert str(last.place) == "f.yaml:3:9"
    assert last.place.excerpt == "  - [a, bcd]"


def test_columns_count_characters_even_beyond_the_basic_plane() -> None:
    node, _ = parse("a: {b: 😀😀, c: x}")
    assert value_of(value_of(node, "a"), "c").place.column == 15


def test_front_matter_places_count_from_the_line_where_it_starts() -> None:
    source = SourceFile.of_text("f.md", "---\nid: x\n---\ntexte")
    node = parse_yaml(source, [], text="id: x", first_line=2)
    place = value_of(node, "id").place
    assert (place.line, place.excerpt) == (2, "id: x")


def test_an_empty_text_is_an_empty_group() -> None:
    node, problems = parse("# seulement un commentaire\n")
    assert isinstance(node, MappingNode)
    assert (dict(node.entries), problems) == ({}, [])


def test_the_first_of_two_equal_keys_is_kept_and_the_second_refused() -> None:
    node, problems = parse("a: 1\nb: 2\na: 3\n")
    value = value_of(node, "a")
    assert isinstance(value, Scalar)
    assert value.text == "1"
    assert [(p.code, p.place.line) for p in problems] == [("cle-en-double", 3)]


def test_a_merge_key_is_an_ordinary_word() -> None:
    node, problems = parse("<<: {a: 1}\n")
    assert isinstance(node, MappingNode)
    assert list(node.entries) == ["<<"]
    assert problems == []


def test_aliases_are_refused_before_they_can_grow() -> None:
    bomb = "a0: &a0 [x, x, x, x, x, x, x, x, x]\n" + "".join(
        f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]\n" for n in range(1, 30)
    )
    node, problems = parse(bomb)
    assert isinstance(node, MappingNode)
    assert {p.code for p in problems} == {"alias-refuse"}
    assert len(problems) < 30 * 9 + 1


@pytest.mark.parametrize("text", ["a: *rien", "a: *gras*", "a: & b", "a: &x 1\nb: &x 2\nc: *x"])
def test_whatever_looks_like_an_alias_is_told_as_one(text: str) -> None:
    assert {p.code for p in parse(text)[1]} == {"alias-refuse"}


@pytest.mark.parametrize(
    "text",
    [
        "a: " + "[" * 50 + "]" * 50,
        "\n".join("  " * level + "a:" for level in range(60)),
        "- " * 60 + "x",
    ],
)
def test_too_many_levels_are_refused(text: str) -> None:
    assert [p.code for p in parse(text)[1]] == ["yaml-trop-profond"]


@pytest.mark.parametrize("count", [2_000, 300_000])
@pytest.mark.parametrize("pattern", ["[", "{a: ", "- ", "? "])
def test_a_nesting_bomb_does_not_end_the_process(pattern: str, count: int) -> None:
    node, problems = parse(pattern * count)
    assert node is None
    assert [p.code for p in problems] == ["yaml-trop-profond"]


def test_a_bomb_by_indentation_does_not_end_the_process() -> None:
    node, problems = parse("\n".join(" " * level + "-" for level in range(3_000)))
    assert node is None
    assert [p.code for p in problems] == ["yaml-trop-profond"]


def test_a_long_flat_file_is_no_bomb() -> None:
    node, problems = parse("".join(f"cle{n}: [a, {{b: [c]}}]\n" for n in range(2_000)))
    assert isinstance(node, MappingNode)
    assert (len(node.entries), problems) == (2_000, [])


def test_a_long_file_with_a_syntax_error_is_told_where() -> None:
    text = "".join(f"cle{n}: [a, b]\n" for n in range(2_000)) + "fin: [a\n"
    assert [(p.code, p.place.line) for p in parse(text)[1]] == [("yaml-invalide", 2_001)]


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("a:\n\t- 1", "tabulation"),
        ("a: x: y", "« : »"),
        ("a: 'x", "guillemet"),
        ("a: [1, 2", "« ] »"),
        ("a: {b: 1", "« } »"),
        ("a: 1\n---\nb: 2", "document"),
        ("a: @x", "guillemets"),
        ('a: "\\q"', "barre oblique"),
        ("- a\nb: 1", "tiret"),
        ("a: - b", "tiret"),
        ("a:\n   b: 1\n  c: 2", "clé"),
    ],
)
def test_a_syntax_error_is_said_in_french(text: str, word: str) -> None:
    node, problems = parse(text)
    assert node is None
    assert [p.code for p in problems] == ["yaml-invalide"]
    assert word in problems[0].message


def test_a_quote_left_open_is_told_where_it_opens() -> None:
    problem = parse("a: 1\nb: 'x\nc: 2\n")[1][0]
    assert (problem.place.line, problem.place.column) == (2, 4)


@pytest.mark.parametrize(("escape", "name"), [("\\0", "U+0000"), ("\\L", "U+2028")])
def test_a_forbidden_character_made_by_an_escape_becomes_a_space(escape: str, name: str) -> None:
    node, problems = parse(f'a: "x{escape}y"')
    value = value_of(node, "a")
    assert isinstance(value, Scalar)
    assert value.text == "x y"
    assert [p.code for p in problems] == ["caractere-interdit"]
    assert name in problems[0].message


def test_a_raw_control_character_is_found_at_its_character_not_its_byte() -> None:
    node, problems = parse("été: éé\x07c")
    assert node is None
    assert [(p.code, p.place.column) for p in problems] == [("caractere-interdit", 8)]


def test_a_tag_that_would_run_code_is_refused() -> None:
    node, problems = parse('a: !!python/object/apply:os.system ["echo"]')
    value = value_of(node, "a")
    assert isinstance(value, Scalar)
    assert value.text == ""
    assert [p.code for p in problems] == ["etiquette-refusee"]


@pytest.mark.parametrize(
    ("text", "place", "quoted"),
    [
        ("nom: Dialyse #2 (fictive)", (1, 14), '"Dialyse #2 (fictive)"'),
        ("a: b\nnom: Dialyse\t#2\nc: d", (2, 14), '"Dialyse\\t#2"'),
        ("nom: #2 au choix", (1, 6), '"#2 au choix"'),
        ("- l’unité #3", (1, 11), '"l’unité #3"'),
        ('nom: "Dialyse"#2', (1, 15), '"Dialyse#2"'),
        ("{nom: Site #2\n, b: c}", (1, 12), '"Site #2"'),
        ("a: {nom: Site #2}", (1, 15), '"Site #2"'),
        ("a: un\n  deux #2", (2, 8), '"un deux #2"'),
    ],
)
def test_a_text_that_a_comment_mark_cuts_is_told_with_its_quoted_form(
    text: str, place: tuple[int, int], quoted: str
) -> None:
    _, problems = parse(text)
    told = problems[0]
    assert (told.code, told.severity) == ("diese-colle", "avertissement")
    assert (told.place.line, told.place.column) == place
    assert quoted in told.hint


@pytest.mark.parametrize(
    "text",
    [
        "# remarque\n#sans espace\nnom: a  # remarque",
        "  #clef: valeur\nnom: a",
        'nom: "a #2"',
        "nom: 'a #2 '",
        "nom: C#2",
        "nom: |\n  a #2\n  #b",
        "nom: >\n  a #2",
        'nom: "a\n  b #2"',
        "nom: a  ## titre",
        "nom: a  # voir #2",
        "nom: a #",
    ],
)
def test_a_remark_and_a_quoted_mark_are_not_told(text: str) -> None:
    assert parse(text)[1] == []


@pytest.mark.parametrize(
    ("text", "code", "column"),
    [
        ("nom: &a Texte", "alias-refuse", 6),
        ("- &ancre", "alias-refuse", 3),
        ("[&a x]", "alias-refuse", 2),
        ("nom: !!str 12", "etiquette-refusee", 6),
        ("nom: ! Texte", "etiquette-refusee", 6),
        ("!!map {a: b}", "etiquette-refusee", 1),
        ("cible: >2\nb: c", "bloc-de-texte", 8),
        ("cible: |-3\nb: c", "bloc-de-texte", 8),
    ],
)
def test_what_yaml_would_drop_from_a_value_is_refused(text: str, code: str, column: int) -> None:
    _, problems = parse(text)
    assert [(p.code, p.place.column) for p in problems] == [(code, column)]


@pytest.mark.parametrize("text", ["nom: R&D", "nom: A & B", "nom: Oui !", "nom: «!»", "nom: a >2"])
def test_signs_inside_a_text_stay(text: str) -> None:
    node, problems = parse(text)
    assert problems == []
    assert isinstance(node, MappingNode)
    value = node.entries["nom"].value
    assert isinstance(value, Scalar)
    assert value.text == text.removeprefix("nom: ")


@pytest.mark.parametrize(
    ("text", "column", "hint"),
    [
        ("a: {2026: 12500,50}", 17, "« 2026: 12500.50 »"),
        ("a: {2026: 12 500,50, 2027: 3}", 18, "« 2026: 12500.50 »"),
        ("a: {voie: 12, rue des Lilas, commune: X}", 15, '« voie: "12, rue des Lilas" »'),
        ("a: {lits:3}", 5, "« lits: 3 »"),
        ("a: {urgences}", 5, "« urgences: … »"),
    ],
)
def test_a_comma_between_braces_is_explained(text: str, column: int, hint: str) -> None:
    _, problems = parse(text)
    assert [(p.code, p.place.column) for p in problems] == [("virgule-entre-accolades", column)]
    assert hint in problems[0].hint


def test_a_blank_key_between_braces_is_no_fault() -> None:
    assert parse("a: {b: , d: 1}")[1] == []


@pytest.mark.parametrize(
    "content",
    ["a: " + "x" * 2_000_000, "a: b # " + "x" * 2_000_000, "a: " + "b # " * 200_000],
    ids=["long text", "long comment", "many signs"],
)
def test_a_long_line_is_looked_at_once(content: str) -> None:
    """The square of two million steps would not end while somebody waits."""
    assert parse_yaml(SourceFile.of_text("a.yaml", content), []) is not None
