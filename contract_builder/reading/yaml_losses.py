"""What the YAML parser drops without a word, found in its tokens: nothing written is lost unsaid.

Anchors that nothing uses, tags of YAML's own, comments that look like the end of a text, headers of
text blocks that were meant as a value. Before the nodes: a lost word has no node.
"""

import re
from bisect import bisect_right
from collections.abc import Iterator

import yaml

from contract_builder.diagnostics import Diagnostic, yaml_problems
from contract_builder.frozen import dataclass
from contract_builder.reading.yaml_quoting import quote
from contract_builder.source import Place, SourceFile

_Loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
# A quick look, in one pass whatever the length of a line: most files have none of these and are not
# read twice.
_SUSPECT = re.compile(r"#[^\s#]|(?:^|[\s,\[{])[&!]|[|>][+-]?[1-9]", re.MULTILINE)
_INDENTED_BLOCK = re.compile(r"[|>][+-]?[1-9]")
_REFUSED_LATER = "python"  # and any tag that is not YAML's own: the nodes still show these


@dataclass(frozen=True, slots=True)
class _Text:
    """A scalar of the file: where it starts and ends (lines and columns from 0), its value."""

    start: tuple[int, int]
    end: tuple[int, int]
    value: str
    is_plain: bool


def find_losses(source: SourceFile, content: str, first_line: int) -> list[Diagnostic]:
    """The problems of ``content``, which starts at the line ``first_line`` of the file."""
    if not _SUSPECT.search(content):
        return []
    lines = content.split("\n")
    texts: list[_Text] = []
    anchors: dict[str, Diagnostic] = {}
    problems: list[Diagnostic] = []
    for token in _iter_tokens(content):
        start, end = token.start_mark, token.end_mark
        place = Place(
            source,
            start.line + first_line,
            start.column + 1,
            max(1, end.column - start.column if end.line == start.line else 1),
        )
        if isinstance(token, yaml.AnchorToken):
            anchors[token.value] = yaml_problems.alias_refuse(place)
        elif isinstance(token, yaml.AliasToken):
            anchors.pop(token.value, None)  # the nodes show it where it is used
        elif isinstance(token, yaml.TagToken) and _is_dropped(token.value):
            tag = "".join(part for part in token.value if part)
            problems.append(yaml_problems.etiquette_refusee(place, tag))
        elif isinstance(token, yaml.ScalarToken):
            header = lines[start.line][start.column :].rstrip()
            text_start = (start.line, start.column)
            if token.style in ("|", ">"):
                if _INDENTED_BLOCK.match(header):
                    problems.append(yaml_problems.bloc_de_texte(place, header))
                text_start = (start.line + 1, 0)
            span = (end.line, end.column)
            texts.append(_Text(text_start, span, token.value, token.plain))
    problems.extend(anchors.values())
    problems.extend(_iter_lost_ends(source, lines, texts, first_line))
    return problems


def _iter_tokens(content: str) -> Iterator["yaml.Token"]:
    """The tokens up to the first syntax error, which the parser tells."""
    loader = _Loader(content)
    try:
        while loader.check_token():
            yield loader.get_token()
    except yaml.YAMLError:
        return
    finally:
        loader.dispose()


def _is_dropped(tag: tuple[str | None, str]) -> bool:
    """True for « ! » alone and for YAML's own tags, whose nodes look like any other."""
    handle, suffix = tag
    return (not handle and suffix == "!") or (handle == "!!" and _REFUSED_LATER not in suffix)


def _iter_lost_ends(
    source: SourceFile, lines: list[str], texts: list[_Text], first_line: int
) -> Iterator[Diagnostic]:
    """Comments after a value whose « # » has text against it."""
    starts = [text.start for text in texts]
    for number, line in enumerate(lines):
        if "#" not in line or not line[: line.index("#")].strip():
            continue
        column = _find_comment(number, line, texts, starts)
        if column is None or not line[column + 1 : column + 2].strip("# \t"):
            continue
        rest = line[column:].rstrip()
        place = Place(source, number + first_line, column + 1, len(rest))
        yield yaml_problems.diese_colle(
            place, rest, quote(_whole_text(number, line, column, texts))
        )


def _find_comment(
    number: int, line: str, texts: list[_Text], starts: list[tuple[int, int]]
) -> int | None:
    """Where the comment of a line starts: the first « # » outside every text.

    Texts stand in file order and never overlap; ``starts`` are theirs.
    """
    for match in re.finditer("#", line):
        at = (number, match.start())
        before = bisect_right(starts, at)
        if not before or at >= texts[before - 1].end:
            return match.start()
    return None


def _whole_text(number: int, line: str, column: int, texts: list[_Text]) -> str:
    """What was meant: the text that stands before the comment on its line, and the comment."""
    rest = line[column:].rstrip().rstrip(",]}")
    before = bisect_right(texts, (number, column), key=lambda text: text.end)
    if not before or texts[before - 1].end[0] != number:
        return rest
    last = texts[before - 1]
    between = line[last.end[1] : column]
    return rest if ":" in between else f"{last.value}{between}{rest}"
