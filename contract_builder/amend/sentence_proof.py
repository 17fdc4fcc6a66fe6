"""The proof that the articles of an avenant say, to whoever reads them, what it orders."""

from collections.abc import Sequence

from contract_builder.amend.articles import WordedArticle, joined_lines
from contract_builder.amend.sentence_reading import SentenceReadingError, read_operations
from contract_builder.amend.told import tell
from contract_builder.amend.unit_names import UnitNames


def say_what_they_order(articles: Sequence[WordedArticle], names: UnitNames) -> bool:
    """True when the printed sentences, read back, give the operations; ``names`` as printed."""
    operations = [item for article in articles for item in article.group.operations]
    printed = [article.printed for article in articles]
    try:
        read = read_operations(printed, joined_lines(operations), names)
    except SentenceReadingError:
        return False
    return read == tuple(tell(operation, names) for operation in operations)
