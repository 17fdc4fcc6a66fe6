"""Inserted, deleted and moved text, formulas included."""

from collections.abc import Iterable
from itertools import takewhile
from typing import Final

from lxml import etree

from contract_builder.word.ooxml import w
from contract_builder.word.tracked.marks import (
    CUSTOM_XML,
    DEL,
    MATH_RUN,
    RPR,
    SMART_TAG,
    WRAPPERS,
    Mark,
    Target,
    m,
    remove,
    unwrap,
)
from contract_builder.word.tracked.ranges import RANGE_MARKERS, take_out

_KEPT_TEXT: Final = {w("delText"): w("t"), w("delInstrText"): w("instrText")}
_HOLDERS: Final = frozenset(
    {w("hyperlink"), w("fldSimple"), w("dir"), w("bdo"), SMART_TAG, CUSTOM_XML, MATH_RUN,
     m("oMath"), m("oMathPara"), *WRAPPERS}
)  # fmt: skip
_NO_CONTENT: Final = RANGE_MARKERS | {
    w("proofErr"), RPR, m("rPr"), m("oMathParaPr"), w("smartTagPr"), w("customXmlPr"),
    w("fldData"),
}  # fmt: skip
_ARGUMENTS: Final = frozenset(
    m(name) for name in ("e", "num", "den", "sub", "sup", "deg", "fName", "lim")
)
_RUNS: Final = frozenset({w("r"), MATH_RUN})


def settle_text(mark: Mark, *, keep: bool) -> etree._Element | None:
    """Takes the text away or its mark; the element that may be empty since."""
    element = mark.element
    parent = element.getparent()
    if parent is None:
        return None
    if mark.target is Target.FORMULA:
        return _settle_formula(element, keep=keep)
    if parent.tag == RPR:
        return _settle_run(element, parent, keep=keep)
    if not keep:
        return take_out(element)
    if element.tag == DEL and not _is_deleted(element):
        _show_again(element)
    unwrap(element)
    return None


def _is_deleted(element: etree._Element) -> bool:
    return any(outer.tag == DEL for outer in element.iterancestors())


def _show_again(deleted: etree._Element) -> None:
    """Text deleted once more inside keeps its name: that mark shows it, or takes it away."""
    for text in list(deleted.iter(*_KEPT_TEXT)):
        inner = takewhile(lambda outer: outer is not deleted, text.iterancestors())
        if all(outer.tag != DEL for outer in inner):
            text.tag = _KEPT_TEXT[str(text.tag)]


def _settle_run(
    element: etree._Element, look: etree._Element, *, keep: bool
) -> etree._Element | None:
    """A mark among the properties of a run is about the run."""
    look.remove(element)
    run = look.getparent()
    if keep or run is None or run.tag not in _RUNS:
        return None
    return take_out(run)


def _settle_formula(element: etree._Element, *, keep: bool) -> etree._Element | None:
    """The sign of a fraction, a power…: without it, what it held stands in line (22.1.2.24)."""
    holder = element.getparent()
    sign = next((outer for outer in element.iterancestors() if outer.tag == m("ctrlPr")), None)
    unwrap(element) if holder is sign else remove(element)
    properties = None if sign is None else sign.getparent()
    formula = None if properties is None else properties.getparent()
    if keep or properties is None or formula is None or not str(properties.tag).endswith("Pr"):
        return None
    parent = formula.getparent()
    for argument in list(formula):
        for child in list(argument) if argument.tag in _ARGUMENTS else ():
            if child.tag not in (m("ctrlPr"), m("argPr")):
                formula.addprevious(child)
    remove(formula)
    return parent


def drop_emptied(elements: Iterable[etree._Element]) -> None:
    """Takes away links, fields, formulas and open marks that hold nothing since they were settled.

    Holders that were empty in the file stay: only the given elements and what holds them are
    looked at. An inline control stays, empty: Word shows its placeholder.
    """
    for given in elements:
        element: etree._Element | None = given
        while element is not None and element.tag in _HOLDERS and _is_empty(element):
            parent = element.getparent()
            for child in list(element):
                if child.tag in RANGE_MARKERS:
                    element.addprevious(child)
            remove(element)
            element = parent


def _is_empty(element: etree._Element) -> bool:
    return all(child.tag in _NO_CONTENT for child in element)
