"""One gate for Word templates: who checks one and who fills it say the same of it."""

import json
import re
from collections.abc import Callable
from pathlib import Path

import pytest

from contract_builder.word.ooxml import w
from contract_builder.word.package import CONTENT_TYPES, read_parts, write_package
from tests.documents import MAIN, change_part, find_all, main_part, word_template
from tests.mini_project import CommandResult
from tests.word_templates import (
    LINE_TEXT,
    OFFICE,
    SETTINGS,
    TITLE,
    TITLE_TEXT,
    beside_title,
    with_external,
    with_part,
    with_setting,
    with_text,
    word_field,
)

Cpom = Callable[..., CommandResult]

PICTURE = (
    '<w:r><w:drawing><wp:inline xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/'
    'wordprocessingDrawing"><wp:extent cx="9525" cy="9525"/><wp:docPr id="7" name="Trait" '
    'descr="Trait"/></wp:inline></w:drawing></w:r>'
)
MARK = '<w:bookmarkStart w:id="{0}" w:name="{1}"/><w:bookmarkEnd w:id="{0}"/>'
CONTROL = (
    '<w:sdt><w:sdtPr><w:id w:val="812"/></w:sdtPr><w:sdtContent><w:r><w:t>·</w:t></w:r>'
    "</w:sdtContent></w:sdt>"
)
SWAPPED = (
    word_template()
    and change_part(
        word_template(),
        MAIN,
        lambda text: text.replace("{{ corps }}", "{{ x }}")
        .replace("{{ annexes }}", "{{ corps }}")
        .replace("{{ x }}", "{{ annexes }}"),
    )
)  # fmt: skip
MACRO_TYPE = "application/vnd.ms-office.vbaProject"
CHUNK = f"{OFFICE}/aFChunk"

REFUSED = {
    "comment": (beside_title('<w:r><w:commentReference w:id="3"/></w:r>'), "un commentaire"),
    "tracked change": (
        beside_title('<w:ins w:id="3" w:author="A"><w:r><w:t>x</w:t></w:r></w:ins>'),
        "modifications suivies",
    ),
    "no title": (with_text(TITLE, "Notre contrat"), "il manque « intitulé du contrat »"),
    "one brace": (with_text(TITLE, "{ contrat.titre }"), "écrivez {{ contrat.titre }}"),
    "split braces": (with_text(TITLE, "{ { contrat.titre } }"), "une espace sépare deux"),
    "percent": (with_text("Sommaire", "Taux {%: 5 %} et"), "« {%: 5 %} » n’est pas une instruc"),
    "swapped marks": (SWAPPED, "les repères se suivent dans un autre ordre"),
    "linked picture": (
        with_external("image", "file:///C:/Users/x/logo.png"), "logo.png » est liée"),
    "remote picture of a header": (
        with_external("image", "https://example.org/p.gif", "word/header2.xml"), "est liée"),
    "remote model": (
        with_external("attachedTemplate", "https://example.org/m.dotm", SETTINGS),
        "il charge un autre modèle",
    ),
    "model on a server": (
        with_external("attachedTemplate", "file:///\\\\srv\\m.dotm", SETTINGS), "autre modèle"),
    "link to a program": (with_external("hyperlink", "file:///C:/x.exe"), "mène à un fichier"),
    "remote object": (with_external("oleObject", "https://example.org/o"), "hors du fichier"),
    "twice the same bookmark": (
        beside_title(MARK.format(1, "a") * 2), "le nom de signet « a » sert 2 fois"),
    "part that nothing reaches": (
        with_part("[trash]/0000.dat", b"x"), "« [trash]/0000.dat » n’est reliée à rien"),
    "fields asked at opening": (
        with_setting('<w:updateFields w:val="true"/>'), "mettre à jour les champs"),
    "missing style": (with_text('w:val="Visa"', 'w:val="Vu"', "word/styles.xml"), "« Visa » manq"),
    "unknown style": (
        with_text('<w:pStyle w:val="Title"/>', '<w:pStyle w:val="Autre"/>'), "« Autre » qui n’exi"),
    "macros": (
        with_part("word/vbaProject.bin", b"\xd0\xcf\x11\xe0", f"{OFFICE}/vbaProject", MACRO_TYPE),
        "il contient des macros",
    ),
    "inserted file": (
        with_part("word/x.html", b"<p>x</p>", CHUNK, "text/html"), "il insère un autre fichier"),
    "object": (
        with_part("word/embeddings/x.bin", b"\xd0\xcf\x11\xe0", f"{OFFICE}/oleObject", "a/b"),
        "il contient un objet",
    ),
    "dde": (beside_title(word_field(" DDEAUTO c:\\\\cmd.exe x ")), "le champ « DDEAUTO"),
    "dde in two pieces": (
        beside_title(word_field('DD</w:instrText></w:r><w:r><w:instrText>E x "y"')), "« DDE x"),
    "include in a simple field": (
        beside_title('<w:fldSimple w:instr=" includetext c:\\x.docx "/>'), "« includetext"),
    "field named by another": (
        beside_title(word_field(f"</w:instrText></w:r>{word_field('QUOTE 68')}"
                                "<w:r><w:instrText>")), "peut appeler un programme"),
    "endless repetition": (with_text(TITLE, "{{ 'a' * 1000000000 }}"), "un modèle ne calcule pas"),
    "long rounding": (
        with_text(TITLE, "{{ 1 | round(-1000000000) }}"), "un modèle arrondit à un nombre"),
    "power": (with_text(TITLE, "{{ 9 ** 9 ** 9 }}"), "un modèle ne calcule pas"),
    "wide text": (with_text(TITLE, "{{ contrat.titre|center(999999999) }}"), "le filtre « center"),
    "macro": (
        with_text(TITLE, "{% macro f() %}{{ f() }}{% endmacro %}{{ f() }}"), "n’est pas une"),
    "recursive loop": (
        with_text(TITLE, "{% for a in contrat.lignes recursive %}{{ loop(contrat.lignes) }}"
                         "{% endfor %}"), "« recursive »"),
    "loops inside loops": (
        with_text(TITLE, "{% for a in contrat.lignes %}{% for b in contrat.lignes %}x{% endfor %}"
                         "{% endfor %}"), "dans une autre"),
    "deep expression": (with_text(TITLE, f"{{{{ {'(' * 5000}1{')' * 5000} }}}}"), "trop longue"),
    "nested expression": (with_text(TITLE, f"{{{{ {'(' * 200}1{')' * 200} }}}}"), "mal écrite"),
    "long name": (with_text(TITLE, f"{{{{ contrat.{'x' * 400} }}}}"), "xxx… » n’existe pas"),
    "unclosed condition": (with_text(TITLE, f"{TITLE}{{% if contrat.projet %}}"), "pas fermée"),
}  # fmt: skip


