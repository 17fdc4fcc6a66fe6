"""Sentences on words, alinéas and titles."""

from contract_builder.amend.quotation import (
    count_paragraphs,
)
from contract_builder.amend.sentence import (
    COLON,
    Sentence,
    insertion,
    paragraphs_of,
    side_word,
    so_worded,
    text_of,
)
from contract_builder.amend.sentence_places import SentencePlace
from contract_builder.amend.wording import announced, number_word, quality_of, quoted
from contract_builder.model.amendment import Operation


def say_replaced_words(operation: Operation, place: SentencePlace) -> Sentence:
    """« au deuxième alinéa, les mots : « A » sont remplacés par les mots : « B » »."""
    old, new = text_of(operation.old), text_of(operation.new)
    quality = quality_of(old)
    return Sentence(
        f"{place.in_paragraph}{announced(old)} {quality.auxiliary} "
        f"remplacé{quality.ending} par {announced(new)}"
    )


def say_inserted_words(operation: Operation, place: SentencePlace) -> Sentence:
    """« …après les mots : « A », sont insérés les mots : « B » », « …est complété par : »."""
    new = text_of(operation.new)
    quality = quality_of(new)
    inserted = f"{quality.auxiliary} inséré{quality.ending} {announced(new)}"
    if operation.side == "end":
        return Sentence(f"{place.paragraph} est complété par {announced(new)}")
    if operation.side == "start":
        return Sentence(f"au début {place.of_paragraph}, {inserted}")
    where = side_word(operation)
    return Sentence(f"{place.in_paragraph}{where} {announced(text_of(operation.old))}, {inserted}")


def say_deleted_words(operation: Operation, place: SentencePlace) -> Sentence:
    """« au deuxième alinéa, les mots : « A » sont supprimés »."""
    old = text_of(operation.old)
    quality = quality_of(old)
    return Sentence(
        f"{place.in_paragraph}{announced(old)} {quality.auxiliary} supprimé{quality.ending}"
    )


def say_replaced_paragraph(operation: Operation, place: SentencePlace) -> Sentence:
    """« …est remplacé par un alinéa ainsi rédigé : », « …par le visa suivant : »."""
    content = paragraphs_of(operation)
    noun = place.unit.paragraph_noun
    count = count_paragraphs(content)
    if noun == "alinéa":
        by = so_worded(count, noun)
    elif count == 1:
        by = f"le {noun} suivant"
    else:
        by = f"les {number_word(count)} {noun}s suivants"
    verb = "sont remplacés" if place.is_range else "est remplacé"
    return Sentence(f"{place.paragraph} {verb} par {by}{COLON}", content)


def say_inserted_paragraphs(operation: Operation, place: SentencePlace) -> Sentence:
    """« après le deuxième alinéa, il est inséré un alinéa ainsi rédigé : »."""
    content = paragraphs_of(operation)
    what = so_worded(count_paragraphs(content), place.unit.paragraph_noun)
    return Sentence(f"{insertion(operation, place, 'il est inséré')} {what}{COLON}", content)


def say_deleted_paragraphs(_: Operation, place: SentencePlace) -> Sentence:
    """« les deuxième à quatrième alinéas sont supprimés »."""
    verb = "sont supprimés" if place.is_range else "est supprimé"
    return Sentence(f"{place.paragraph} {verb}")


def say_replaced_title(operation: Operation, place: SentencePlace) -> Sentence:
    """« l’intitulé est remplacé par l’intitulé : « … » »."""
    new = text_of(operation.new)
    return Sentence(f"l’intitulé{place.of_unit} est remplacé par l’intitulé{COLON} {quoted(new)}")
