"""Two contracts → a redline that is proved, or none at all."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Final

from contract_builder.compare.comparison import Comparison, compare_contracts
from contract_builder.compare.redline.blocks import WIDTHS, Width
from contract_builder.compare.redline.document import Signed, Sources, write_redline
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

    ``template_name`` says in French which template makes it.
    """

    old: bytes | None = None
    new: bytes | None = None
    template_name: str = "le modèle actuel"


NOTHING_DELIVERED: Final = Delivered()


def render_compared(
    comparison: Comparison,
    template: bytes,
    author: str,
    at: datetime,
    delivered: Delivered = NOTHING_DELIVERED,
) -> Redline:
    """The same from a comparison that is already made, proved against the files handed out.

    Files that cannot be told in one file (other styles, headers of another order) raise UserError
    or InternalError: the caller may ask again without them.
    """
    signed = Signed(check_author(author), at)
    sources = Sources(
        delivered.old or render_docx(comparison.old, template),
        delivered.new or render_docx(comparison.new, template),
        template,
    )
    made = prove_widening(comparison.script, sources, signed)
    recomposed = tuple(
        f"{side} contrat est recomposé avec {delivered.template_name}, faute du fichier remis : "
        "les numéros de pages du sommaire et ce qui viendrait d’un autre modèle (couverture, "
        "en-têtes, pieds de page, styles) ne sont pas prouvés"
        for side, given in (("l’ancien", delivered.old), ("le nouveau", delivered.new))
        if given is None
    )
    return replace(made, proof=replace(made.proof, recomposed=recomposed))


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
