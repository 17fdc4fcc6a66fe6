"""A protected Word file tracks what anybody changes in it, and says the same as an open one."""

from lxml import etree

from contract_builder.render.docx import extract_text, render_docx
from contract_builder.render.products import verify_docx
from contract_builder.word.ooxml import parse_xml, w
from contract_builder.word.package import read_parts
from tests.contract_samples import small_contract
from tests.documents import change_part, make_docx, word_template

SETTINGS = "word/settings.xml"


def settings(docx: bytes) -> list[etree._Element]:
    return list(parse_xml(read_parts(docx)[SETTINGS]))


def protected(template: bytes) -> bytes:
    return render_docx(small_contract(), template, track_changes=True)


def test_every_edit_of_a_protected_file_is_tracked_and_tracking_stays_on() -> None:
    first, second, *_ = settings(protected(word_template()))
    assert first.tag == w("trackRevisions")
    assert second.tag == w("documentProtection")
    assert dict(second.attrib) == {w("edit"): "trackedChanges", w("enforcement"): "1"}


def test_a_file_is_open_unless_protection_is_asked_for() -> None:
    tags = {child.tag for child in settings(make_docx(small_contract()))}
    assert tags.isdisjoint({w("trackRevisions"), w("documentProtection")})


def test_protection_changes_nothing_of_what_the_file_says() -> None:
    docx = protected(word_template())
    verify_docx(small_contract(), docx)
    assert extract_text(docx) == extract_text(make_docx(small_contract()))


def test_settings_of_the_template_are_kept_in_their_order_and_its_protection_replaced() -> None:
    own = '<w:zoom w:percent="120"/><w:documentProtection w:edit="readOnly" w:enforcement="1"/>'
    template = change_part(
        word_template(),
        SETTINGS,
        lambda text: text.replace("<w:defaultTabStop", f"{own}<w:defaultTabStop"),
    )
    names = [etree.QName(child).localname for child in settings(protected(template))][:4]
    assert names == ["zoom", "trackRevisions", "documentProtection", "defaultTabStop"]
