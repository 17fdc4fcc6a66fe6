"""The reader that judges redlines, on markup written by hand: it must see what differs."""

import pytest

from contract_builder.model.blocks import Paragraph, Text
from tests.documents import change_part, contract_with, make_docx
from tests.independent_reader import read_settled

WHO = 'w:id="9" w:author="A" w:date="2026-01-01T00:00:00Z"'


def lines_of(body: str) -> tuple[list[str], list[str]]:
    """The lines once accepted and once refused."""
    docx = make_docx(contract_with(Paragraph((Text("x"),))))

    def put(part: str) -> str:
        start, end = part.index("<w:body>") + 8, part.rindex("<w:sectPr")
        return part[:start] + body + part[end:]

    changed = change_part(docx, "word/document.xml", put)
    accepted, refused = (read_settled(changed, choice) for choice in ("accept", "reject"))
    return accepted["word/document.xml"], refused["word/document.xml"]


def run(text: str, name: str = "t") -> str:
    return f'<w:r><w:{name} xml:space="preserve">{text}</w:{name}></w:r>'


def mark(kind: str, content: str = "") -> str:
    return f"<w:{kind} {WHO}>{content}</w:{kind}>"


def ended(kind: str) -> str:
    return f"<w:pPr><w:rPr>{mark(kind)}</w:rPr></w:pPr>"


def row(text: str, kind: str = "") -> str:
    marked = f"<w:trPr>{mark(kind)}</w:trPr>" if kind else ""
    return f"<w:tr>{marked}<w:tc><w:p>{run(text)}</w:p></w:tc></w:tr>"


@pytest.mark.parametrize(
    ("body", "accepted", "refused"),
    [
        (
            f"<w:p>{run('a ')}{mark('del', run('b', 'delText'))}{mark('ins', run('c'))}</w:p>",
            ["a c"], ["a b"],
        ),
        (
            f"<w:p>{mark('moveFrom', run('a'))}{run('b')}{mark('moveTo', run('c'))}</w:p>",
            ["bc"], ["ab"],
        ),
        (
            f"<w:p>{ended('ins')}{run('a ')}</w:p><w:p>{run('b')}</w:p>",
            ["a ", "b"], ["a b"],
        ),
        (
            f"<w:p>{ended('del')}{mark('del', run('a', 'delText'))}</w:p><w:p>{run('b')}</w:p>",
            ["b"], ["a", "b"],
        ),
        (
            f"<w:tbl>{row('a')}{row('b', 'del')}{row('c', 'ins')}</w:tbl><w:p/>",
            ["<table>", "<row>", "<cell>", "a", "<row>", "<cell>", "c", "</table>", ""],
            ["<table>", "<row>", "<cell>", "a", "<row>", "<cell>", "b", "</table>", ""],
        ),
        (
            f"<w:p/><w:tbl>{row('a', 'ins')}</w:tbl><w:p>{run('fin')}</w:p>",
            ["", "<table>", "<row>", "<cell>", "a", "</table>", "fin"], ["", "fin"],
        ),
        (
            f"<w:p>{run('a')}<w:sdt><w:sdtContent>{mark('ins', run('b'))}</w:sdtContent></w:sdt>"
            f"<w:r><w:tab/><w:br/></w:r></w:p>",
            ["ab\t\n"], ["a\t\n"],
        ),
    ],
)  # fmt: skip
def test_each_revision_is_settled_both_ways(
    body: str, accepted: list[str], refused: list[str]
) -> None:
    assert lines_of(body) == (accepted, refused)
