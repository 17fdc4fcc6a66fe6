"""Two contracts → a redline that is proved, or none at all."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Final

from contract_builder.compare.comparison import Comparison, compare_contracts
from contract_builder.compare.redline.blocks import WIDTHS, Width
from contract_builder.compare.redline.document import Signed, Sources, write_redline
from contract_builder.compare.redline.joining import find_obstacles
from contract_builder.compare.redline.proof import RedlineProof, prove_redline
from contract_builder.compare.script import Script
from contract_builder.errors import UserError
from contract_builder.model.contract import Contract
from contract_builder.render.docx.writer import render_docx

Writer = Callable[[Script, Sources, Signed, Width], bytes]


@dataclass(frozen=True, slots=True)
class Redline:
    """The Word file and its proof, which always holds."""

    docx: bytes
    proof: RedlineProof


def render_redline(
    old: Contract, new: Contract, template: bytes, author: str, at: datetime
) -> Redline:
    """The new contract with every change from the old one marked, and the proof of it.

    ``author`` and ``at`` sign every mark (a time with a zone is told in UTC). Raises UserError
    when the author cannot be written, or when no redline of these contracts can be proved;
    ``TemplateError`` when the template cannot be used.
    """
    return render_compared(compare_contracts(old, new), template, author, at)


@dataclass(frozen=True, slots=True)
class Delivered:
    """The Word files of both contracts that were handed out; None for one that is made again.

    ``template_name`` says in French which template makes it; ``old_pages`` and ``new_pages`` are
    the page numbers of its contents by section, as the PDF engine counts them, empty when unknown.
    """

    old: bytes | None = None
    new: bytes | None = None
    template_name: str = "le modèle actuel"
    old_pages: Mapping[str, int] = field(default_factory=dict)
    new_pages: Mapping[str, int] = field(default_factory=dict)


NOTHING_DELIVERED: Final = Delivered()


def render_compared(
    comparison: Comparison,
    template: bytes,
    author: str,
    at: datetime,
    delivered: Delivered = NOTHING_DELIVERED,
) -> Redline:
    """The same from a comparison that is already made, proved against the files handed out.

    Files that cannot be told in one file (other styles, other settings) raise UserError, which
    names what differs: the caller may ask again without them.
    """
    signed = Signed(check_author(author), at)
    sources = Sources(
        delivered.old or render_docx(comparison.old, template, delivered.old_pages),
        delivered.new or render_docx(comparison.new, template, delivered.new_pages),
        template,
    )
    obstacles = find_obstacles(sources.old, sources.new)
    if obstacles:
        raise UserError(
            "Word ne peut suivre ce qui diffère entre les deux fichiers outre leur texte : "
            f"{', '.join(obstacles)}."
        )
    made = prove_widening(comparison.script, sources, signed)
    recomposed = tuple(
        _tell_recomposed(side, delivered.template_name, has_pages=bool(pages))
        for side, given, pages in (
            ("l’ancien", delivered.old, delivered.old_pages),
            ("le nouveau", delivered.new, delivered.new_pages),
        )
        if given is None
    )
    return replace(made, proof=replace(made.proof, recomposed=recomposed))


def _tell_recomposed(side: str, template_name: str, *, has_pages: bool) -> str:
    pages = (
        "les numéros de pages du sommaire sont ceux du PDF, non ceux du fichier remis"
        if has_pages
        else "le sommaire y porte « – » au lieu des numéros de pages, qui ne sont pas prouvés"
    )
    return (
        f"{side} contrat est recomposé avec {template_name}, faute du fichier remis : {pages} ; "
        "ce qui viendrait d’un autre modèle (couverture, en-têtes, pieds de page, styles) n’est "
        "pas prouvé"
    )


def prove_widening(
    script: Script, sources: Sources, signed: Signed, write: Writer = write_redline
) -> Redline:
    """The closest redline that is proved: by words, else whole paragraphs, else whole blocks.

    UserError when none is: a doubtful redline is never given.
    """
    defects: tuple[str, ...] = ()
    for width in WIDTHS:
        docx = write(script, sources, signed, width)
        proof = prove_redline(docx, sources.old, sources.new, width)
        if proof.holds:
            return Redline(docx, proof)
        defects = proof.defects
    raise UserError(
        "Le document des changements n’a pas pu être prouvé, il n’est donc pas remis : "
        f"{defects[0]}. Les autres vues de la comparaison restent disponibles (json, html, xlsx)."
    )


def check_author(author: str) -> str:
    """The name that signs the marks. UserError when it cannot be written in one line."""
    name = author.strip()
    if not name or not name.isprintable():
        raise UserError(
            "Les changements doivent porter le nom d’un auteur, en une ligne et sans caractère "
            "de commande."
        )
    return name
