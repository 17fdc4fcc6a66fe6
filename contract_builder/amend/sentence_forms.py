"""The forms of our own sentences as patterns, for reading them back.

A sentence comes here without its final mark, first letter small, ordinary spaces, and with « ⟦0⟧ »,
« ⟦1⟧ »… in the place of what it quotes. The named groups of a pattern say what it told.
"""

import re
from dataclasses import dataclass
from typing import Final

from contract_builder.amend.unit_names import PARTIES_NAME
from contract_builder.amend.wording import NUMBER_PATTERN, ORDINAL_PATTERN, QUALITIES
from contract_builder.model.amendment import OperationKind, OperationSide

_QUOTE: Final = r"⟦\d+⟧"
_LABEL: Final = r"[A-Z]?\d+(?:\.\d+)*(?:-\d+)*(?: [A-Z]{1,2}(?![\w’]))?"
_SHEET: Final = r"[^\s,;]+"
_BE: Final = "(?:est|sont)"
_NOUN: Final = f"(?:{'|'.join(quality.noun for quality in QUALITIES)}) :"
_UNIT: Final = (
    rf"(?:l’article (?P<article>{_LABEL})|l’annexe (?P<annexe>{_LABEL})"
    rf"|la fiche (?P<fiche>{_SHEET})(?: de l’annexe {_LABEL})?|la (?P<parties>{PARTIES_NAME}))"
)
_OF: Final = (
    rf"(?: de la partie (?P<part>{_QUOTE}))?"
    rf"(?: (?:de {_UNIT}|des (?P<series>visas|considérants)))?"
)
_SUBJECT: Final = (
    rf"(?:(?:la partie (?P<part>{_QUOTE}))?(?:(?:(?<=⟧) de )?{_UNIT}"
    r"|les (?P<series>visas|considérants))?|(?:il|elle)s?)"
)
_PLACE_NOUN: Final = "(?P<noun>alinéa|visa|considérant)"
_PARAGRAPH: Final = rf"(?P<rank>{ORDINAL_PATTERN}) {_PLACE_NOUN}{_OF}"
_PARAGRAPHS: Final = (
    rf"les? (?P<rank>{ORDINAL_PATTERN})(?: à (?P<last>{ORDINAL_PATTERN}))? {_PLACE_NOUN}s?{_OF}"
)
_OCCURRENCE: Final = rf"(?:à (?:la (?P<at>{ORDINAL_PATTERN})|(?P<each>chaque)) occurrence, )?"
_OLD: Final = rf"{_NOUN} (?P<old>{_QUOTE})"
_NEW: Final = rf"{_NOUN} (?P<new>{_QUOTE})"
_SIDE: Final = "(?P<side>après|avant)"
_SO_WORDED: Final = rf"{NUMBER_PATTERN} (?:alinéa|visa|considérant)s? ainsi rédigés? :"
_TABLE: Final = rf"(?:(?P<table_rank>{ORDINAL_PATTERN}) )?tableau(?: (?P<table>{_QUOTE}))?{_OF}"
_ROW: Final = rf"la (?:(?P<row_rank>{ORDINAL_PATTERN}) )?ligne(?: (?P<row>{_QUOTE}))?"
_ROWS: Final = rf"(?:la ligne suivante|les {NUMBER_PATTERN} lignes suivantes) :"
_NOTES: Final = rf"(?:la note suivante|les {NUMBER_PATTERN} notes suivantes) :"
_NEW_TABLE: Final = rf"le tableau(?: (?P<table>{_QUOTE}))? suivant :"
_NEW_SECTION: Final = (
    rf"(?:un article (?P<number>{_LABEL}) ainsi rédigé"
    rf"|une partie (?P<title>{_QUOTE}) ainsi rédigée) :"
)
_ANNEX: Final = rf"l’annexe (?P<joined>{_LABEL})"
_TARGET: Final = (
    rf"(?:(?:l’article|l’annexe) (?P<numbered>{_LABEL})|la fiche (?P<sheet>{_SHEET})"
    rf"(?: de l’annexe {_LABEL})?|la partie (?P<named>{_QUOTE})|les (?P<listed>visas|considérants)"
    rf"|la (?P<identity>{PARTIES_NAME}))(?: et garde son numéro)?"
)
_JOINED: Final = "jointe au présent avenant"

HEADING: Final = re.compile(rf"{_SUBJECT} {_BE} ainsi modifiée?s? :")
"""« L’article 6.2 est ainsi modifié : »."""


@dataclass(frozen=True, slots=True)
class SentenceForm:
    """One form: the kind that it tells, and the side where the words alone do not say it."""

    kind: OperationKind
    pattern: re.Pattern[str]
    side: OperationSide | None = None


def _form(kind: OperationKind, pattern: str, side: OperationSide | None = None) -> SentenceForm:
    return SentenceForm(kind, re.compile(pattern), side)


