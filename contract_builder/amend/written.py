"""Two contracts → the avenant between them, worded and proved, and the document that prints it.

Order: operations at a lawyer's level → what only follows the law → articles and sentences → the
sentences read back → the document. Pure: no file, no clock.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from types import MappingProxyType

from contract_builder.amend.amending import AmendmentTerms, draft_amendment
from contract_builder.amend.articles import WordedArticle, group_operations, word_articles
from contract_builder.amend.chosen_levels import LevelsByPassage
from contract_builder.amend.document import FIRST_AMENDING, AmendmentFacts, assemble_document
from contract_builder.amend.drafting import find_wrong_units
from contract_builder.amend.failures import NotAmendableError
from contract_builder.amend.lawful import find_lawful
from contract_builder.amend.numbers import number_as_consolidated
from contract_builder.amend.offered_levels import AmendedTexts
from contract_builder.amend.sentence_proof import say_what_they_order
from contract_builder.amend.unit_names import UnitNames, name_units
from contract_builder.errors import Remedy, UserError
from contract_builder.model.amendment import Amendment, AmendmentProof, Operation
from contract_builder.model.contract import Contract


@dataclass(frozen=True, slots=True)
class WrittenAmendment:
    """An avenant, proved, and the document that prints it.

    ``articles`` are the titles of those that amend, in order; ``units`` what they amend: the id of
    an article or annex of the old contract, empty for what follows from the law. ``texts`` is what
    it was drafted from.
    """

    amendment: Amendment
    document: Contract
    articles: tuple[str, ...]
    units: tuple[str, ...]
    texts: AmendedTexts


def write_amendment(
    old: Contract,
    new: Contract,
    facts: AmendmentFacts,
    chosen: LevelsByPassage = MappingProxyType({}),
) -> WrittenAmendment | None:
    """The avenant that turns ``old`` into ``new``; None when they say the same.

    ``chosen`` are levels wanted for passages. UserError when it cannot be proved that it does.
    """
    terms = AmendmentTerms(
        facts.number, facts.effective_on, facts.signed_on, facts.old, facts.new, chosen
    )
    consolidated = number_as_consolidated(old, new)
    drafted = draft_amendment(old, new, terms, consolidated)
    if not drafted.operations:
        return None
    names = name_units(old)
    lawful = find_lawful(drafted.operations, names, old, new)
    articles = _word(drafted.operations, lawful, names, old, consolidated)
    amendment = _prove(drafted, articles, names)
    document = assemble_document(new, articles, names, facts)
    groups = tuple(item.group for item in articles)
    return WrittenAmendment(
        amendment,
        document,
        tuple(group.title for group in groups),
        tuple(group.unit for group in groups),
        AmendedTexts(old, consolidated, chosen),
    )


def _word(
    operations: tuple[Operation, ...],
    lawful: frozenset[str],
    names: UnitNames,
    old: Contract,
    consolidated: Contract,
) -> tuple[WordedArticle, ...]:
    """The operations in articles, what only follows the law apart.

    Two insertions at one place keep their order: where the law and the parties insert at the same
    one, the unit stays whole with what was agreed.
    """
    while True:
        articles = word_articles(group_operations(operations, names, lawful), names, FIRST_AMENDING)
        wrong = find_wrong_units(_operations_of(articles), old, consolidated)
        if not wrong:
            return articles
        left = frozenset(
            operation.id
            for operation in operations
            if operation.id in lawful and operation.where.unit not in wrong
        )
        if not lawful:
            raise NotAmendableError(wrong)
        lawful = left if left < lawful else frozenset()


def _operations_of(articles: Sequence[WordedArticle]) -> tuple[Operation, ...]:
    return tuple(item for article in articles for item in article.group.operations)


def _prove(drafted: Amendment, articles: Sequence[WordedArticle], names: UnitNames) -> Amendment:
    """The avenant with its sentences, which order exactly what was applied; UserError otherwise."""
    proof = AmendmentProof(drafted.proof.apply_equals_new, say_what_they_order(articles, names))
    if not (proof.apply_equals_new and proof.parsed_sentences_equal_operations):
        raise UserError(
            "L’avenant ne peut pas être prouvé : relu, il n’ordonnerait pas exactement ce qui "
            "sépare les deux contrats. Rien n’est écrit ; comparez-les et rédigez à la main ce qui "
            "ne peut l’être ici.",
            Remedy("compare_versions"),
        )
    return replace(drafted, operations=_operations_of(articles), proof=proof)
