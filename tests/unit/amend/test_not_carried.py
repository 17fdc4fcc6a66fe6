"""What an avenant leaves is listed, once, by its kind."""

from dataclasses import replace
from datetime import date

from contract_builder.amend.amending import AmendmentTerms, draft_amendment
from contract_builder.model.amendment import NotCarried
from contract_builder.model.blocks import Paragraph, Text
from contract_builder.model.contract import Contract
from tests.unit.compare.builders import LONG, article, clause, contract, link, text, with_number

TERMS = AmendmentTerms(1, date(2026, 1, 1))


def _left(old: Contract, new: Contract) -> tuple[NotCarried, ...]:
    return draft_amendment(old, new, TERMS).not_carried


def _articles(*ids: str) -> Contract:
    made = [
        with_number(clause(name, f"{LONG} ({name})"), f"6.{rank}", f"6.{rank}")
        for rank, name in enumerate(ids, start=1)
    ]
    target = f"6.{ids.index('b') + 1}"
    cited = clause("fin", text("Voir l’", link("b", f"article {target}"), "."), title="")
    return contract(article("six", 6, *made), article("sept", 7, cited))


def test_numbers_and_links_that_the_new_contract_prints_otherwise() -> None:
    assert _left(_articles("a", "b"), _articles("a", "x", "b")) == (
        NotCarried("numero", "6.1-1", "6.2"),
        NotCarried("numero", "6.2", "6.3"),
        NotCarried("renvoi", "article 6.2", "article 6.3"),
    )


def test_cover_version_and_status() -> None:
    old = _articles("a", "b")
    header = replace(old.header, version=2, status="signe", legal_name="Clinique (fictive)")
    assert [item.what for item in _left(old, replace(old, header=header))] == [
        "couverture", "version", "statut",
    ]  # fmt: skip


def test_typography_and_look_but_not_where_the_words_change() -> None:
    def six(*lines: Paragraph) -> Contract:
        return contract(article("six", 6, clause("a", *lines, title="")))

    bold = Paragraph((Text(LONG, bold=True),))
    old = six(text(LONG), text(LONG), text("Un texte."))
    new = six(text(LONG.replace("’", "'")), bold, text("Un autre texte."))
    assert _left(old, new) == (
        NotCarried("typographie", LONG, LONG.replace("’", "'")),
        NotCarried("typographie", LONG, LONG),
    )
