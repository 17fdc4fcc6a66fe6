"""What is missing or wrong in a Word template, all at once, with the place and the text around.

``render_docx`` stops at the first defect; an officer who mends a template wants them all. Ends with
a trial, which finds what no check foresees.
"""

from collections.abc import Callable, Iterator, Mapping
from functools import lru_cache
from typing import Final

from lxml import etree

from contract_builder.diagnostics import Severity
from contract_builder.errors import InternalRenderError, TemplateError
from contract_builder.frozen import dataclass
from contract_builder.render.docx.footnotes import refuse_own_notes
from contract_builder.render.docx.frame import frame_values
from contract_builder.render.docx.styles import Style, load_styles
from contract_builder.render.docx.template_fields import FieldReader
from contract_builder.render.docx.template_places import (
    COVER,
    MARKS,
    TemplateMark,
    TemplatePart,
    TemplateText,
    iter_own,
    iter_template_parts,
    iter_texts,
)
from contract_builder.render.docx.template_reading import LoadedTemplate, load_template
from contract_builder.render.docx.template_styles import add_table_style
from contract_builder.render.docx.verification import verify_docx
from contract_builder.render.docx.writer import render_docx
from contract_builder.render.text import cover_text
from contract_builder.render.text_gate import squeeze
from contract_builder.render.trial_contract import TRIAL_CONTRACTS, TRIAL_HEADER
from contract_builder.word.active_content import find_active_content
from contract_builder.word.extraction import extract_document
from contract_builder.word.ooxml import PIC, WP, parse_xml, w
from contract_builder.word.package import find_related, telling_malformed_parts
from contract_builder.word.structure import check_structure, find_bookmark_defects

