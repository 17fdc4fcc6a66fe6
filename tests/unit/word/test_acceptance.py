"""The reader that accepts or refuses every change, on markup written by hand."""

import pytest

from contract_builder.model.blocks import Paragraph, Text
from contract_builder.word.acceptance import accept_all, reject_all
from contract_builder.word.ooxml import w
from tests.documents import change_part, contract_with, main_part, make_docx

WHO = 'w:id="{}" w:author="A" w:date="2026-01-01T00:00:00Z"'


def _document(body: str) -> bytes:
    docx = make_docx(contract_with(Paragraph((Text("x"),))))

    def put(part: str) -> str:
        start, end = part.index("<w:body>") + 8, part.rindex("<w:sectPr")
        return part[:start] + body + part[end:]

    return change_part(docx, "word/document.xml", put)


def _lines(docx: bytes) -> list[str]:
    return ["".join(t.text or "" for t in p.iter(w("t"))) for p in main_part(docx).iter(w("p"))]


def _run(text: str, name: str = "t") -> str:
    return f'<w:r><w:{name} xml:space="preserve">{text}</w:{name}></w:r>'


def _mark(kind: str, number: int, content: str) -> str:
    return f"<w:{kind} {WHO.format(number)}>{content}</w:{kind}>"


def _ended(kind: str, number: int) -> str:
    return f"<w:pPr><w:rPr><w:{kind} {WHO.format(number)}/></w:rPr></w:pPr>"


def test_inserted_and_deleted_words() -> None:
    words = _run("a ") + _mark("del", 901, _run("b", "delText")) + _mark("ins", 902, _run("c"))
    docx = _document(f"<w:p>{words}</w:p>")
    assert _lines(accept_all(docx)) == ["a c"]
    assert _lines(reject_all(docx)) == ["a b"]


@pytest.mark.parametrize(("kind", "settle"), [("ins", reject_all), ("del", accept_all)])
def test_a_paragraph_whose_mark_goes_joins_the_next_one(kind: str, settle: object) -> None:
    docx = _document(f"<w:p>{_ended(kind, 901)}{_run('un ')}</w:p><w:p>{_run('deux')}</w:p>")
    assert callable(settle)
    assert _lines(settle(docx)) == ["un deux"]


def test_a_paragraph_that_goes_whole_leaves_nothing() -> None:
    gone = f"<w:p>{_ended('del', 901)}{_mark('del', 902, _run('un', 'delText'))}</w:p>"
    docx = _document(f"{gone}<w:p>{_run('deux')}</w:p>")
    assert _lines(accept_all(docx)) == ["deux"]
    assert _lines(reject_all(docx)) == ["un", "deux"]


def test_moved_text_is_where_it_was_or_where_it_went() -> None:
    there = f"<w:p>{_ended('moveFrom', 901)}{_mark('moveFrom', 902, _run('un'))}</w:p>"
    here = f"<w:p>{_ended('moveTo', 903)}{_mark('moveTo', 904, _run('un'))}</w:p>"
    docx = _document(f"{there}<w:p>{_run('deux')}</w:p>{here}<w:p>{_run('fin')}</w:p>")
    assert _lines(accept_all(docx)) == ["deux", "un", "fin"]
    assert _lines(reject_all(docx)) == ["un", "deux", "fin"]


def test_rows_and_tables_that_go() -> None:
    def row(text: str, mark: str) -> str:
        return f"<w:tr><w:trPr>{mark}</w:trPr><w:tc><w:p>{_run(text)}</w:p></w:tc></w:tr>"

    deleted = row("un", f"<w:del {WHO.format(901)}/>")
    inserted = row("deux", f"<w:ins {WHO.format(902)}/>")
    docx = _document(f"<w:tbl>{deleted}</w:tbl><w:p/><w:tbl>{inserted}</w:tbl><w:p/>")
    assert _lines(accept_all(docx)) == ["", "deux", ""]
    assert _lines(reject_all(docx)) == ["un", "", ""]
    assert len(list(main_part(accept_all(docx)).iter(w("tbl")))) == 1


def test_old_properties_come_back_when_refused() -> None:
    change = (
        '<w:pPr><w:pStyle w:val="New"/><w:rPr><w:b/></w:rPr>'
        f'<w:pPrChange {WHO.format(901)}><w:pPr><w:pStyle w:val="Old"/></w:pPr></w:pPrChange>'
        "</w:pPr>"
    )
    docx = _document(f"<w:p>{change}{_run('x')}</w:p>")
    for settle, wanted in ((accept_all, "New"), (reject_all, "Old")):
        properties = main_part(settle(docx)).find(f".//{w('pPr')}")
        assert properties is not None
        assert [child.tag for child in properties] == [w("pStyle"), w("rPr")]
        assert properties[0].get(w("val")) == wanted


def test_a_tracked_control_goes_with_its_text() -> None:
    control = (
        f"<w:customXmlInsRangeStart {WHO.format(901)}/><w:sdt><w:sdtPr/><w:sdtContent>"
        f'{_mark("ins", 902, _run("5"))}</w:sdtContent></w:sdt><w:customXmlInsRangeEnd w:id="901"/>'
    )
    docx = _document(f"<w:p>{_run('x')}{control}</w:p>")
    assert len(list(main_part(accept_all(docx)).iter(w("sdt")))) == 1
    assert len(list(main_part(reject_all(docx)).iter(w("sdt")))) == 0
    assert _lines(reject_all(docx)) == ["x"]


def test_no_mark_is_left() -> None:
    words = _mark("ins", 901, _run("a")) + _mark("del", 902, _run("b", "delText"))
    docx = _document(f"<w:p>{_ended('ins', 903)}{words}</w:p><w:p>{_run('z')}</w:p>")
    for settle in (accept_all, reject_all):
        assert list(main_part(settle(docx)).iter(w("ins"), w("del"), w("delText"))) == []
