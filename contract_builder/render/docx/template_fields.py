"""The fields of a template's text: are they whole, and do the names in them exist?"""

import re
from collections.abc import Iterator, Mapping
from difflib import get_close_matches
from itertools import accumulate
from typing import Final

from jinja2 import nodes
from lxml import etree

from contract_builder.render.docx.template_language import (
    FAULTS_OF_WRITING,
    iter_template_faults,
    parse_template_expression,
)
from contract_builder.render.docx.template_places import FIELD, iter_own
from contract_builder.word.ooxml import w

_STATEMENT: Final = re.compile(
    r"-?\s*(?:(?:tr|tc|p|r)\s+)?(?P<word>\w+)\b\s*(?P<rest>.*?)\s*-?", re.DOTALL
)
_LOOP: Final = re.compile(r"(?P<name>\w+)\s+in\s+(?P<values>.+)", re.DOTALL)
_TEST_WORDS: Final = frozenset({"if", "elif"})
_MARKS_OF_FIELDS: Final = ("{{", "{%", "}}", "%}")
_T, _R, _P = w("t"), w("r"), w("p")
_INVISIBLE: Final = frozenset({_R, w("rPr"), w("proofErr"), w("lastRenderedPageBreak"), w("pPr")})
_REASONS: Final[Mapping[str, str]] = {
    **dict.fromkeys((w("ins"), w("del"), w("moveFrom"), w("moveTo"), w("delText")),
                    "une modification suivie : acceptez-la ou refusez-la"),
    **dict.fromkeys((w("bookmarkStart"), w("bookmarkEnd")), "un signet : déplacez-le"),
    **dict.fromkeys((w("commentRangeStart"), w("commentRangeEnd"), w("commentReference")),
                    "un commentaire : supprimez-le"),
}  # fmt: skip
_OTHER_REASON: Final = "un autre objet : tapez le champ d’un seul trait"
_SINGLE: Final = re.compile(r"(?<!\{)\{\s*(?P<name>[A-Za-z_]\w*(?:\.\w+)*)\s*\}(?!\})")
_SPLIT: Final = re.compile(r"\{\s+\{|\}\s+\}")
_LONGEST: Final = 80
_LONGEST_EXPRESSION: Final = 500  # one that is nested as deep stops whoever follows it
_ALONE: Final = frozenset({"else", "endif", "endfor", "vm", "hm"})
_WITH_VALUE: Final = frozenset({"for", "if", "elif", "colspan", "cellbg"})

Values = Mapping[str, object]


class FieldReader:
    """Reads the paragraphs of a template in order; knows the names that the loops so far made."""

    def __init__(self, values: Values) -> None:
        self._values = dict(values)

    def iter_defects(self, paragraph: etree._Element, text: str) -> Iterator[str]:
        """What is wrong with the fields of one paragraph."""
        for field in FIELD.finditer(text):
            reason = _interruption(paragraph, field.start(), field.end())
            if reason:
                yield f"le champ {_shown(field.group())} est coupé par {reason}"
            yield from _statement_faults(field)
            yield from self._check_names(field)
        yield from _halves(text)
        yield from self._single_braces(text)

    def _check_names(self, field: re.Match[str]) -> Iterator[str]:
        expression = field["value"]
        word, rest = _statement(field)
        loop = _LOOP.fullmatch(rest) if word == "for" else None
        if loop is not None:
            expression = loop["values"].removesuffix(" recursive")
            if expression != loop["values"]:
                yield "une boucle « recursive » ne peut servir dans un modèle"
        elif word in _TEST_WORDS:
            expression = rest
        if expression is not None:
            yield from _unknown_names(expression, self._values)
        if loop is not None:
            values = _find_value(expression or "", self._values)
            self._values[loop["name"]] = values[0] if isinstance(values, list) and values else None

    def _single_braces(self, text: str) -> Iterator[str]:
        """Fields with one brace where two are needed: the reader would see them as they stand."""
        rest = FIELD.sub("", text)
        for found in _SINGLE.finditer(rest):
            if found["name"].partition(".")[0] in self._values:
                yield (
                    f"« {found.group()} » n’a qu’une accolade de chaque côté : écrivez "
                    f"{{{{ {found['name']} }}}}"
                )
        if _SPLIT.search(rest):
            yield "une espace sépare deux accolades : écrivez {{ et }} sans espace entre elles"


def _statement_faults(field: re.Match[str]) -> Iterator[str]:
    """An instruction that docxtpl and Jinja would not know."""
    if field["statement"] is None:
        return
    word, rest = _statement(field)
    if not (word in _WITH_VALUE and rest) and not (word in _ALONE and not rest):
        yield (
            f"« {_shown(field.group())} » n’est pas une instruction : « {{% » en ouvre une, qui "
            "commence par « for », « if », « else », « endif » ou « endfor »"
        )


