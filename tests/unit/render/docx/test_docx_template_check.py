"""What ``cpom template check`` says of a Word template that somebody changed."""

from collections.abc import Callable
from contextlib import suppress
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile

import pytest

from contract_builder.errors import TemplateError
from contract_builder.render.docx import render_docx
from contract_builder.render.docx.template import render_word_template
from contract_builder.render.docx.template_check import check_template
from contract_builder.word.package import read_parts, write_package
from tests.contract_samples import small_contract

Edit = Callable[[str], str]


def edited(part: str, edit: Edit) -> bytes:
    """The fresh template with one part changed."""
    target = BytesIO()
    with (
        ZipFile(BytesIO(render_word_template())) as source,
        ZipFile(target, "w", ZIP_DEFLATED) as out,
    ):
        for name in source.namelist():
            data = source.read(name)
            if name == part:
                changed = edit(data.decode())
                assert changed != data.decode(), "the edit changes nothing"
                data = changed.encode()
            out.writestr(name, data)
    return target.getvalue()


def messages(template: bytes) -> list[str]:
    return [str(defect) for defect in check_template(template)]


def test_a_fresh_template_has_no_defect() -> None:
    assert messages(render_word_template()) == []


def paragraph(*runs: str) -> str:
    return f"<w:p>{''.join(f'<w:r>{run}</w:r>' for run in runs)}</w:p>"


def text(value: str) -> str:
    return f'<w:t xml:space="preserve">{value}</w:t>'


