"""A sentence that introduces an empty table goes with it.

« Les engagements propres à l’Établissement sont les suivants : Néant. » says nothing and reads as
an oversight. Called once a clause is filled; what no sentence introduces keeps its « Néant. ».
"""

import re
from dataclasses import replace

from contract_builder.model.blocks import Block, Inlines, Paragraph, SubHeading, Text

_NOTHING = "Néant."
NOTHING_BLOCK = Paragraph((Text(_NOTHING),))
"""What stands in the place of a table without a line."""

_SENTENCE_END = re.compile(r"[.!?…]\s+(?=[A-ZÀÂÇÉÈÊÎÔÙÛŒ«])")


def drop_empty_introductions(blocks: tuple[Block, ...]) -> tuple[Block, ...]:
    """The blocks without the « Néant. » that a sentence introduces, and without that sentence.

    An introduction ends with a colon just before the « Néant. »; the sentences before it in its
    paragraph stay. A clause, or a titled part of it, that opens with the introduction is about the
    table itself: it then opens with « Néant. » alone.
    """
    kept: list[Block] = []
    for block in blocks:
        introduction = kept[-1] if kept else None
        if block != NOTHING_BLOCK or not _introduces(introduction):
            kept.append(block)
            continue
        assert isinstance(introduction, Paragraph)  # noqa: S101 - narrows the type
        kept.pop()
        before = _without_last_sentence(introduction.content)
        if before:
            kept.append(replace(introduction, content=before))
        elif not kept or isinstance(kept[-1], SubHeading):
            kept.append(block)
    return tuple(kept)


def _introduces(block: Block | None) -> bool:
    if not isinstance(block, Paragraph) or not block.content:
        return False
    last = block.content[-1]
    return isinstance(last, Text) and last.text.rstrip().endswith(":")


def _without_last_sentence(content: Inlines) -> Inlines:
    """What stands before the last sentence; nothing when there is one only.

    A sentence ends in a literal text, never in a value: « 12 av. de la Paix » is one.
    """
    for index in range(len(content) - 1, -1, -1):
        item = content[index]
        if not isinstance(item, Text):
            continue
        ends = list(_SENTENCE_END.finditer(item.text))
        if ends:
            return (*content[:index], replace(item, text=item.text[: ends[-1].start() + 1]))
    return ()
