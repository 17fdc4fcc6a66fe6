"""What is missing or wrong in a Word template, all at once, with the part and the text around.

``render_docx`` stops at the first defect; an officer who mends a template wants them all.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from lxml import etree

from contract_builder.errors import TemplateError
from contract_builder.model.contract import ContractHeader, CoverLine, Signatory
from contract_builder.render.docx.frame import Mark, frame_values, render_frame
from contract_builder.render.docx.ooxml import parse_xml, w
from contract_builder.render.docx.package import find_related, get_main_document, read_parts
from contract_builder.render.docx.styles import Style, load_styles

_FIELD = re.compile(r"\{\{(?P<value>.*?)\}\}|\{%(?P<statement>.*?)%\}")
_CONTRACT_NAME = re.compile(r"\bcontrat\.(\w+)")
_FIRST_NAME = re.compile(r"\s*([a-z_]\w*)")
_LOOP_NAME = re.compile(r"\bfor\s+(\w+)\s+in\b")
_PART_WORDS = {"header": "en-tête", "footer": "pied de page", "document": "texte"}
_AROUND = 60


@dataclass(frozen=True, slots=True)
class TemplateDefect:
    """One thing to mend: the part (« texte », « en-tête »…), what is wrong, the text around."""

    part: str
    message: str
    around: str = ""

    def __str__(self) -> str:
        shown = f" – « {self.around} »" if self.around else ""
        return f"{self.part} : {self.message}{shown}"


def check_template(template: bytes) -> list[TemplateDefect]:
    """Every defect of a Word template; an empty list for one that can be used.

    Ends with a trial: a template without defect is filled with a made-up header.
    """
    try:
        parts = read_parts(template)
        main = get_main_document(parts)
    except TemplateError as error:
        return [TemplateDefect("fichier", str(error))]
    defects: list[TemplateDefect] = []
    for name in (main, *sorted(parts)):
        kind = next((word for key, word in _PART_WORDS.items() if f"/{key}" in name), "")
        if kind and name.endswith(".xml") and (name == main or kind != "texte"):
            defects.extend(_check_part(kind, parse_xml(parts[name])))
    defects.extend(_check_marks(parse_xml(parts[main])))
    styles = find_related(parts, main, "styles")
    defects.extend(_check_styles(parts.get(styles or "", b"<styles/>")))
    return list(dict.fromkeys(defects)) or _try(template)


def _check_part(part: str, root: etree._Element) -> Iterator[TemplateDefect]:
    """Unknown names, and fields in text boxes, which Word and we both lose."""
    values = frame_values(_SAMPLE)
    contract = values["contrat"]
    known = set(contract) if isinstance(contract, dict) else set()
    loops = {name for text, _ in _iter_texts(root) for name in _LOOP_NAME.findall(text)}
    for text, in_box in _iter_texts(root):
        around = text.strip()[:_AROUND]
        for field in _FIELD.finditer(text):
            if in_box:
                yield TemplateDefect(part, "un champ dans une zone de texte est perdu", around)
            for name in _CONTRACT_NAME.findall(field.group()):
                if name not in known:
                    near = ", ".join(sorted(known))
                    message = f"« contrat.{name} » n’existe pas ; existent : {near}"
                    yield TemplateDefect(part, message, around)
            first = _FIRST_NAME.match(field["value"] or "")
            if first and first.group(1) not in {*values, *loops}:
                yield TemplateDefect(part, f"« {first.group(1)} » n’existe pas", around)


def _iter_texts(root: etree._Element) -> Iterator[tuple[str, bool]]:
    """The text of each paragraph and whether it stands in a text box."""
    for paragraph in root.iter(w("p")):
        text = "".join(item.text or "" for item in paragraph.iter(w("t")))
        if text:
            yield text, next(paragraph.iterancestors(w("txbxContent")), None) is not None


def _check_marks(root: etree._Element) -> Iterator[TemplateDefect]:
    """Each mark stands once, alone in a paragraph of the text."""
    body = root.find(w("body"))
    alone = [
        "".join(item.text or "" for item in paragraph.iter(w("t"))).strip()
        for paragraph in (body if body is not None else ())
        if paragraph.tag == w("p")
    ]
    for mark in Mark:
        pattern = re.compile(r"\{\{\s*" + mark.value + r"\s*\}\}")
        count = sum(bool(pattern.fullmatch(text)) for text in alone)
        if count != 1:
            problem = "manque" if not count else f"figure {count} fois"
            message = (
                f"le repère {{{{ {mark.value} }}}} {problem} ; il se met seul dans un paragraphe"
            )
            yield TemplateDefect("texte", message)


def _check_styles(part: bytes) -> Iterator[TemplateDefect]:
    """Each style that the contract uses is there, and lists keep their numbering."""
    names = {
        (name.get(w("val"), "")).casefold()
        for style in parse_xml(part).iterfind(w("style"))
        if (name := style.find(w("name"))) is not None
    }
    missing = [style for style in Style if style.casefold() not in names]
    for style in missing:
        yield TemplateDefect("styles", f"le style « {style} » manque")
    if not missing:
        try:
            load_styles(part)
        except TemplateError as error:
            yield TemplateDefect("styles", str(error))


def _try(template: bytes) -> list[TemplateDefect]:
    try:
        render_frame(_SAMPLE, template)
    except TemplateError as error:
        return [TemplateDefect("essai", str(error))]
    return []


_SAMPLE = ContractHeader(
    type="etablissement",
    code="990000010AA",
    finess_ej="990000010",
    legal_name="Établissement d’essai",
    effective_date=date(2025, 1, 1),
    end_date=date(2029, 12, 31),
    version=1,
    status="projet",
    title="Contrat",
    subtitle="Essai",
    agency="Agence",
    campaign="essai",
    cover_lines=(CoverLine("Libellé", "Valeur"),),
    signatories=(
        Signatory("Agence", "Le directeur général"),
        Signatory("Établissement", "Le directeur"),
    ),
)
