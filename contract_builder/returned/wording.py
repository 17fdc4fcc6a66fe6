"""The Markdown of a clause with the words that were negotiated, its fields and marks kept.

A printed line is found in the text by its words; the fields and links, whose words the profile
gives, stand between them. Nothing here is trusted: the caller prints the result and compares.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from contract_builder.compare.alignment import match_sequences
from contract_builder.compare.likeness import Likeness
from contract_builder.compare.tokens import split_tokens
from contract_builder.compare.typography import normal_form
from contract_builder.returned.drafting import DraftEdit
from contract_builder.returned.values import Hunk

_MARKER: Final = re.compile(r"\s*(?:[-*+]|\d+[.)])\s+")
_HEADING: Final = re.compile(r"\s*#{1,6}\s+")
_NOTE: Final = re.compile(r"\s*\[\^[^\]]+\]:\s*")
_TABLE: Final = re.compile(r"\s*(?:\||\{\{\s*tableau\.)")
_PIECE: Final = re.compile(
    r"(?P<held>\{\{.*?\}\}|\[\^[^\]]+\]|\[[^\]]*\]\([^)]*\))|(?P<mark>\*+|\\(?=\W))|(?P<text>[^{\[*\\]+|.)",
    re.DOTALL,
)
_BLANK_LINES: Final = re.compile(r"\n{3,}")
_SPECIAL: Final = re.compile(r"([\\*_\[\]<>{}|`#])")
_LEADING: Final = re.compile(r"^(\d+)([.)])|^([-+])(?=\s)")


class WordingError(Exception):
    """The words cannot be put into the clause; the message says why, in French."""


@dataclass(frozen=True, slots=True)
class _Chunk:
    """What prints one line: characters of the body; ``head`` is where its marker starts."""

    head: int
    start: int
    end: int
    text: str
    marker: str = ""
    is_table: bool = False


def rewrite_body(
    body: str, lines: Mapping[int, str], edits: Sequence[DraftEdit], after_title: int
) -> str:
    """The body with the edits of its clause.

    ``lines`` are the printed lines of the body by their ranks, in order, titles and rows left out;
    what comes after the line ``after_title`` (the title) comes first. WordingError when a line is
    not found.
    """
    chunks = list(_iter_chunks(body))
    ranks = list(lines)
    texts = [chunk for chunk in chunks if not chunk.is_table]
    pairs = Likeness[_Line](lambda line: line.words).best_pairs(
        [_Line(lines[rank]) for rank in ranks], [_Line(chunk.text) for chunk in texts]
    )
    known = {ranks[i]: texts[j] for i, j in pairs}
    changes: list[tuple[int, int, str]] = []
    for edit in edits:
        chunk = known.get(edit.at)
        if edit.kind == "insert":
            chunk = chunk or _find_table(chunks, known, edit.at)
            at = 0 if edit.at <= after_title else None if chunk is None else chunk.end
            if at is None:
                raise WordingError("l’endroit n’en est pas retrouvé dans le texte de la clause")
            follows_item = chunk is not None and chunk.marker and at
            changes.append((at, at, _inserted(edit.new, chunk if follows_item else None, at)))
        elif chunk is None:
            raise WordingError(f"« {edit.old[:60]} » n’est pas retrouvé dans le texte de la clause")
        elif edit.kind == "delete":
            changes.append((chunk.head, _line_end(body, chunk.end), ""))
        else:
            changes += [_find_change(body, chunk, edit.old, hunk) for hunk in edit.hunks]
    for start, end, new in sorted(changes, key=lambda change: change[:2], reverse=True):
        body = body[:start] + new + body[end:]
    return _BLANK_LINES.sub("\n\n", body).strip() + "\n"


def _find_table(chunks: Sequence[_Chunk], known: Mapping[int, _Chunk], row: int) -> _Chunk | None:
    """The table that prints this row: the one that follows the last line known before it."""
    before = [rank for rank in known if rank < row]
    at = chunks.index(known[max(before)]) + 1 if before else 0
    return chunks[at] if at < len(chunks) and chunks[at].is_table else None


@dataclass(frozen=True, slots=True)
class _Line:
    words: str


def escape_markdown(text: str) -> str:
    """The text as Markdown prints it, whatever it holds."""
    escaped = _SPECIAL.sub(r"\\\1", " ".join(text.split(" ")))
    return _LEADING.sub(lambda m: f"{m[1]}\\{m[2]}" if m[1] else f"\\{m[3]}", escaped)


def _inserted(text: str, item: _Chunk | None, at: int) -> str:
    words = "\n\n".join(escape_markdown(line) for line in text.split("\n") if line.strip())
    if item is not None and "\n" not in words:
        return f"\n{item.marker}{words}"
    return f"\n\n{words}" if at else f"{words}\n\n"


def _line_end(body: str, position: int) -> int:
    found = body.find("\n", position)
    return len(body) if found < 0 else found + 1


def _iter_chunks(body: str) -> Iterator[_Chunk]:
    """The paragraphs, items, headings and notes of a body, with their places."""
    opened: tuple[int, int, str] | None = None
    last = at = 0
    for line in body.splitlines(keepends=True):
        words = line.rstrip("\n")
        marker = next((m for p in (_MARKER, _HEADING, _NOTE) if (m := p.match(words))), None)
        breaks = not words.strip() or marker is not None or _TABLE.match(words)
        if breaks and opened is not None:
            yield _chunk(body, opened, last)
            opened = None
        if _TABLE.match(words):
            yield _Chunk(at, at, at + len(words), "", is_table=True)
        elif words.strip() and opened is None:
            lead = len(words) - len(words.lstrip()) if marker is None else marker.end()
            is_item = marker is not None and _MARKER.match(words) is not None
            opened = (at, at + lead, marker.group() if marker is not None and is_item else "")
        last = at + len(words)
        at += len(line)
    if opened is not None:
        yield _chunk(body, opened, last)


def _chunk(body: str, opened: tuple[int, int, str], end: int) -> _Chunk:
    head, start, marker = opened
    text = "".join(m["text"] or "" for m in _PIECE.finditer(body[start:end]))
    return _Chunk(head, start, end, text, marker)


def _find_change(body: str, chunk: _Chunk, printed: str, hunk: Hunk) -> tuple[int, int, str]:
    """Where a hunk of the printed line stands in the body, and its words as Markdown."""
    tokens = split_tokens(printed)
    source = list(_iter_source(body, chunk))
    pairs = match_sequences(
        [_key(token) for token in tokens], [_key(token) for token, _, _ in source]
    )
    aligned = {i: source[j] for i, j in pairs}
    first, last = _ranks(tokens, hunk)
    before, at = aligned.get(first - 1), aligned.get(first)
    start = before[2] if before else at[1] if at else chunk.start if first == 0 else None
    ends = aligned.get(last - 1) if last > first else None
    after = aligned.get(last)
    end = ends[2] if ends else after[1] if after else chunk.end if last == len(tokens) else None
    if last == first and start is not None:
        end = start
    if start is None or end is None or end < start:
        raise WordingError(
            f"« {hunk[2] or printed[hunk[0] : hunk[1]]} » touche une valeur du profil"
        )
    return start, end, _SPECIAL.sub(r"\\\1", hunk[2])


def _ranks(tokens: Sequence[str], hunk: Hunk) -> tuple[int, int]:
    """The tokens from the first that the hunk covers to the one behind the last."""
    at, first, last = 0, len(tokens), 0
    for rank, token in enumerate(tokens):
        if at >= hunk[0]:
            first = min(first, rank)
        at += len(token)
        if at <= hunk[1]:
            last = rank + 1
    return first, max(first, last) if hunk[1] > hunk[0] else first


def _key(token: str) -> str:
    return normal_form(token) or " "


def _iter_source(body: str, chunk: _Chunk) -> Iterator[tuple[str, int, int]]:
    """The words of the chunk with their places; fields, links and marks have none."""
    for piece in _PIECE.finditer(body, chunk.start, chunk.end):
        at = piece.start()
        for token in split_tokens(piece["text"]) if piece["text"] else ():
            yield token.replace("\n", " "), at, at + len(token)
            at += len(token)
