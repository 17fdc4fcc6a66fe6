"""A condition in a form: what was sent is what is shown, lines are added and taken away."""

from collections.abc import Mapping

from contract_builder.services.restricting import FactGroup, FactLine
from contract_builder.web.forms.condition_fields import (
    GroupControls,
    LineControls,
    change_condition,
    list_fact_groups,
    parse_condition_fields,
    show_condition,
)

STATUS = (("public", "Public"), ("espic", "ESPIC"))
CODES = tuple((f"QA{rank:03}", f"activité {rank}") for rank in range(20))
GROUP = FactGroup(
    "tous",
    (
        FactLine("statut", "parmi", ("public",)),
        FactGroup("aucun", (FactLine("lits", "moins_de", ("100",)),)),
    ),
)


class Sent:
    """A form that was sent."""

    def __init__(self, values: Mapping[str, list[str]]) -> None:
        self._values = values

    def get(self, name: str) -> str | None:
        """The last value."""
        values = self._values.get(name)
        return values[-1] if values else None

    def getlist(self, name: str) -> list[str]:
        """Every value."""
        return self._values.get(name, [])


def _sent(**changed: list[str]) -> Sent:
    values = {
        "si.genre": ["tous"],
        "si.0.fait": ["statut"],
        "si.0.valeur": ["public"],
        "si.1.genre": ["aucun"],
        "si.1.0.fait": ["lits"],
        "si.1.0.comparaison": ["moins_de"],
        "si.1.0.valeur": ["100"],
    }
    return Sent({**values, **{name.replace("__", "."): value for name, value in changed.items()}})


def test_what_was_sent_tells_its_own_shape() -> None:
    assert parse_condition_fields(_sent()) == GROUP
    assert parse_condition_fields(Sent({})) is None


def test_words_are_ticked_added_and_typed() -> None:
    sent = _sent(si__0__valeur=["public", "espic"], si__0__plus=["prive_lucratif"])
    group = parse_condition_fields(sent)
    assert group is not None
    assert group.items[0] == FactLine("statut", "parmi", ("public", "espic", "prive_lucratif"))
    free = _sent(si__0__fait=["departement"], si__0__valeur=[], si__0__mots=["72,  53 , "])
    group = parse_condition_fields(free)
    assert group is not None
    assert group.items[0] == FactLine("departement", "parmi", ("72", "53"))


def test_forged_names_give_no_more_than_the_form_has() -> None:
    deep = {f"si{'.0' * depth}.genre": ["tous"] for depth in range(40)}
    group = parse_condition_fields(Sent({**deep, "si.0.fait": ["__class__"]}))
    assert group is not None
    depth = 0
    while group.items:
        inner = group.items[0]
        assert isinstance(inner, FactGroup)
        group, depth = inner, depth + 1
    assert depth == 4
    wide = {f"si.{rank}.fait": ["had"] for rank in range(1000)}
    group = parse_condition_fields(Sent({"si.genre": ["x"], **wide}))
    assert group is not None
    assert (group.kind, len(group.items)) == ("tous", 60)
    assert parse_condition_fields(_sent(si__1__0__comparaison=["1 or 1"])) is not None


def test_lines_and_groups_are_added_at_the_end_and_taken_away() -> None:
    added = change_condition(GROUP, "ajouter", "1", "date_effet")
    assert added.items[1] == FactGroup(
        "aucun", (FactLine("lits", "moins_de", ("100",)), FactLine("date_effet", "au_moins"))
    )
    assert change_condition(GROUP, "ajouter", "", "au_moins_un").items[2] == FactGroup(
        "au_moins_un"
    )
    assert change_condition(GROUP, "retirer", "1.0").items[1] == FactGroup("aucun")
    assert len(change_condition(GROUP, "retirer", "1").items) == 1
    for path, added_word in (("", ""), ("7", "had"), ("0", "had")):
        assert change_condition(GROUP, "ajouter", path, added_word) == GROUP
    for path in ("9", "9" * 5000, "1.²", ".."):
        assert change_condition(GROUP, "retirer", path) == GROUP


def test_short_lists_are_boxes_and_long_ones_add_one_word_at_a_time() -> None:
    group = FactGroup("tous", (*GROUP.items, FactLine("activites", "contient", ("QA003",))))
    shown = show_condition(group, {"statut": STATUS, "activites": CODES}, {"1.0": "Trop."})
    status, inner, codes = shown.items
    assert isinstance(status, LineControls)
    assert status.boxes == (("public", "Public", True), ("espic", "ESPIC", False))
    assert status.more == ()
    assert isinstance(codes, LineControls)
    assert codes.boxes == (("QA003", "activité 3", True),)
    assert len(codes.more) == 19
    assert isinstance(inner, GroupControls)
    line = inner.items[0]
    assert isinstance(line, LineControls)
    assert (line.name, line.text, line.message) == ("si.1.0", "100", "Trop.")


def test_every_fact_can_be_chosen_once() -> None:
    facts = [name for _, group in list_fact_groups() for name, _ in group]
    assert len(facts) == len(set(facts)) > 40
