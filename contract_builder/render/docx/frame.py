"""The frame: the Word template that officers own, filled with the values of one contract.

docxtpl renders cover, headers, footers and signatures in a sandbox (no globals, undefined names
refused, every value escaped). ``{{ sommaire }}``, ``{{ corps }}`` and ``{{ annexes }}`` become
marks, and each mark's whole paragraph gives way to markup written by the other modules.
"""

import re
from collections.abc import Iterable, Mapping, Set
from functools import lru_cache
from io import BytesIO
from typing import Final

import jinja2
from lxml import etree
from markupsafe import Markup

from contract_builder.errors import TemplateError
from contract_builder.frozen import dataclass
from contract_builder.model.contract import ContractHeader, Signatory
from contract_builder.model.status import STATUS_WORDS
from contract_builder.render.docx.footnotes import refuse_own_notes
from contract_builder.render.docx.page_setup import PageSetup, load_page_setup
from contract_builder.render.docx.template_language import TemplateEnvironment, word_template_reason
from contract_builder.render.docx.template_places import TemplateMark
from contract_builder.render.docx.template_reading import find_names, load_template
from contract_builder.word.active_content import find_active_content
from contract_builder.word.bookmarks import renew_copies
from contract_builder.word.ooxml import WP, XML_DECLARATION, escape, parse_xml, w
from contract_builder.word.package import (
    find_related,
    serialise,
    write_package,
)

SIGNATURE_NAMES: Final = (
    "organisation", "fonction", "qualite", "portee", "nom", "date", "signature"
)  # fmt: skip
"""What a template may print of a signatory; the last three are left to fill by hand."""

_ALL_NAMES: Final = frozenset(SIGNATURE_NAMES)
_LATER_NAMES: Final = ("qualite", "portee")
_INSTRUCTION_TARGET: Final = "contrat"
_LAST_PAGE: Final = "derniere-page"
_DRAWING: Final = f"{{{WP}}}docPr"
_FAULTS_OF_EXPRESSIONS: Final = (TypeError, ValueError, ArithmeticError)
_LINE_ENDS = re.compile("\r\n?")


@dataclass(frozen=True, slots=True)
class WordFrame:
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

    def fill(self, markup: Mapping[TemplateMark, str], last_page: str) -> bytes:
        """The main part with this markup at each mark and this last ``w:sectPr``."""
        document = self.document.replace(_instruction(_LAST_PAGE), last_page, 1)
        for mark in TemplateMark:
            before, _, after = document.partition(_instruction(mark))
            document = f"{before}{markup[mark]}{after}"
        return (XML_DECLARATION + document).encode()


def render_frame(header: ContractHeader, template: bytes) -> WordFrame:
    """The template filled with this header.

    Raises ``TemplateError`` when the file is no Word document, when a name in it is unknown or
    badly written, or when a mark is missing, repeated or not alone in a paragraph of the text.
    """
    loaded = load_template(template)
    parts, main = loaded.parts, loaded.main
    for active in find_active_content(parts):
        raise TemplateError(f"Le modèle Word ne peut servir : {active.message}.")
    if parse_xml(parts[main]).find(w("body")) is None:
        raise TemplateError("Le texte du modèle Word est vide ou n’est pas celui d’un document.")
    refuse_own_notes(parts, main)
    values = frame_values(header, find_names(parts, main))
    try:
        root, rendered = _render_parts(write_package(parts), values)
    except etree.XMLSyntaxError as error:
        message = (
            "Le modèle Word, une fois rempli, n’est plus du XML bien formé : une instruction "
            "commence dans un paragraphe, une cellule ou une ligne et finit dans un autre."
        )
        raise TemplateError(message) from error
    except (jinja2.TemplateError, RecursionError, *_FAULTS_OF_EXPRESSIONS) as error:
        reason = word_template_reason(error)
        message = f"Le modèle Word contient une expression incorrecte : {reason}"
        raise TemplateError(message) from error
    renew_copies([root, *rendered.values()])
    parts.update({name: serialise(part) for name, part in rendered.items()})
    _open_marks(root)
    pages = load_page_setup(_take_last_section(root))
    document = etree.tostring(root, encoding="unicode")
    after_annexes = document.partition(_instruction(TemplateMark.ANNEXES))[2]
    return WordFrame(
        parts=parts,
        main=main,
        document=document,
        pages=pages,
        ends_with_annexes=after_annexes.startswith(_instruction(_LAST_PAGE)),
        used_ids=_used_ids([root, *rendered.values()]),
    )


def frame_values(header: ContractHeader, used: Set[str] = _ALL_NAMES) -> dict[str, object]:
    """The names that a template may use.

    ``contrat`` (titre, sous_titre, agence, code, finess_ej, raison_sociale, version, statut,
    projet, lignes: libelle and valeur), ``signatures`` (rows of two: gauche, droite, each with the
    ``SIGNATURE_NAMES``) and the three marks. ``used`` are the names that the template knows: what a
    signatory's unknown ones would print follows those that it knows.
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
    blocks = [_signature_block(signatory, used) for signatory in header.signatories]
    if len(blocks) % 2:
        blocks.append(dict.fromkeys(SIGNATURE_NAMES, ""))
    rows = [
        {"gauche": left, "droite": right}
        for left, right in zip(blocks[::2], blocks[1::2], strict=True)
    ]
    return {"contrat": contract, "signatures": rows, **{mark.value: mark for mark in TemplateMark}}


def _signature_block(signatory: Signatory, used: Set[str]) -> dict[str, str]:
    """One place to sign.

    A template made before a name existed prints its text on a line of its own under the one before.
    """
    texts = (signatory.organisation, signatory.function, signatory.capacity, signatory.scope)
    block = dict(zip(SIGNATURE_NAMES, (*texts, *signatory.blanks), strict=True))
    lines = [block[name] for name in _LATER_NAMES if name not in used and block[name]]
    if signatory.date and "date" not in used:
        lines.append(block["date"])
    host = next((name for name in reversed(_LATER_NAMES) if name in used), "fonction")
    block[host] = "\n".join(filter(None, (block[host], *lines)))
    return block


def _render_parts(
    template: bytes, values: dict[str, object]
) -> tuple[etree._Element, dict[str, etree._Element]]:
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
            rendered[str(part.partname).removeprefix("/")] = parse_xml(data)
    return word.docx.element, rendered


@lru_cache(maxsize=1)
def _environment() -> TemplateEnvironment:
    """One for the process, for it remembers what it compiled."""
    return TemplateEnvironment(_print_value)


def _print_value(value: object) -> object:
    """What a template prints for a value: its literal characters, or the mark.

    Raises for what is neither text nor number: nobody wants to read « None » in a contract.
    """
    if isinstance(value, TemplateMark):
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
    for mark in TemplateMark:
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
    """All ``w:id`` of bookmarks, revisions and comments, the ids of controls and drawings."""
    used = set()
    for root in roots:
        for element in root.iter(etree.Element):
            value = element.get(w("id")) or (
                element.get(w("val")) if element.tag == w("id") else ""
            )
            if element.tag == _DRAWING:
                value = element.get("id", "")
            if value and value.lstrip("-").isdecimal():
                used.add(int(value))
    return frozenset(used)
