"""A sheet of several parts (« volets ») as the establishment that chose one of them reads it.

Such a sheet says in its own words what belongs to a part: a text that begins with its name
(« Pharmacie : … »), sentences of the definition that do, paragraphs of the context that open with
it in bold (« **Pharmacie.** … »), up to the next name. What names no part belongs to all.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace

from contract_builder.model.blocks import Block, Paragraph, Text
from contract_builder.model.fiche import Fiche, FicheHeader


def keep_volet(fiche: Fiche, volet: str) -> Fiche:
    """The sheet without what belongs to another part; the sheet itself when none is chosen."""
    others = [name for name in fiche.volets if name != volet]
    if not volet or not others:
        return fiche
    return replace(fiche, header=_header_of(fiche.header, fiche.volets, volet))


def keep_volet_blocks(blocks: tuple[Block, ...], fiche: Fiche, volet: str) -> tuple[Block, ...]:
    """The context without the paragraphs of another part."""
    if not volet:
        return blocks
    kept: list[Block] = []
    current = ""
    for block in blocks:
        current = _named_in_bold(block, fiche.volets) or current
        if current in ("", volet):
            kept.append(block)
    return tuple(kept)


def _header_of(header: FicheHeader, volets: tuple[str, ...], volet: str) -> FicheHeader:
    def all_of(texts: Iterable[str]) -> tuple[str, ...]:
        return tuple(text for text in texts if _owner(text, volets) in ("", volet))

    def one_of(text: str) -> str:
        return " ".join(all_of(_iter_parts(text, volets)))

    indicator, formula = header.indicateur, header.indicateur.formule
    if formula is not None:
        formula = replace(formula, unite=one_of(formula.unite))
    return replace(
        header,
        indicateur=replace(indicator, definition=one_of(indicator.definition), formule=formula),
        partenaires=all_of(header.partenaires),
        pilotage=one_of(header.pilotage),
        sources_donnees=all_of(header.sources_donnees),
        critere=one_of(header.critere),
        bonnes_pratiques=all_of(header.bonnes_pratiques),
        accompagnement=all_of(header.accompagnement),
        preuves=all_of(header.preuves),
        suivi=one_of(header.suivi),
    )


def _iter_parts(text: str, volets: tuple[str, ...]) -> Iterator[str]:
    """The text cut before each « name : » that begins a sentence."""
    names = "|".join(map(re.escape, volets))
    yield from re.split(rf"(?<=[.;])\s+(?=(?:{names})\s*:)", text)


def _owner(text: str, volets: tuple[str, ...]) -> str:
    """The part that a text begins by naming; empty for all parts."""
    return next((name for name in volets if re.match(rf"{re.escape(name)}\s*:", text)), "")


def _named_in_bold(block: Block, volets: tuple[str, ...]) -> str:
    match block:
        case Paragraph(content=(Text(text=text, bold=True), *_)):
            return next((name for name in volets if text.strip(" .:\u00a0") == name), "")
        case _:
            return ""
