"""A condition as French readers say it, before any profile: « lits : au moins 100 »."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal

from contract_builder.model.condition import (
    FACTS,
    THIS_SHEET,
    AllOf,
    Always,
    AnyOf,
    Condition,
    Not,
    Operator,
    Test,
)
from contract_builder.model.french import enumerate_words, format_number, long_date
from contract_builder.model.library import Library

BOUND_WORDS: Mapping[Operator, str] = {
    "au_moins": "au moins",
    "au_plus": "au plus",
    "plus_de": "plus de",
    "moins_de": "moins de",
    "parmi": "égal à",
}
"""How a comparison with a number is said."""
DAY_WORDS: Mapping[Operator, str] = {
    "au_moins": "à partir du",
    "au_plus": "jusqu’au",
    "plus_de": "après le",
    "moins_de": "avant le",
    "parmi": "le",
}
"""How a comparison with a day is said."""

FactLabels = Mapping[str, Mapping[str, str]]
"""What the words of a fact are called, by the fact, then by the word."""
NO_LABELS: FactLabels = {}


def describe_condition(
    condition: Condition | None, library: Library, labels: FactLabels = NO_LABELS
) -> str:
    """The whole condition as one phrase; « tous les établissements » when there is none.

    Codes of the nomenclature have their label beside them; ``labels`` stand for the other words.
    """
    match condition:
        case None | Always():
            return "tous les établissements"
        case AllOf(items=items):
            return " et ".join(_describe_part(item, library, labels) for item in items)
        case AnyOf(items=items):
            return " ou ".join(_describe_part(item, library, labels) for item in items)
        case Not(item=item):
            return f"sauf : {describe_condition(item, library, labels)}"
        case Test():
            return _describe_test(condition, library, labels)
        case _:
            raise TypeError(condition)


def _describe_part(condition: Condition, library: Library, labels: FactLabels) -> str:
    text = describe_condition(condition, library, labels)
    several = isinstance(condition, AllOf | AnyOf) and len(condition.items) > 1
    return f"({text})" if several else text


def _describe_test(test: Test, library: Library, labels: FactLabels) -> str:
    known = labels.get(test.fact, {})
    label, operand = FACTS[test.fact].label, test.operand
    match operand:
        case bool():
            return f"{label} : {'oui' if operand else 'non'}"
        case tuple():
            words = [known.get(item) or _name(item, library) for item in operand]
            return f"{label} : {enumerate_words(words, 'ou')}"
        case date():
            return f"{label} : {DAY_WORDS[test.operator]} {long_date(operand)}"
        case Decimal():
            return f"{label} : {BOUND_WORDS[test.operator]} {format_number(operand)}"
        case _:
            raise TypeError(test)


def _name(word: str, library: Library) -> str:
    """A code with its label; another word as it is."""
    if word == THIS_SHEET:
        return "cette fiche"
    nomenclature = library.nomenclature
    if nomenclature is None:
        return word
    tables = (nomenclature.activites, nomenclature.modalites, nomenclature.mentions)
    label = next((table[word] for table in tables if word in table), "")
    return f"{word} ({label})" if label else word