_WORD_FORMS: Final = (
    _form("replace_words", rf"au {_PARAGRAPH}, {_OCCURRENCE}{_OLD} {_BE} remplacée?s? par {_NEW}"),
    _form(
        "insert_words",
        rf"au {_PARAGRAPH}, {_OCCURRENCE}{_SIDE} {_OLD}, {_BE} insérée?s? {_NEW}",
    ),
    _form("insert_words", rf"le {_PARAGRAPH} est complété par {_NEW}", "end"),
    _form("insert_words", rf"au début du {_PARAGRAPH}, {_BE} insérée?s? {_NEW}", "start"),
    _form("delete_words", rf"au {_PARAGRAPH}, {_OCCURRENCE}{_OLD} {_BE} supprimée?s?"),
)
_PARAGRAPH_FORMS: Final = (
    _form(
        "replace_paragraph",
        rf"{_PARAGRAPHS} {_BE} remplacés? par (?:{_SO_WORDED}|le \w+ suivant :"
        rf"|les {NUMBER_PATTERN} \w+ suivants :)",
    ),
    _form("insert_paragraphs", rf"{_SIDE} {_PARAGRAPHS}, il est inséré {_SO_WORDED}"),
    _form("insert_paragraphs", rf"{_SUBJECT} {_BE} complétée?s? par {_SO_WORDED}", "end"),
    _form("insert_paragraphs", rf"au début{_OF}, il est inséré {_SO_WORDED}", "start"),
    _form("delete_paragraphs", rf"{_PARAGRAPHS} {_BE} supprimés?"),
    _form(
        "replace_title",
        rf"l’intitulé{_OF} est remplacé par l’intitulé : (?P<new>{_QUOTE})",
    ),
)
_TABLE_FORMS: Final = (
    _form("replace_row", rf"dans le {_TABLE}, {_ROW} est remplacée par {_ROWS}"),
    _form("insert_rows", rf"dans le {_TABLE}, {_SIDE} {_ROW}, {_BE} insérées? {_ROWS}"),
    _form("insert_rows", rf"le {_TABLE} est complété par {_ROWS}", "end"),
    _form("insert_rows", rf"au début du {_TABLE}, {_BE} insérées? {_ROWS}", "start"),
    _form("delete_row", rf"dans le {_TABLE}, {_ROW} est supprimée"),
    _form("replace_table", rf"le {_TABLE} est remplacé par le tableau suivant :"),
    _form("delete_table", rf"le {_TABLE} est supprimé"),
    _form("insert_table", rf"{_SIDE} le {_PARAGRAPH}, il est inséré {_NEW_TABLE}"),
    _form("insert_table", rf"{_SUBJECT} {_BE} complétée?s? par {_NEW_TABLE}", "end"),
    _form("insert_table", rf"au début{_OF}, il est inséré {_NEW_TABLE}", "start"),
    _form(
        "replace_note",
        rf"la (?:(?P<note>{ORDINAL_PATTERN}) )?note du {_TABLE} est remplacée par {_NOTES}",
    ),
    _form("replace_note", rf"le {_TABLE} est complété par {_NOTES}", "end"),
    _form("replace_note", rf"la (?:(?P<note>{ORDINAL_PATTERN}) )?note du {_TABLE} est supprimée"),
)
_UNIT_FORMS: Final = (
    _form("replace_sheet", rf"{_SUBJECT} est remplacée par la fiche {_JOINED}"),
    _form(
        "replace_annex", rf"{_SUBJECT} est remplacée par l’annexe (?P<joined>{_LABEL}) {_JOINED}"
    ),
    _form(
        "insert_sheet",
        rf"{_SIDE} {_SUBJECT}, il est inséré la fiche (?P<joined>{_SHEET}) {_JOINED}",
    ),
    _form(
        "insert_sheet",
        rf"{_SUBJECT} {_BE} complétée?s? par la fiche (?P<joined>{_SHEET}) {_JOINED}",
        "end",
    ),
    _form(
        "insert_annex",
        rf"{_SIDE} {_SUBJECT}, il est inséré {_ANNEX} {_JOINED}",
    ),
    _form("replace_section", rf"{_SUBJECT} {_BE} remplacée?s? par les dispositions suivantes :"),
    _form("insert_section", rf"{_SIDE} {_SUBJECT}, il est inséré {_NEW_SECTION}"),
    _form("insert_section", rf"{_SUBJECT} {_BE} complétée?s? par {_NEW_SECTION}", "end"),
    _form("insert_annex", rf"{_SUBJECT} {_BE} complétée?s? par {_ANNEX} {_JOINED}", "end"),
    _form("move_section", rf"{_SUBJECT} {_BE} déplacée?s? {_SIDE} {_TARGET}"),
    _form("move_section", rf"{_SUBJECT} {_BE} déplacée?s? à la fin de {_TARGET}", "end"),
    _form("delete_section", rf"{_SUBJECT} {_BE} supprimée?s?"),
)
FORMS: Final = (*_WORD_FORMS, *_PARAGRAPH_FORMS, *_TABLE_FORMS, *_UNIT_FORMS)
"""In the order in which they are tried; a sentence fits one."""
