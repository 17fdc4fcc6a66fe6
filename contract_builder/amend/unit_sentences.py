"""Sentences on whole articles, parts, sheets and annexes."""

from contract_builder.amend.quotation import section_blocks
from contract_builder.amend.sentence import (
    COLON,
    Sentence,
    section_of,
    sections_of,
    side_word,
    text_of,
)
from contract_builder.amend.sentence_places import SentencePlace
from contract_builder.amend.unit_names import fixed
from contract_builder.amend.wording import quoted
from contract_builder.model.amendment import Operation
from contract_builder.model.french import NBSP


def say_replaced_section(operation: Operation, place: SentencePlace) -> Sentence:
    """« l’article 6.2 est remplacé par les dispositions suivantes : »."""
    content = sections_of(operation)
    text = f"{place.whole} {place.auxiliary} remplacé{place.ending} par les dispositions suivantes"
    blocks = tuple(block for section in content for block in section_blocks(section))
    return Sentence(f"{text}{COLON}", blocks)


def say_inserted_section(operation: Operation, place: SentencePlace) -> Sentence:
    """« après l’article 6.2, il est inséré un article 6.2-1 ainsi rédigé : »."""
    section = section_of(operation)
    if section.number:
        what = f"un article{NBSP}{fixed(section.number)} ainsi rédigé"
    else:
        what = f"une partie {quoted(section.title)} ainsi rédigée"
    blocks = tuple(block for part in sections_of(operation) for block in section_blocks(part))
    if operation.side == "end":
        return Sentence(f"{place.whole} {place.completed} par {what}{COLON}", blocks)
    return Sentence(f"{side_word(operation)} {place.whole}, il est inséré {what}{COLON}", blocks)


def say_deleted_whole(_: Operation, place: SentencePlace) -> Sentence:
    """« l’article 6.2 est supprimé », « la fiche CPOM_CT_5 est supprimée »."""
    return Sentence(f"{place.whole} {place.auxiliary} supprimé{place.ending}")


def say_moved_section(operation: Operation, place: SentencePlace) -> Sentence:
    """« l’article 6.2 est déplacé après l’article 6.4 et garde son numéro »."""
    target = place.target(text_of(operation.new))
    where = f"{side_word(operation)} {target.short_name}"
    if operation.side == "end":
        where = f"à la fin {target.complement}"
    moved = f"{place.whole} {place.auxiliary} déplacé{place.ending} {where}"
    if place.unit.kind in ("article", "annexe", "fiche"):
        return Sentence(f"{moved} et garde son numéro")
    return Sentence(moved)


def say_replaced_sheet(_: Operation, place: SentencePlace) -> Sentence:
    """« la fiche CPOM_CT_5 est remplacée par la fiche jointe au présent avenant »."""
    return Sentence(f"{place.whole} est remplacée par la fiche jointe au présent avenant")


def say_inserted_sheet(operation: Operation, place: SentencePlace) -> Sentence:
    """« après la fiche CPOM_CT_5, il est inséré la fiche CPOM_OS_2 jointe au présent avenant »."""
    return _insert_joined(operation, place, f"la fiche {section_of(operation).number}")


def say_replaced_annex(operation: Operation, place: SentencePlace) -> Sentence:
    """« l’annexe A1 est remplacée par l’annexe A1 jointe au présent avenant »."""
    number = fixed(section_of(operation).number)
    return Sentence(
        f"{place.whole} est remplacée par l’annexe{NBSP}{number} jointe au présent avenant"
    )


def say_inserted_annex(operation: Operation, place: SentencePlace) -> Sentence:
    """« après l’annexe A7, il est inséré l’annexe A8 jointe au présent avenant »."""
    return _insert_joined(operation, place, f"l’annexe{NBSP}{fixed(section_of(operation).number)}")


def _insert_joined(operation: Operation, place: SentencePlace, what: str) -> Sentence:
    joined = f"{what} jointe au présent avenant"
    if operation.side == "end":
        return Sentence(f"{place.whole} {place.completed} par {joined}")
    return Sentence(f"{side_word(operation)} {place.whole}, il est inséré {joined}")
