"""Characters that a document cannot show, or cannot be shown to show: said in words that help.

They come from the user's files or from a contract file changed by hand, so that they are refused
as such, with the section where they stand, and never as a fault of ours.
"""

import dataclasses
import re
import unicodedata
from collections.abc import Iterator
from typing import Final

from contract_builder.errors import UserError
from contract_builder.model.contract import Contract, Section
from contract_builder.reading.characters import FORBIDDEN, code_point
from contract_builder.render.text import cover_text, section_text

_LONGEST_WORD: Final = 5000
_DIRECTION_MARKS: Final = re.compile("[\u202a-\u202e\u2066-\u2069]")


def refuse_unprintable(contract: Contract) -> None:
    """Raises UserError for the first text of the contract that no format can hold.

    A character that is none, or a word without end: it has no place where a line may break, and
    the PDF's writer stops at 65,535 bytes.
    """
    for place, text in _iter_places(contract):
        longest = max(text.split(), key=len, default="") if len(text) > _LONGEST_WORD else ""
        if len(longest) > _LONGEST_WORD:
            raise UserError(
                f"Le contrat porte dans {place} un mot de {len(longest)} caractères, qui ne tient "
                f"sur aucune ligne : « {longest[:40]}… ». Abrégez-le, ou mettez-y des espaces."
            )
        found = FORBIDDEN.search(text)
        if found:
            raise UserError(
                f"Le contrat porte dans {place} le caractère invisible "
                f"{code_point(found.group())}, qui ne peut être imprimé : supprimez-le."
            )


def explain_missing_glyph(contract: Contract, character: str) -> UserError:
    """What to tell the user about a character that no font of the PDF has."""
    places = (place for place, text in _iter_places(contract) if character in text)
    place = next(places, "le contrat")
    return UserError(
        f"Aucune police du PDF n’a le caractère « {character} » ({code_point(character)}), "
        f"qui se trouve dans {place} : écrivez-le autrement."
    )


def explain_unreadable(contract: Contract, excerpts: str) -> UserError | None:
    """What to tell the user about a text that cannot be read back from a PDF in its order.

    None when the excerpts hold nothing of the kind: scripts from right to left, marks that combine
    with a letter, changes of direction.
    """
    found = next((character for character in excerpts if _is_hard_to_read(character)), "")
    if not found:
        return None
    places = (place for place, text in _iter_places(contract) if found in text)
    place = next(places, "le contrat")
    return UserError(
        f"Le texte de {place} comprend une écriture (caractère {code_point(found)}) que l’on ne "
        "sait pas relire dans un PDF pour le vérifier : transcrivez-le en lettres latines."
    )


def _is_hard_to_read(character: str) -> bool:
    return (
        unicodedata.bidirectional(character) in ("R", "AL", "AN")
        or unicodedata.combining(character) != 0
        or _DIRECTION_MARKS.match(character) is not None
    )


def _iter_places(contract: Contract) -> Iterator[tuple[str, str]]:
    """Every place of the contract, named for a reader, with its own text."""
    header = contract.header
    around = (header.agency, header.code, header.legal_name)
    yield "la couverture", "\n".join((*cover_text(header), *around))
    for section in contract.sections:
        yield from _iter_section_places(section, "le texte qui précède le premier titre")
    signatures = (
        text for signatory in header.signatories for text in dataclasses.astuple(signatory)
    )
    yield "les signatures", "\n".join(signatures)


def _iter_section_places(section: Section, above: str) -> Iterator[tuple[str, str]]:
    place = f"« {section.heading} »" if section.heading else above
    yield place, "\n".join(section_text(section))
    for child in section.children:
        yield from _iter_section_places(child, place)