def _shown(written: str) -> str:
    """What somebody wrote, cut where it is long."""
    text = written.strip()
    return text if len(text) <= _LONGEST else f"{text[:_LONGEST]}…"


def _halves(text: str) -> Iterator[str]:
    """Fields of which this paragraph has only the beginning or the end."""
    rest = FIELD.sub("", text)
    cut = next((mark for mark in _MARKS_OF_FIELDS if mark in rest), None)
    if cut is not None:
        half = "ne finit pas" if cut.startswith("{") else "ne commence pas"
        yield f"un champ {half} dans ce paragraphe (« {cut} ») : tapez-le d’un seul trait"


def _statement(field: re.Match[str]) -> tuple[str, str]:
    """The word and the rest of « {%tr for x in y %} »; empty for a field that prints."""
    parsed = _STATEMENT.fullmatch(field["statement"] or "")
    return (parsed["word"], parsed["rest"]) if parsed else ("", "")


def _find_value(expression: str, values: Values) -> object:
    """The sample that a dotted name leads to; None when there is none."""
    try:
        body = parse_template_expression(expression)
    except FAULTS_OF_WRITING:
        return None
    return _follow(body, values)[0]


def _unknown_names(expression: str, values: Values) -> Iterator[str]:
    if len(expression) > _LONGEST_EXPRESSION:
        yield f"l’expression « {_shown(expression)} » est trop longue"
        return
    try:
        root = parse_template_expression(expression)
    except FAULTS_OF_WRITING:
        yield f"l’expression « {_shown(expression)} » est mal écrite"
        return
    yield from iter_template_faults(root)
    inner = {id(node.node) for node in root.find_all(nodes.Getattr)}
    for node in (root, *root.find_all((nodes.Getattr, nodes.Name))):
        if id(node) not in inner and isinstance(node, nodes.Getattr | nodes.Name):
            yield from _follow(node, values)[1]


def _follow(node: nodes.Node, values: Values) -> tuple[object, list[str]]:
    """The sample of a dotted name, and what is wrong with the name."""
    if isinstance(node, nodes.Name):
        if node.name in values:
            return values[node.name], []
        return None, [_unknown(node.name, "", values)]
    if isinstance(node, nodes.Getattr):
        value, defects = _follow(node.node, values)
        if isinstance(value, Mapping):
            if node.attr in value:
                return value[node.attr], defects
            path = _path(node.node)
            return None, [*defects, _unknown(node.attr, path, value)]
        return None, defects
    return None, []


def _path(node: nodes.Node) -> str:
    if isinstance(node, nodes.Getattr):
        return f"{_path(node.node)}{node.attr}."
    return f"{node.name}." if isinstance(node, nodes.Name) else ""


def _unknown(name: str, path: str, known: Mapping[str, object]) -> str:
    close = get_close_matches(name, known, n=1)
    listed = ", ".join(f"{path}{item}" for item in (close or sorted(known)))
    hint = f"vouliez-vous dire « {listed} » ?" if close else f"existent : {listed}"
    return f"« {_shown(path + name)} » n’existe pas ; {hint}"


def _interruption(paragraph: etree._Element, start: int, end: int) -> str:
    """What stands inside a field that should be one piece of text; empty when nothing does."""
    pieces = list(iter_own(paragraph, _T))
    ends = list(accumulate(len(piece.text or "") for piece in pieces))
    inside = [
        piece
        for piece, stop in zip(pieces, ends, strict=True)
        if stop > start and stop - len(piece.text or "") < end
    ]
    holders = [
        tuple(item for item in piece.iterancestors() if item.tag not in _INVISIBLE)
        for piece in inside
    ]
    between = _iter_between(paragraph, inside[0], inside[-1])
    for element in (
        *between,
        *(item for held in holders[1:] for item in set(held) ^ set(holders[0])),
    ):
        return _REASONS.get(str(element.tag), _OTHER_REASON)
    return ""


def _iter_between(
    paragraph: etree._Element, first: etree._Element, last: etree._Element
) -> Iterator[etree._Element]:
    """What is neither text nor invisible between two texts of a paragraph."""
    is_inside = False
    for element in paragraph.iter(etree.Element):
        if element is last:
            return
        in_properties = next(element.iterancestors(w("rPr")), None) is not None
        if is_inside and not in_properties and element.tag not in (_T, *_INVISIBLE):
            yield element
        is_inside = is_inside or element is first
