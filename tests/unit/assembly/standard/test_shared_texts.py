"""What a contract says as the standard does is told by its own objects, and nothing else is."""

from dataclasses import replace

from contract_builder.assembly.standard.shared_texts import SharedTexts
from contract_builder.model.blocks import Block, Paragraph, Text
from contract_builder.model.contract import Provenance, Section
from tests.contract_samples import small_contract

ORIGIN = Provenance("clause_library/corps/objet.md", 1, None, "toujours")


def text(words: str) -> tuple[Block, ...]:
    return (Paragraph((Text(words),)),)


def section(words: str, origin: Provenance | None = ORIGIN, *children: Section) -> Section:
    return Section("objet", "clause", "Objet", "1", "1", text(words), children, origin)


def share(standard: Section, said: Section) -> Section:
    contract = replace(small_contract(), sections=(said,))
    (shared,) = SharedTexts().share((standard,), contract)
    return shared


def test_a_section_that_says_the_same_is_the_contracts_own() -> None:
    said = section("Le contrat dure cinq ans.")
    assert share(section("Le contrat dure cinq ans."), said) is said


def test_another_text_stays_the_standard_one_under_the_contracts_origin() -> None:
    said = section("Le contrat dure dix ans.", replace(ORIGIN, reason="parce que"))
    shared = share(section("Le contrat dure cinq ans."), said)
    assert shared == replace(section("Le contrat dure cinq ans."), provenance=said.provenance)


def test_a_text_of_another_version_keeps_its_own_origin() -> None:
    said = section("Le contrat dure cinq ans.", replace(ORIGIN, file="clause_library/visas/v.md"))
    shared = share(section("Le contrat dure cinq ans."), said)
    assert shared.provenance == ORIGIN
    assert shared.blocks is said.blocks


def test_what_changes_inside_a_section_leaves_the_rest_shared() -> None:
    inner = replace(section("Un avenant le modifie."), id="avenants")
    said = section("Le contrat dure cinq ans.", ORIGIN, inner)
    changed = replace(inner, blocks=text("Un avenant le révise."))
    shared = share(section("Le contrat dure cinq ans.", ORIGIN, changed), said)
    assert shared == replace(said, children=(changed,))
    assert shared.blocks is said.blocks


def test_a_section_that_the_contract_lacks_is_the_standard_one() -> None:
    standard = replace(section("Le contrat dure cinq ans."), id="duree")
    assert share(standard, section("Autre chose.")) == standard


def test_texts_that_meet_again_are_judged_as_the_first_time() -> None:
    texts = SharedTexts()
    said, other = section("Cinq ans."), section("Dix ans.")
    for _ in range(2):
        for standard in (section("Cinq ans."), section("Dix ans.")):
            for contract in (said, other):
                (shared,) = texts.share(
                    (standard,), replace(small_contract(), sections=(contract,))
                )
                assert shared == standard
