"""The frame: the Word template that officers own, filled with the values of one contract.

docxtpl renders cover, headers, footers and signatures in a sandbox (no globals, undefined names
refused, every value escaped). ``{{ sommaire }}``, ``{{ corps }}`` and ``{{ annexes }}`` become
marks, and each mark's whole paragraph gives way to markup written by the other modules.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from io import BytesIO
from typing import Final

import jinja2
from jinja2.sandbox import ImmutableSandboxedEnvironment
from lxml import etree
from markupsafe import Markup

from contract_builder.errors import TemplateError
from contract_builder.model.contract import ContractHeader, Signatory
from contract_builder.model.status import STATUS_WORDS
from contract_builder.render.docx.footnotes import refuse_own_notes
from contract_builder.render.docx.page_setup import PageSetup, load_page_setup
from contract_builder.word.normalisation import normalise
from contract_builder.word.ooxml import XML_DECLARATION, escape, parse_xml, w
from contract_builder.word.package import (
    find_related,
    get_main_document,
    iter_relationships,
    read_parts,
)

SIGNATURE_NAMES: Final = (
    "organisation", "fonction", "qualite", "portee", "nom", "date", "signature"
)  # fmt: skip
"""What a template may print of a signatory; the last three are left to fill by hand."""

_INSTRUCTION_TARGET: Final = "contrat"
_LAST_PAGE: Final = "derniere-page"
_FAULTS_OF_EXPRESSIONS: Final = (TypeError, ValueError, ArithmeticError)
_LINE_ENDS = re.compile("\r\n?")


class Mark(StrEnum):
    """The places of the template that the writer fills; the value is the name in the template."""

    CONTENTS = "sommaire"
    BODY = "corps"
    ANNEXES = "annexes"


@dataclass(frozen=True, slots=True)
class Frame:
    """A filled template, open at its marks.

    ``document`` is the XML of the main part with one processing instruction per mark, and one
    for the last section; ``parts`` holds all parts, headers and footers filled.
    ``ends_with_annexes`` says that nothing follows the annexes. ``used_ids`` are the identifiers
    that new bookmarks and controls must avoid.
    """

    parts: dict[str, bytes]
    main: str
    document: str
    pages: PageSetup
    ends_with_annexes: bool
    used_ids: frozenset[int]

    def get_part(self, relation: str) -> tuple[str, bytes]:
        """Name and content of a part of the main document (« styles », « numbering »)."""
        name = find_related(self.parts, self.main, relation)
        if name is None or name not in self.parts:
            raise TemplateError(f"Il manque au modèle Word sa partie « {relation} ».")
        return name, self.parts[name]

    def fill(self, markup: Mapping[Mark, str], last_page: str) -> bytes:
        """The main part with this markup at each mark and this last ``w:sectPr``."""
        document = self.document.replace(_instruction(_LAST_PAGE), last_page, 1)
        for mark in Mark:
            before, _, after = document.partition(_instruction(mark))
            document = f"{before}{markup[mark]}{after}"
        return (XML_DECLARATION + document).encode()


def render_frame(header: ContractHeader, template: bytes) -> Frame:
    """The template filled with this header.

    Raises ``TemplateError`` when the file is no Word document, when a name in it is unknown or
    badly written, or when a mark is missing, repeated or not alone in a paragraph of the text.
    """
    template = normalise(template)
    parts = read_parts(template)
    main = get_main_document(parts)
    _refuse_incomplete(parts)
    if parse_xml(parts[main]).find(w("body")) is None:
        raise TemplateError("Le texte du modèle Word est vide ou n’est pas celui d’un document.")
    refuse_own_notes(parts, main)
    try:
        root, rendered = _render_parts(template, frame_values(header))
    except (jinja2.TemplateError, etree.XMLSyntaxError, *_FAULTS_OF_EXPRESSIONS) as error:
        message = f"Le modèle Word contient une expression incorrecte : {error}"
        raise TemplateError(message) from error
    parts.update(rendered)
    _open_marks(root)
    pages = load_page_setup(_take_last_section(root))
    document = etree.tostring(root, encoding="unicode")
    after_annexes = document.partition(_instruction(Mark.ANNEXES))[2]
    return Frame(
        parts=parts,
        main=main,
        document=document,
        pages=pages,
        ends_with_annexes=after_annexes.startswith(_instruction(_LAST_PAGE)),
        used_ids=_used_ids([root, *(parse_xml(part) for part in rendered.values())]),
    )


def _refuse_incomplete(parts: Mapping[str, bytes]) -> None:
    """Raises ``TemplateError`` for a part that another one leads to and that is not there."""
    for source in ("", *parts):
        for relationship in iter_relationships(parts, source):
            if not relationship.external and relationship.target not in parts:
                message = f"Le modèle Word est incomplet : il y manque « {relationship.target} »."
                raise TemplateError(message)


def frame_values(header: ContractHeader) -> dict[str, object]:
    """The names that a template may use.

    ``contrat`` (titre, sous_titre, agence, code, finess_ej, raison_sociale, version, statut,
    projet, lignes: libelle and valeur), ``signatures`` (rows of two: gauche, droite, each with the
    ``SIGNATURE_NAMES``) and the three marks.
    """
    contract = {
        "titre": header.title,
        "sous_titre": header.subtitle,
        "agence": header.agency,
        "code": header.code,
        "finess_ej": header.finess_ej,
        "raison_sociale": header.legal_name,
        "version": header.version,
        "statut": STATUS_WORDS[header.status].capitalize(),
        "projet": header.is_draft,
        "lignes": [{"libelle": li.label, "valeur": li.value} for li in header.cover_lines],
    }
    blocks = [_signature_block(signatory) for signatory in header.signatories]
    if len(blocks) % 2:
        blocks.append(_signature_block(None))
    rows = [
        {"gauche": left, "droite": right}
        for left, right in zip(blocks[::2], blocks[1::2], strict=True)
    ]
    return {"contrat": contract, "signatures": rows, **{mark.value: mark for mark in Mark}}


def _signature_block(signatory: Signatory | None) -> dict[str, str]:
    """One place to sign; all its texts are empty where the last row has one signatory only."""
    if signatory is None:
        return dict.fromkeys(SIGNATURE_NAMES, "")
    shown = (signatory.organisation, signatory.function, signatory.capacity, signatory.scope)
    return dict(zip(SIGNATURE_NAMES, (*shown, *signatory.blanks), strict=True))


def _render_parts(
    template: bytes, values: dict[str, object]
) -> tuple[etree._Element, dict[str, bytes]]:
    """The filled main document, and the filled headers and footers by part name."""
    from docxtpl import DocxTemplate

    environment = _environment()
    word = DocxTemplate(BytesIO(template))
    try:
        word.render_init()
    except (AttributeError, KeyError) as error:  # python-docx meets a part of another kind
        raise TemplateError("Le modèle Word est abîmé : ses parties ne se suivent pas.") from error
    body = word.build_xml(values, environment)
    # docxtpl repairs what is not well-formed by dropping it in silence: refuse instead.
    parse_xml(body.encode())
    word.map_tree(word.fix_tables(body))
    rendered = {}
    for relation in (word.HEADER_URI, word.FOOTER_URI):
        for key, data in word.build_headers_footers_xml(values, relation, environment):
            part = word.docx.part.rels[key].target_part
            rendered[str(part.partname).removeprefix("/")] = data
    return word.docx.element, rendered


def _environment() -> ImmutableSandboxedEnvironment:
    environment = ImmutableSandboxedEnvironment(
        autoescape=True, undefined=_UnknownName, finalize=_print_value
    )
    environment.globals.clear()
    del environment.filters["safe"]
    return environment


class _UnknownName(jinja2.StrictUndefined):
    """A name that a template may not use: refused in French wherever it would count."""

    __slots__ = ()

    @property
    def _undefined_message(self) -> str:
        return f"le nom « {self._undefined_name} » n’existe pas"


def _print_value(value: object) -> object:
    """What a template prints for a value: its literal characters, or the mark.

    Raises for what is neither text nor number: nobody wants to read « None » in a contract.
    """
    if isinstance(value, Mark):
        return Markup(_instruction(value))  # noqa: S704 – one of our own three constants
    if isinstance(value, Markup):
        return value
    plain = str(value)
    if isinstance(value, bool) or not isinstance(value, str | int):
        raise jinja2.TemplateRuntimeError(f"« {plain[:60]} » n’est ni un texte ni un nombre")
    text = escape(_LINE_ENDS.sub("\n", plain))
    # docxtpl reads « {_{ » and its like as braces: an encoded underscore stays one.
    return Markup(text.replace("{_", "{&#95;").replace("_}", "&#95;}"))  # noqa: S704 – escaped


def _instruction(name: str) -> str:
    return f"<?{_INSTRUCTION_TARGET} {name}?>"


def _open_marks(root: etree._Element) -> None:
    """Replace the paragraph of each mark by its bare instruction."""
    body = root.find(w("body"))
    found = [
        item
        for item in root.iter(etree.ProcessingInstruction)
        if isinstance(item, etree._ProcessingInstruction) and item.target == _INSTRUCTION_TARGET
    ]
    for mark in Mark:
        places = [pi for pi in found if pi.text == mark]
        name = f"{{{{ {mark} }}}}"
        if len(places) != 1:
            problem = "ne contient pas" if not places else "contient plusieurs fois"
            raise TemplateError(f"Le modèle Word {problem} le repère {name}.")
        paragraph = next(places[0].iterancestors(w("p")), None)
        in_body = paragraph is not None and paragraph.getparent() is body
        if body is None or paragraph is None or not in_body or _holds_more(paragraph):
            message = (
                f"Dans le modèle Word, le repère {name} doit être seul dans un paragraphe du "
                "texte, hors de tout tableau, en-tête ou pied de page."
            )
            raise TemplateError(message)
        instruction = etree.ProcessingInstruction(_INSTRUCTION_TARGET, str(mark))
        body.replace(paragraph, instruction)


def _holds_more(paragraph: etree._Element) -> bool:
    """True when a paragraph has text of its own or ends a section."""
    for text in paragraph.iter(w("t")):
        around = (text.text or "") + "".join(child.tail or "" for child in text)
        if around.strip():
            return True
    return next(paragraph.iter(w("sectPr")), None) is not None


def _take_last_section(root: etree._Element) -> etree._Element:
    """The last ``w:sectPr``, replaced by an instruction in the document."""
    body = root.find(w("body"))
    section = None if body is None else body.find(w("sectPr"))
    if body is None or section is None:
        raise TemplateError("Le modèle Word ne définit pas la page de sa dernière section.")
    instruction = etree.ProcessingInstruction(_INSTRUCTION_TARGET, _LAST_PAGE)
    body.replace(section, instruction)
    return section


def _used_ids(roots: Iterable[etree._Element]) -> frozenset[int]:
    """All ``w:id`` of bookmarks, revisions and comments, and the ids of content controls."""
    used = set()
    for root in roots:
        for element in root.iter(etree.Element):
            value = element.get(w("id")) or (
                element.get(w("val")) if element.tag == w("id") else ""
            )
            if value and value.lstrip("-").isdecimal():
                used.add(int(value))
    return frozenset(used)
