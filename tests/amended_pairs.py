"""The proof of an avenant, taken again from outside: applied, and its sentences read back."""

from contract_builder.amend.applying import apply_operations
from contract_builder.amend.articles import group_operations, joined_lines, word_articles
from contract_builder.amend.drafting import draft_operations
from contract_builder.amend.numbers import number_as_consolidated
from contract_builder.amend.sameness import contracts_say_the_same
from contract_builder.amend.sentence_reading import read_operations
from contract_builder.amend.told import tell
from contract_builder.amend.unit_names import name_units
from contract_builder.model.amendment import Operation
from contract_builder.model.contract import Contract


def gives_new(operations: tuple[Operation, ...], old: Contract, new: Contract) -> bool:
    """True when the operations, applied to the old contract, give the sections of the new one."""
    made = apply_operations(operations, old)
    return contracts_say_the_same(made, number_as_consolidated(old, new))


def reads_back(operations: tuple[Operation, ...], old: Contract) -> bool:
    """True when the printed sentences tell all of the operations, and nothing else."""
    names = name_units(old)
    articles = word_articles(group_operations(operations, names), names, 1)
    worded = [operation for article in articles for operation in article.group.operations]
    printed = [article.printed for article in articles]
    read = read_operations(printed, joined_lines(operations), names)
    return list(read) == [tell(operation, names) for operation in worded]


def is_amended(old: Contract, new: Contract) -> bool:
    """True when the avenant between two contracts is right both ways."""
    operations = draft_operations(old, new)
    return gives_new(operations, old, new) and reads_back(operations, old)
