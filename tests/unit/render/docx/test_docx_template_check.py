"""What ``cpom template check`` says of a Word template that somebody changed."""

from collections.abc import Callable
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile

import pytest

from contract_builder.render.docx.template import render_template
from contract_builder.render.docx.template_check import check_template

Edit = Callable[[str], str]


def edited(part: str, edit: Edit) -> bytes:
    """The fresh template with one part changed."""
    target = BytesIO()
    with ZipFile(BytesIO(render_template())) as source, ZipFile(target, "w", ZIP_DEFLATED) as out:
        for name in source.namelist():
            data = source.read(name)
            if name == part:
                changed = edit(data.decode())
                assert changed != data.decode(), "the edit changes nothing"
                data = changed.encode()
            out.writestr(name, data)
    return target.getvalue()


def replaced(old: str, new: str) -> Edit:
    return lambda text: text.replace(old, new)


def messages(template: bytes) -> list[str]:
    return [str(defect) for defect in check_template(template)]


def test_a_fresh_template_has_no_defect() -> None:
    assert messages(render_template()) == []


@pytest.mark.parametrize(
    ("part", "edit", "expected"),
    [
        ("word/document.xml", replaced("{{ corps }}", "corps"), "le repère {{ corps }} manque"),
        (
            "word/document.xml",
            replaced("contrat.titre }}", "contrat.titres }}"),
            "« contrat.titres » n’existe pas",
        ),
        (
            "word/header2.xml",
            replaced("contrat.code", "contract.code"),
            "« contract » n’existe pas",
        ),
        ("word/styles.xml", replaced('w:val="Visa"', 'w:val="Visas"'), "le style « Visa » manque"),
    ],
    ids=["mark", "field", "header", "style"],
)
def test_a_defect_is_told_with_its_part(part: str, edit: Edit, expected: str) -> None:
    found = messages(edited(part, edit))
    assert any(expected in message for message in found), found


def test_all_defects_are_told_at_once() -> None:
    def damage(text: str) -> str:
        return text.replace("{{ corps }}", "").replace("{{ annexes }}", "")

    found = messages(edited("word/document.xml", damage))
    assert [message for message in found if "le repère" in message] == found
    assert len(found) == 2


def test_a_field_in_a_text_box_is_told() -> None:
    box = (
        "<w:p><w:r><w:pict><w:txbxContent><w:p><w:r><w:t>{{ contrat.code }}</w:t></w:r></w:p>"
        "</w:txbxContent></w:pict></w:r></w:p>"
    )
    found = messages(edited("word/document.xml", replaced("<w:body>", f"<w:body>{box}")))
    assert any("zone de texte" in message for message in found), found


def test_a_file_that_is_no_word_document_is_told() -> None:
    (message,) = messages(b"not a zip file")
    assert message.startswith("fichier : ")