def put(project: Path, template: bytes) -> None:
    (project / "templates" / "contrat.docx").write_bytes(template)


@pytest.mark.parametrize("name", REFUSED)
def test_check_and_build_refuse_a_template_with_the_same_sentences(
    mini_project: Path, cpom: Cpom, name: str
) -> None:
    template, told = REFUSED[name]
    put(mini_project, template)
    checked = json.loads(cpom(mini_project, "template", "check", "--json").stdout)
    messages = {item["message"] for item in checked if "severity" not in item}
    assert any(told in message for message in messages), messages
    built = cpom(mini_project, "build", "valmont", "--formats", "docx")
    assert built.exit_code == 1, built.stderr
    assert all(message in built.stderr for message in messages)
    assert not list((mini_project / "output").glob("*.docx"))


def test_check_and_batch_say_what_template_check_says(mini_project: Path, cpom: Cpom) -> None:
    put(mini_project, REFUSED["dde"][0])
    told = "le champ « DDEAUTO c:\\\\cmd.exe x » peut appeler un programme"
    assert told in cpom(mini_project, "template", "check").stdout
    assert told in cpom(mini_project, "check").stderr
    batch = cpom(mini_project, "batch", "--formats", "docx", "--jobs", "1")
    assert (batch.exit_code, told in batch.stderr) == (1, True)


def test_a_page_that_loses_text_is_its_templates_fault(mini_project: Path, cpom: Cpom) -> None:
    path = mini_project / "templates" / "contrat.html"
    text = path.read_text("utf-8")
    heading = "<h{{ level }}>{{ s.heading }}</h{{ level }}>"
    assert heading in text
    path.write_text(text.replace(heading, ""), encoding="utf-8")
    built = cpom(mini_project, "build", "valmont", "--formats", "html")
    assert (built.exit_code, "erreur [modele-a-corriger]" in built.stderr) == (1, True)


