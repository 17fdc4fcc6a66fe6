"""Rows of a spreadsheet become lines: what is understood is told before anything is added."""

import pytest

from contract_builder.web.forms.bound import RANK_KEY
from contract_builder.web.forms.fields import shape_of_key
from contract_builder.web.forms.pasting import paste_lines
from contract_builder.web.forms.sections import find_section

MONEY = find_section("financements")
SITES = find_section("sites")
TREE = {"sites": [{"nom": "A"}, {"nom": "B"}, {"nom": "C"}]}


def test_rows_of_a_spreadsheet_become_lines():
    text = "Clé\tEnveloppe\tmode\tLibellé\t2025\t2026\nfir-1\tFIR\tCNR\tSoutien\t1 000,00\t2 000\n"
    pasted = paste_lines(MONEY, {}, "financements", text)
    assert pasted.count == 1
    line = pasted.tree["financements"][0]
    assert line["enveloppe"] == "FIR"
    assert line["montants"] == {"2025": "1000.00", "2026": "2000.00"}


def test_forty_rows_are_added_after_the_lines_that_were_there():
    rows = "\n".join(f"l-{n}\tFIR\tCNR\tLigne {n}\t{n}" for n in range(40))
    pasted = paste_lines(
        MONEY,
        {"financements": [{"cle": "a"}]},
        "financements",
        f"cle\tenveloppe\tmode\tlibelle\t2025\n{rows}",
    )
    assert [line["cle"] for line in pasted.tree["financements"]][:2] == ["a", "l-0"]
    assert pasted.count == 40


def test_columns_that_are_not_known_are_told():
    pasted = paste_lines(MONEY, {}, "financements", "cle\tCouleur\nfir-1\tbleu")
    assert pasted.unknown == ("Couleur",)
    assert pasted.tree["financements"] == [{RANK_KEY: "-1", "cle": "fir-1"}]


def test_nothing_to_paste_adds_nothing():
    assert paste_lines(MONEY, TREE, "financements", "  \n").count == 0


def test_each_cell_is_told_as_it_was_understood_or_not():
    text = (
        "Libellé\tMode de délégation\t2025\t2026\n"
        "Soutien\tcnr\t1 234,5\tdouze\n"
        "Socle\tinconnu\t\t2 000 €"
    )
    pasted = paste_lines(MONEY, {}, "financements", text)
    assert pasted.titles == ("Libellé", "Mode de délégation", "2025", "2026")
    assert [[cell.is_understood for cell in row] for row in pasted.rows] == [
        [True, True, True, False],
        [True, False, True, True],
    ]
    assert pasted.doubts == 2
    assert pasted.rows[0][2].text.replace("\u202f", " ").replace("\xa0", " ") == "1 234,50 €"
    first, second = pasted.tree["financements"]
    assert first["mode"] == "CNR"
    assert first["montants"] == {"2025": "1234.50", "2026": "douze"}
    assert second["montants"] == {"2026": "2000.00"}


def test_a_choice_is_understood_by_its_label():
    mode = next(part for part in shape_of_key("financements").parts if part.key == "mode")
    for word, label in mode.choices:
        pasted = paste_lines(MONEY, {}, "financements", f"{mode.label}\n{label.upper()}")
        assert pasted.doubts == 0
        assert pasted.tree["financements"][0]["mode"] == word


@pytest.mark.parametrize(
    "text",
    [
        "\t\t\n\t\t",
        "2025",
        "²\n1",
        "2025\t2025\n1\t2\t3\t4",
        "\u202ecle\n\u202ex",
        "cle\n" + "x" * 100_000,
        "montants\n1",
        "cle." * 1000 + "\n1",
    ],
)
def test_any_text_is_answered(text: str):
    pasted = paste_lines(MONEY, {}, "financements", text)
    assert pasted.count == len(pasted.rows)
