"""Settling whole files: every part, notes and comments, the strict form, what is kept as it is."""

import pytest
from lxml import etree

from contract_builder.errors import TemplateError
from contract_builder.word.acceptance import accept_all, list_revisions, reject_all
from contract_builder.word.ooxml import W, w
from contract_builder.word.package import read_parts, write_package
from contract_builder.word.tracked.marks import M
from tests.word_specimens import read_body, read_part, tell, word_file

WORD_2010 = "http://schemas.microsoft.com/office/word/2010/wordml"
STRICT = "http://purl.oclc.org/ooxml/"


def _run(content: str) -> str:
    return f"<w:r>{content}</w:r>"


def _line(content: str) -> str:
    return f"<w:p>{content}</w:p>"


def _mark(kind: str, number: int, content: str) -> str:
    return f'<w:{kind} w:id="{number}" w:author="A">{content}</w:{kind}>'


INSERTED = _line(_run("<w:t>a</w:t>") + _mark("ins", 1, _run("<w:t>b</w:t>")))
KEPT = _line(_run("<w:t>a</w:t>"))


@pytest.mark.parametrize("name", ["header", "footer", "footnotes", "endnotes", "comments"])
def test_revisions_of_every_text_are_told_and_settled(name: str) -> None:
    kind = name.removesuffix("s")
    inside = INSERTED
    called = ""
    if name not in ("header", "footer"):
        inside = f'<w:{kind} w:id="5">{INSERTED}</w:{kind}>'
        called = _run(f'<w:{kind}Reference w:id="5"/>')
    docx = word_file(_line(called), **{name: inside})
    (revision,) = list_revisions(docx)
    assert (revision.place.story, revision.place.part) == (kind, f"word/{name}.xml")
    assert revision.place.note == ("5" if called else None)
    assert revision.id == f"{name}-1"
    assert "b" in read_part(accept_all(docx), name)
    assert "b" not in read_part(reject_all(docx), name)


@pytest.mark.parametrize("kind", ["footnote", "endnote", "comment"])
def test_a_note_goes_with_its_call_and_with_no_other(kind: str) -> None:
    calls = _mark("ins", 1, _run(f'<w:{kind}Reference w:id="2"/>')) + _run(
        f'<w:{kind}Reference w:id="3"/>'
    )
    notes = "".join(f'<w:{kind} w:id="{n}">{KEPT}</w:{kind}>' for n in (2, 3, 4))
    docx = word_file(_line(calls), **{f"{kind}s": notes})
    assert _note_ids(accept_all(docx), kind) == ["2", "3", "4"]
    assert _note_ids(reject_all(docx), kind) == ["3", "4"]


def _note_ids(docx: bytes, kind: str) -> list[str | None]:
    root = etree.fromstring(read_parts(docx)[f"word/{kind}s.xml"])
    return [note.get(w("id")) for note in root]


def test_a_comment_goes_with_its_ranges_and_with_all_that_is_said_of_it() -> None:
    ranges = '<w:commentRangeStart w:id="2"/>{}<w:commentRangeEnd w:id="2"/>'
    call = _mark("ins", 1, _run('<w:commentReference w:id="2"/>'))
    comment = (
        f'<w:comment w:id="2"><w:p xmlns:x="{WORD_2010}" x:paraId="0A">{_run("<w:t>c</w:t>")}'
        "</w:p></w:comment>"
    )
    docx = word_file(_line(ranges.format(_run("<w:t>a</w:t>")) + call), comments=comment)
    entries = '<y:commentsEx xmlns:w="{}" xmlns:y="urn:y"><y:commentEx y:paraId="{}"/>'
    parts = read_parts(docx)
    text = entries.format(W, "0A") + '<y:commentEx y:paraId="0B"/></y:commentsEx>'
    docx = write_package({**parts, "word/commentsExtended.xml": text.encode()})
    refused = reject_all(docx)
    assert read_body(refused) == read_body(word_file(KEPT))
    assert "comment>" not in read_part(refused, "comments")
    assert read_part(refused, "commentsExtended").count("commentEx") == 2
    assert 'paraId="0B"' in read_part(refused, "commentsExtended")