ACCEPTED = {
    "hidden bookmark in a repeated row": with_text(
        f"{LINE_TEXT}</w:r>", f"{LINE_TEXT}</w:r>{MARK.format(0, '_GoBack')}"
    ),
    "bookmark in a repeated row": with_text(
        f"{LINE_TEXT}</w:r>", f"{LINE_TEXT}</w:r>{MARK.format(4, 'libelle')}"
    ),
    "control in a repeated row": with_text(f"{LINE_TEXT}</w:r>", f"{LINE_TEXT}</w:r>{CONTROL}"),
    "drawing in a repeated row": with_text(f"{LINE_TEXT}</w:r>", f"{LINE_TEXT}</w:r>{PICTURE}"),
    "hidden bookmark in a field": with_text(
        TITLE, f"{{{{ contrat</w:t></w:r>{MARK.format(0, '_Hlk5')}<w:r><w:t>.titre }}}}"
    ),
    "bookmark in a field": with_text(
        TITLE, f"{{{{ contrat</w:t></w:r>{MARK.format(5, 'titre')}<w:r><w:t>.titre }}}}"
    ),
    "bookmark that begins in a field": with_text(
        f"{TITLE_TEXT}</w:r>",
        '<w:t>{{ contrat</w:t></w:r><w:bookmarkStart w:id="5" w:name="t"/><w:r><w:t>.titre }}</w:t>'
        '</w:r><w:bookmarkEnd w:id="5"/>',
    ),
    "link to a page": with_external("hyperlink", "https://www.legifrance.gouv.fr/"),
    "nested condition": with_text(
        "{{ contrat.code }}", "{% if contrat.projet %}{{ contrat.code|upper }}{% else %}"
        "{{ contrat.code ~ '' }}{% endif %}"
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", ACCEPTED)
def test_what_template_check_accepts_build_accepts(
    mini_project: Path, cpom: Cpom, name: str
) -> None:
    put(mini_project, ACCEPTED[name])
    checked = cpom(mini_project, "template", "check")
    assert (checked.exit_code, checked.stdout) == (0, "")
    built = cpom(mini_project, "build", "valmont", "--formats", "docx")
    assert built.exit_code == 0, built.stderr
    (path,) = (mini_project / "output").glob("*[!n].docx")
    names = [item.get(w("name")) or "" for item in find_all(path.read_bytes(), "//w:bookmarkStart")]
    assert not [found for found in names if found.startswith("_")]
    assert len(names) == len(set(names))


CARRIED = {
    "mail merge": (
        with_setting('<w:mailMerge><w:query w:val="SELECT * FROM C:\\x.csv"/></w:mailMerge>'),
        "la source d’un publipostage", "mailMerge"),
    "protection": (
        with_setting('<w:documentProtection w:edit="readOnly" w:enforcement="1"/>'),
        "la protection du document", "documentProtection"),
    "tracking": (with_setting("<w:trackRevisions/>"), "le suivi des modif", "trackRevisions"),
    "variables": (
        with_setting('<w:docVars><w:docVar w:name="a" w:val="b"/></w:docVars>'),
        "des variables de document", "docVar"),
    "local model": (
        with_external("attachedTemplate", "file:///C:\\Users\\x\\Normal.dotm", SETTINGS),
        "le chemin du modèle", "Normal.dotm"),
    "people": (
        with_part("word/people.xml", b'<w15:people xmlns:w15="http://schemas.microsoft.com/office/'
                  b'word/2012/wordml"/>', "http://schemas.microsoft.com/office/2011/relationships/"
                  "people", "application/xml"),
        "les noms des personnes", "people"),
    "date": (beside_title(word_field(' DATE \\@ "d/M/yy" ', "3/4/20")), "le champ « DATE", "3/4/2"),
    "merge field": (
        beside_title('<w:fldSimple w:instr=" MERGEFIELD Nom "><w:r><w:t>«Nom»</w:t></w:r>'
                     "</w:fldSimple>"), "le champ « MERGEFIELD Nom »", "«Nom»"),
    "merge field in a condition": (
        beside_title(word_field(f'IF </w:instrText></w:r>{word_field("MERGEFIELD Civ")}<w:r>'
                                '<w:instrText> = "M" "Monsieur" ""', "Monsieur")),
        "MERGEFIELD Civ", "Monsieur"),
    "author in the footer": (
        with_text("</w:p>", f"{word_field('AUTHOR', 'Quelqu’un')}</w:p>", "word/footer1.xml"),
        "le champ « AUTHOR »", "Quelqu’un"),
}  # fmt: skip


@pytest.mark.parametrize("name", CARRIED)
def test_what_every_contract_would_carry_is_told_and_taken_out(
    mini_project: Path, cpom: Cpom, name: str
) -> None:
    template, told, trace = CARRIED[name]
    assert trace in all_text(template)
    put(mini_project, template)
    checked = cpom(mini_project, "template", "check")
    assert (checked.exit_code, told in checked.stdout) == (0, True)
    assert told in cpom(mini_project, "check", "--notes").stderr
    built = cpom(mini_project, "build", "valmont", "--formats", "docx")
    assert built.exit_code == 0, built.stderr
    (path,) = (mini_project / "output").glob("*[!n].docx")
    assert trace not in all_text(path.read_bytes())


def all_text(docx: bytes) -> str:
    """Names and contents of all parts."""
    return "\n".join(f"{name}\n{data.decode()}" for name, data in read_parts(docx).items())


def test_a_field_that_is_taken_out_is_a_warning_under_strict(
    mini_project: Path, cpom: Cpom
) -> None:
    put(mini_project, CARRIED["date"][0])
    built = cpom(mini_project, "build", "valmont", "--formats", "docx", "--strict")
    assert (built.exit_code, "[modele-champ-retire]" in built.stderr) == (3, True)


def test_company_and_manager_stay_at_home(mini_project: Path, cpom: Cpom) -> None:
    extended = (
        b'<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/extended-'
        b'properties"><Application>Word</Application><Company>Agence X</Company>'
        b"<Manager>Chef Y</Manager></Properties>"
    )
    parts = dict(read_parts(word_template()))
    parts["docProps/app.xml"] = extended
    parts["_rels/.rels"] = parts["_rels/.rels"].replace(
        b"</Relationships>",
        f'<Relationship Id="rIdA" Type="{OFFICE}/extended-properties" Target="docProps/app.xml"/>'
        "</Relationships>".encode(),
    )
    put(mini_project, write_package(parts))
    told = cpom(mini_project, "template", "check").stdout
    assert "« Agence X »" in told
    assert "« Chef Y »" in told
    assert cpom(mini_project, "build", "valmont", "--formats", "docx").exit_code == 0
    (path,) = (mini_project / "output").glob("*[!n].docx")
    assert not re.search("Agence X|Chef Y", all_text(path.read_bytes()))


def of_type(content_type: str) -> bytes:
    """The template whose main part says it is something else."""
    main = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
    return change_part(
        word_template(), CONTENT_TYPES, lambda text: text.replace(main, content_type)
    )


WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml."
STRICT = change_part(
    word_template(),
    "_rels/.rels",
    lambda text: text.replace(OFFICE, "http://purl.oclc.org/ooxml/officeDocument/relationships"),
)
FORMATS = {
    "dotx": (of_type(f"{WORD}template.main+xml"), "un modèle Word (.dotx)"),
    "docm": (
        of_type("application/vnd.ms-word.document.macroEnabled.main+xml"), "à macros (.docm)"),
    "dotm": (
        of_type("application/vnd.ms-word.template.macroEnabledTemplate.main+xml"), "(.dotm)"),
    "strict": (STRICT, "« Open XML strict »"),
    "doc": (b"\xd0\xcf\x11\xe0" + bytes(600), "un ancien document Word (.doc)"),
    "rtf": (b"{\\rtf1 x}", "un texte RTF"),
    "odt": (
        write_package({"mimetype": b"application/vnd.oasis.opendocument.text"}), "(.odt)"),
}  # fmt: skip


@pytest.mark.parametrize("name", FORMATS)
def test_a_neighbour_of_docx_is_named_with_what_to_do(
    mini_project: Path, cpom: Cpom, name: str
) -> None:
    template, told = FORMATS[name]
    put(mini_project, template)
    checked = cpom(mini_project, "template", "check")
    assert (checked.exit_code, told in checked.stdout) == (1, True), checked.stdout
    assert "Document Word (.docx)" in checked.stdout
    assert "BytesIO" not in checked.stdout
    built = cpom(mini_project, "build", "valmont", "--formats", "docx")
    assert (built.exit_code, told in built.stderr) == (1, True)


def test_a_template_made_before_the_scope_of_signatures_prints_it(
    mini_project: Path, cpom: Cpom
) -> None:
    template = change_part(
        word_template(), MAIN, lambda text: re.sub(r"\{\{ ligne\.\w+\.portee \}\}", "", text)
    )
    assert "portee" not in "".join(main_part(template).itertext())
    put(mini_project, template)
    assert cpom(mini_project, "template", "check").exit_code == 0
    assert cpom(mini_project, "build", "valmont", "--formats", "docx").exit_code == 0