_AROUND: Final = 60
_DECORATIVE: Final = "{http://schemas.microsoft.com/office/drawing/2017/decorative}decorative"
_COMMENTS: Final = tuple(
    w(name) for name in ("commentReference", "commentRangeStart", "commentRangeEnd")
)
_REVISIONS: Final = tuple(
    w(name)
    for name in ("ins", "del", "moveFrom", "moveTo", "pPrChange", "rPrChange", "sectPrChange",
                 "tblPrChange", "trPrChange", "tcPrChange", "tblGridChange", "tblPrExChange",
                 "numberingChange", "cellIns", "cellDel", "cellMerge")
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class TemplateDefect:
    """One thing to mend: the place (« couverture », « en-tête »…), what is wrong, the text around.

    ``place`` is « modèle » for what concerns the whole file. An « erreur » refuses the template; an
    « avertissement » tells what its reader would see and no contract keeps, a « note » what nobody
    sees.
    """

    place: str
    message: str
    around: str = ""
    severity: Severity = "erreur"

    def __str__(self) -> str:
        shown = f" – « {self.around} »" if self.around else ""
        return f"{self.place} : {self.message}{shown}"


@dataclass(frozen=True, slots=True)
class _Template:
    """A template taken apart; ``texts`` are all paragraphs of all ``shown`` parts."""

    loaded: LoadedTemplate
    shown: tuple[TemplatePart, ...]
    texts: tuple[TemplateText, ...]

    @property
    def parts(self) -> Mapping[str, bytes]:
        """The parts of the file, as they are filled."""
        return self.loaded.parts

    @property
    def main(self) -> str:
        """The name of the main part."""
        return self.loaded.main

    def place_of(self, name: str) -> str:
        """Where a part is seen."""
        return next((part.label or "texte" for part in self.shown if part.name == name), "modèle")


def check_template(template: bytes) -> list[TemplateDefect]:
    """Every defect of a Word template; no « erreur » among them for one that can be used.

    Ends with a trial: a template without error is filled for made-up contracts, and what comes out
    is verified as every contract is.
    """
    return list(_check_once(template))


@lru_cache(maxsize=2)
def _check_once(template: bytes) -> tuple[TemplateDefect, ...]:
    """A batch asks again for each contract."""
    try:
        with telling_malformed_parts():
            return tuple(_check(template))
    except TemplateError as error:
        return (TemplateDefect("modèle", str(error)),)


def _check(template: bytes) -> list[TemplateDefect]:
    loaded = load_template(template)
    shown = tuple(iter_template_parts(loaded.parts, loaded.main))
    texts = tuple(text for part in shown for text in iter_texts(part))
    taken = _Template(loaded, shown, texts)
    defects = list(dict.fromkeys(defect for check in TEMPLATE_CHECKS for defect in check(taken)))
    if not any(defect.severity == "erreur" for defect in defects):
        defects += dict.fromkeys(_try(template))
    return defects


def check_active_content(template: _Template) -> Iterator[TemplateDefect]:
    """Nothing acts by itself or comes from elsewhere."""
    for active in find_active_content(template.parts):
        yield TemplateDefect(template.place_of(active.part), active.message)


def check_carried(template: _Template) -> Iterator[TemplateDefect]:
    """What is taken out of the template for no contract to carry it: told, not refused."""
    for carried in template.loaded.carried:
        severity: Severity = "avertissement" if carried.is_visible else "note"
        place = template.place_of(carried.part) if carried.is_visible else "réglages"
        yield TemplateDefect(
            place, f"chaque contrat porterait {carried.what} : retiré", severity=severity
        )


def _check_identifiers(template: _Template) -> Iterator[TemplateDefect]:
    """Bookmarks of the template itself are whole and have one name each."""
    for message in find_bookmark_defects([part.root for part in template.shown]):
        yield TemplateDefect("modèle", message)


def check_marks(template: _Template) -> Iterator[TemplateDefect]:
    """Each mark stands once, alone in a paragraph of the text."""
    for mark, pattern in MARKS.items():
        name = f"{{{{ {mark} }}}}"
        count = 0
        for text in template.texts:
            if text.alone and pattern.fullmatch(text.text.strip()):
                count += 1
            elif pattern.search(text.text):
                message = (
                    f"le repère {name} ne peut servir ici : il se met seul dans un paragraphe du "
                    "texte, hors de tout tableau, zone de texte, en-tête ou pied de page"
                )
                yield _defect(text, message)
        if count != 1:
            problem = f"figure {count} fois" if count else "manque"
            message = f"le repère {name} {problem} ; il se met une fois, seul dans un paragraphe"
            yield TemplateDefect("modèle", message)
    marks = [
        mark
        for text in template.texts
        if text.alone
        for mark, pattern in MARKS.items()
        if pattern.fullmatch(text.text.strip())
    ]
    if sorted(marks, key=list(TemplateMark).index) != marks:
        names = ", ".join(f"{{{{ {mark} }}}}" for mark in TemplateMark)
        yield TemplateDefect("modèle", f"les repères se suivent dans un autre ordre que {names}")


def check_template_fields(template: _Template) -> Iterator[TemplateDefect]:
    """Fields are whole, name what exists, and stand where every reader finds them."""
    fields = FieldReader({**frame_values(TRIAL_HEADER), "loop": None})
    for text in template.texts:
        for message in fields.iter_defects(text.paragraph, text.text):
            yield _defect(text, message)
        if text.in_box and any(sign in text.text for sign in ("{{", "{%")):
            message = (
                "un champ se trouve dans une zone de texte, que les lecteurs d’écran passent : "
                "mettez-le dans un paragraphe ou un tableau"
            )
            yield _defect(text, message)


def check_pictures(template: _Template) -> Iterator[TemplateDefect]:
    """Every picture has an alternative text."""
    for text in template.texts:
        for frame in iter_own(text.paragraph, f"{{{WP}}}inline", f"{{{WP}}}anchor"):
            properties = frame.find(f"{{{WP}}}docPr")
            has_picture = next(frame.iter(f"{{{PIC}}}pic"), None) is not None
            if has_picture and properties is not None and not _is_described(properties):
                name = properties.get("name", "")
                message = f"l’image « {name} » n’a pas de texte de remplacement"
                yield TemplateDefect(text.place, message, _shortened(text.text))


def _is_described(properties: etree._Element) -> bool:
    if properties.get("descr", "").strip():
        return True
    return any(mark.get("val") == "1" for mark in properties.iter(_DECORATIVE))


def check_leftovers(template: _Template) -> Iterator[TemplateDefect]:
    """No tracked change and no comment, which every contract would carry."""
    for part in template.shown:
        place = part.label or "texte"
        if next(part.root.iter(*_REVISIONS), None) is not None:
            message = "il reste des modifications suivies : acceptez-les ou refusez-les"
            yield TemplateDefect(place, message)
        if next(part.root.iter(*_COMMENTS), None) is not None:
            message = "il reste un commentaire, que chaque contrat porterait : supprimez-le"
            yield TemplateDefect(place, message)


def check_page_numbers(template: _Template) -> Iterator[TemplateDefect]:
    """The pages that the contents send to have numbers."""
    for part in template.shown:
        if part.label and any(word == "PAGE" for word in _iter_field_names(part.root)):
            return
    message = (
        "aucun en-tête ni pied de page n’a de numéro de page : insérez-y le champ « Page », auquel "
        "le sommaire renvoie"
    )
    yield TemplateDefect("pied de page", message)


def _iter_field_names(root: etree._Element) -> Iterator[str]:
    """The first word of every field of Word: PAGE, NUMPAGES."""
    for element in root.iter(w("instrText"), w("fldSimple")):
        text = element.text if element.tag == w("instrText") else element.get(w("instr"))
        yield from (text or "").split()[:1]


def check_notes(template: _Template) -> Iterator[TemplateDefect]:
    """The contract's footnotes are the only ones."""
    try:
        refuse_own_notes(template.parts, template.main)
    except TemplateError as error:
        yield TemplateDefect("notes", str(error))


def check_template_styles(template: _Template) -> Iterator[TemplateDefect]:
    """Each style that the contract uses is there, and lists keep their numbering."""
    data = template.parts.get(find_related(template.parts, template.main, "styles") or "")
    if data is None:
        yield TemplateDefect("styles", "le modèle n’a pas de styles")
        return
    names = {
        (name.get(w("val"), "")).casefold()
        for style in parse_xml(data).iterfind(w("style"))
        if (name := style.find(w("name"))) is not None
    }
    names.add(Style.TABLE.casefold())  # ``render_docx`` adds it, for LibreOffice cannot
    missing = [style for style in Style if style.casefold() not in names]
    for style in missing:
        yield TemplateDefect("styles", f"le style {style.shown} manque")
    if not missing:
        try:
            load_styles(add_table_style(data))
        except TemplateError as error:
            yield TemplateDefect("styles", str(error))


_Check = Callable[[_Template], Iterator[TemplateDefect]]
TEMPLATE_CHECKS: tuple[_Check, ...] = (
    check_active_content,
    _check_identifiers,
    check_marks,
    check_template_fields,
    check_pictures,
    check_leftovers,
    check_page_numbers,
    check_notes,
    check_template_styles,
    check_carried,
)


def _defect(text: TemplateText, message: str) -> TemplateDefect:
    return TemplateDefect(text.place, message, _shortened(text.text))


def _shortened(text: str) -> str:
    """One line of the text, cut where it is long."""
    line = " ".join(text.split())
    return line if len(line) <= _AROUND else f"{line[:_AROUND].rstrip()}…"


def _try(template: bytes) -> Iterator[TemplateDefect]:
    for contract in TRIAL_CONTRACTS:
        try:
            docx = render_docx(contract, template)
        except TemplateError as error:
            yield TemplateDefect("essai", str(error))
            continue
        cover = squeeze(extract_document(docx).front)
        lost = [text for text in cover_text(contract.header) if squeeze([text]) not in cover]
        for text in lost:
            field = {
                contract.header.title: " (champ {{ contrat.titre }})",
                contract.header.subtitle: " (champ {{ contrat.sous_titre }})",
            }.get(text, "")
            message = f"il manque « {text} », que chaque contrat porte{field}"
            yield TemplateDefect(COVER, message)
        structure = check_structure(docx)
        for defect in structure:
            yield TemplateDefect("essai", defect)
        if not (lost or structure):
            try:
                verify_docx(contract, docx)
            except (TemplateError, InternalRenderError) as error:
                yield TemplateDefect("essai", str(error))