DOCUMENT, HEADER, FOOTER = "word/document.xml", "word/header2.xml", "word/footer1.xml"
BODY = "<w:body>"
CODE = "Contrat {{ contrat.code }} – version {{ contrat.version }}"
DELETED = '</w:t></w:r><w:del w:id="1" w:author="A"><w:r><w:delText>x</w:delText></w:r></w:del>'
CASES = {
    "mark": (
        DOCUMENT, "{{ corps }}", "corps",
        "modèle : le repère {{ corps }} manque ; il se met une fois, seul dans un paragraphe",
    ),
    "mark in the header": (
        HEADER, "CPOM ", "{{ corps }} CPOM ",
        "en-tête : le repère {{ corps }} ne peut servir ici : il se met seul dans un paragraphe du "
        "texte, hors de tout tableau, zone de texte, en-tête ou pied de page – "
        "« {{ corps }} CPOM {{ contrat.code }} – {{ contrat.raison_soci… »",
    ),
    "field of the cover": (
        DOCUMENT, "contrat.titre }}", "contrat.titres }}",
        "couverture : « contrat.titres » n’existe pas ; vouliez-vous dire « contrat.titre » ? – "
        "« {{ contrat.titres }} »",
    ),
    "field of the signatures": (
        DOCUMENT, "ligne.gauche.qualite", "ligne.gauche.titre",
        "bloc de signature : « ligne.gauche.titre » n’existe pas ; existent : "
        "ligne.gauche.date, ligne.gauche.fonction, ligne.gauche.nom, ligne.gauche.organisation, "
        "ligne.gauche.portee, ligne.gauche.qualite, ligne.gauche.signature – "
        "« {{ ligne.gauche.titre }} »",
    ),
    "field of a condition": (
        DOCUMENT, "{%p if contrat.projet %}", "{%p if contrat.projets %}",
        "couverture : « contrat.projets » n’existe pas ; vouliez-vous dire « contrat.projet » ? – "
        "« {%p if contrat.projets %} »",
    ),
    "name in the header": (
        HEADER, "contrat.code", "contract.code",
        "en-tête : « contract » n’existe pas ; vouliez-vous dire « contrat » ? – "
        "« CPOM {{ contract.code }} – {{ contrat.raison_sociale }} »",
    ),
    "expression": (
        DOCUMENT, "{{ contrat.titre }}", "{{ contrat. }}",
        "couverture : l’expression « contrat. » est mal écrite – « {{ contrat. }} »",
    ),
    "field cut by a tracked change": (
        DOCUMENT, "{{ contrat.titre }}", f"{{{{ contrat.{DELETED}<w:r><w:t>titre }}}}",
        "couverture : le champ {{ contrat.titre }} est coupé par une modification suivie : "
        "acceptez-la ou refusez-la – « {{ contrat.titre }} »",
    ),
    "field over two paragraphs": (
        DOCUMENT, "{{ contrat.titre }}", "{{ contrat.</w:t></w:r></w:p><w:p><w:r><w:t>titre }}",
        "couverture : un champ ne finit pas dans ce paragraphe (« {{ ») : tapez-le d’un seul trait "
        "– « {{ contrat. »",
    ),
    "field in a text box": (
        DOCUMENT, BODY,
        BODY + paragraph(f"<w:pict><w:txbxContent>{paragraph(text('{{ contrat.code }}'))}"
                         "</w:txbxContent></w:pict>"),
        "couverture : un champ se trouve dans une zone de texte, que les lecteurs d’écran passent "
        ": mettez-le dans un paragraphe ou un tableau – « {{ contrat.code }} »",
    ),
    "mark in a text box": (
        DOCUMENT, BODY,
        BODY + paragraph(f"<w:pict><w:txbxContent>{paragraph(text('{{ corps }}'))}"
                         "</w:txbxContent></w:pict>"),
        "couverture : le repère {{ corps }} ne peut servir ici : il se met seul dans un paragraphe "
        "du texte, hors de tout tableau, zone de texte, en-tête ou pied de page – « {{ corps }} »",
    ),
    "comment": (
        FOOTER, "<w:p>", '<w:p><w:r><w:commentReference w:id="9"/></w:r>',
        "pied de page : il reste un commentaire, que chaque contrat porterait : supprimez-le",
    ),
    "page number": (
        FOOTER, " PAGE ", " AUTHOR ",
        "pied de page : aucun en-tête ni pied de page n’a de numéro de page : insérez-y le champ "
        "« Page », auquel le sommaire renvoie",
    ),
    "style": (
        "word/styles.xml", 'w:val="Visa"', 'w:val="Visas"', "styles : le style « Visa » manque",
    ),
    "cover without the lines of the contract": (
        DOCUMENT, "{{ ligne.valeur }}", "…",
        "couverture : il manque « valeur des lignes », que chaque contrat porte",
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", CASES)
def test_a_defect_is_told_with_its_place_and_the_text_around(name: str) -> None:
    part, old, new, expected = CASES[name]
    found = messages(edited(part, lambda xml: xml.replace(old, new, 1)))
    assert expected in found, found


def test_all_defects_are_told_at_once() -> None:
    def damage(text: str) -> str:
        return text.replace("{{ corps }}", "").replace("{{ annexes }}", "")

    found = messages(edited("word/document.xml", damage))
    assert [message for message in found if "le repère" in message] == found
    assert len(found) == 2


def test_a_file_that_is_no_word_document_is_told() -> None:
    (message,) = messages(b"not a zip file")
    assert message.startswith("modèle : ")


BASE = read_parts(render_word_template())
DAMAGES: dict[str, Callable[[bytes], bytes]] = {
    "empty": lambda data: b"",
    "cut": lambda data: data[: len(data) // 2],
    "another root": lambda data: b"<a/>",
    "other names": lambda data: data.replace(b"http://", b"urn:"),
    "no values": lambda data: data.replace(b'w:val="', b'w:x="'),
}


@pytest.mark.parametrize("damage", DAMAGES)
@pytest.mark.parametrize("part", BASE)
def test_a_damaged_template_is_told_and_never_a_fault_of_ours(part: str, damage: str) -> None:
    template = write_package({**BASE, part: DAMAGES[damage](BASE[part])})
    assert all(defect.message for defect in check_template(template))
    with suppress(TemplateError):
        render_docx(small_contract(), template)
