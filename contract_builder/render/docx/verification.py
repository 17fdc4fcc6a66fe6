"""Is a Word file sound, and does it say exactly what its contract says?"""

from collections.abc import Iterable, Mapping, Sequence
from types import MappingProxyType
from typing import Final

from contract_builder.errors import InternalRenderError, TemplateError
from contract_builder.model.contract import Contract
from contract_builder.render.characters import explain_unreadable
from contract_builder.render.figures import refuse_other_figures
from contract_builder.render.text import contract_text, cover_text, required_signature_text
from contract_builder.render.text_gate import TextDifference, find_text_difference, squeeze
from contract_builder.word.extraction import extract_document
from contract_builder.word.pictures import Picture, find_pictures
from contract_builder.word.structure import check_structure

_NO_PICTURES: Final[Mapping[str, bytes]] = MappingProxyType({})


def verify_docx(
    contract: Contract, data: bytes, pictures: Mapping[str, bytes] = _NO_PICTURES
) -> None:
    """Raises InternalRenderError unless the Word file is sound and says what the contract says.

    Its figures are these ``pictures``, by key; without any, they are told in words. Cover and
    signatures are its officers': each text of ours is there, among theirs. TemplateError for one
    that the template leaves out.
    """
    defects = check_structure(data)
    if defects:
        raise InternalRenderError(f"document Word mal formé : {' ; '.join(defects[:5])}")
    document = extract_document(data)
    verify_cover(contract, document.front, "modèle Word")
    wanted = contract_text(contract, signatures=(), figures="seen" if pictures else "told")
    refuse_difference(find_text_difference(wanted, document.sections), "DOCX")
    if pictures:
        shown = [Picture(item.text, pictures[item.key]) for item in contract.iter_figures()]
        refuse_other_figures(_told(shown), _told(find_pictures(data)), "DOCX")
    block = squeeze(document.frame)
    for text in required_signature_text(contract):
        if squeeze([text]) not in block:
            raise TemplateError(
                f"Le bloc de signature du modèle Word ne porte pas « {text} » : l’organisme, la "
                "fonction, la qualité et la portée de chaque signataire doivent y figurer, et la "
                "date de signature quand elle est connue."
            )


def _told(pictures: Iterable[Picture]) -> list[tuple[str, object]]:
    return [(picture.description, picture.data) for picture in pictures]


def verify_cover(contract: Contract, front: Sequence[str], name: str) -> None:
    """Every text of the cover is there, in any order: officers own the cover.

    Raises TemplateError for a text that the template leaves out, UserError for one that cannot be
    read back.
    """
    cover = squeeze(front)
    for text in cover_text(contract.header):
        if squeeze([text]) not in cover:
            raise explain_unreadable(contract, text) or TemplateError(
                f"La couverture du {name} ne porte pas « {text} » : le titre, le sous-titre et "
                "toutes les lignes du contrat doivent y figurer, dans l’ordre que vous voulez."
            )


def refuse_difference(difference: TextDifference | None, name: str) -> None:
    """Raises InternalRenderError for a difference between a document and its contract."""
    if difference is not None:
        raise InternalRenderError(f"le texte du {name} diffère du contrat, {difference}")