def test_what_holds_no_revision_stays_byte_for_byte() -> None:
    header = f"<!-- x -->{KEPT}"
    docx = word_file(INSERTED, header=header)
    odd = b'<?xml version="1.0"?>\n<w:ftr   xmlns:w="%s"><w:p ></w:p></w:ftr>' % W.encode()
    docx = write_package({**read_parts(docx), "word/footer1.xml": odd, "word/x.bin": b"\x00"})
    before, after = read_parts(docx), read_parts(accept_all(docx))
    assert {name for name in before if before[name] != after[name]} == {"word/document.xml"}


def test_a_file_without_revisions_stays_as_it_is() -> None:
    docx = word_file(KEPT)
    assert list_revisions(docx) == ()
    assert accept_all(docx) == reject_all(docx) == docx


def test_a_part_in_utf_16_is_read_as_well() -> None:
    parts = read_parts(word_file(INSERTED))
    text = '<?xml version="1.0" encoding="UTF-16"?>' + parts["word/document.xml"].decode()
    docx = write_package({**parts, "word/document.xml": text.encode("utf-16")})
    assert [tell(one) for one in list_revisions(docx)] == ["insertion text A p1 | b"]
    assert read_body(reject_all(docx)) == read_body(word_file(KEPT))


def test_a_file_in_the_strict_form_is_settled_in_the_strict_form() -> None:
    formula = f'<m:oMath xmlns:m="{M}"><m:r>{_mark("del", 2, "<m:t>x</m:t>")}</m:r></m:oMath>'
    said = _run(f"<w:t>xmlns:w=&quot;{W}&quot;</w:t>")
    docx = _strict(word_file(INSERTED + _line(formula + said)))
    assert [tell(one) for one in list_revisions(docx)] == [
        "insertion text A p1 | b",
        "deletion text A p2 | x",
    ]
    refused = read_parts(reject_all(docx), accept_strict=True)["word/document.xml"].decode()
    assert "<w:t>b</w:t>" not in refused
    assert "<m:t>x</m:t>" in refused
    assert f'<w:document xmlns:w="{STRICT}wordprocessingml/main">' in refused
    assert f'<w:t>xmlns:w="{W}"</w:t>' in refused


def _strict(docx: bytes) -> bytes:
    names = {
        f'"{W}"': f'"{STRICT}wordprocessingml/main"',
        f'"{M}"': f'"{STRICT}officeDocument/math"',
        "http://schemas.openxmlformats.org/officeDocument/2006/": f"{STRICT}officeDocument/",
    }
    parts = dict(read_parts(docx))
    for name, data in parts.items():
        text = data.decode()
        for usual, strict in names.items():
            text = text.replace(usual, strict)
        parts[name] = text.encode()
    return write_package(parts)


def test_a_broken_part_is_named() -> None:
    docx = write_package({**read_parts(word_file(KEPT)), "word/header1.xml": f"<a {W}".encode()})
    with pytest.raises(TemplateError, match=r"word/header1\.xml.*bien formé"):
        list_revisions(docx)


def test_entities_are_not_expanded_and_other_documents_are_not_opened() -> None:
    parts = read_parts(word_file(INSERTED + '<w:altChunk w:id="x"/>'))
    text = parts["word/document.xml"].decode()
    declared = '<!DOCTYPE w [<!ENTITY e SYSTEM "file:///etc/hostname">]>'
    text = text.replace("<w:document", f"{declared}<w:document").replace(">a<", ">a&e;<")
    docx = write_package({**parts, "word/document.xml": text.encode()})
    settled = read_parts(accept_all(docx))["word/document.xml"].decode()
    assert "altChunk" in settled
    assert [one.text for one in list_revisions(docx)] == ["b"]


def test_many_revisions_of_every_depth_are_settled() -> None:
    paragraphs = "".join(
        f'<w:p><w:pPr><w:rPr><w:ins w:id="{n}" w:author="A"/></w:rPr></w:pPr>'
        f"{_mark('ins', n, _run('<w:t>b</w:t>'))}{_run('<w:t>a</w:t>')}</w:p>"
        for n in range(5_000)
    )
    deep = _run("<w:t>b</w:t>")
    for n in range(200):
        deep = _mark("ins", n, deep)
    docx = word_file(paragraphs + _line(deep) + KEPT)
    assert len(list_revisions(docx)) == 10_200
    root = etree.fromstring(read_parts(reject_all(docx))["word/document.xml"])
    texts = ["".join(p.itertext()) for p in root.iter(w("p"))]
    assert texts == ["a" * 5_000, "a"]
