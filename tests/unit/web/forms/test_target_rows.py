"""Rows of targets in a form: each keeps what its file says beside what is shown."""

from contract_builder.reading.tree import Tree
from contract_builder.web.forms.target_rows import (
    SHOWN_ROWS,
    add_row,
    drop_row,
    list_ranks,
    parse_ranks,
    place_rows,
)

TREE: dict[str, Tree] = {
    "cibles": [{"categorie": "grands", "si": "toujours"}, {"categorie": "petits"}]
}


def test_a_row_that_stays_keeps_all_that_its_file_says() -> None:
    ranks = list_ranks(TREE)
    assert place_rows(TREE, ranks) == TREE
    fewer, ranks = drop_row(TREE, ranks, "0")
    assert (fewer["cibles"], ranks) == ([{"categorie": "petits"}], ("1",))
    more, ranks = add_row(fewer, ranks, "chu")
    assert ranks == ("1", "")
    assert place_rows(TREE, ranks)["cibles"] == [
        {"categorie": "petits"},
        {"categorie": "", "valeurs": {}},
    ]
    assert len(more["cibles"]) == 2


def test_forged_ranks_name_nothing() -> None:
    assert drop_row(TREE, ("0", "1"), "9") == (TREE, ("0", "1"))
    assert drop_row(TREE, ("0", "1"), "..") == (TREE, ("0", "1"))
    assert drop_row(TREE, ("0", "1"), "9" * 5000) == (TREE, ("0", "1"))
    sent = {f"cible.{rank}": "x" for rank in range(1000)}
    assert len(parse_ranks({**sent, SHOWN_ROWS: ""}) or ()) == 40


def test_a_form_that_does_not_show_the_rows_takes_none_away() -> None:
    assert parse_ranks({"cible.0": "0"}) is None
    assert parse_ranks({SHOWN_ROWS: ""}) == ()
    assert place_rows({}, ()) == {}
