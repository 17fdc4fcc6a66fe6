"""Files saved by other programs, brought to one form before anything else reads them."""

import re

import pytest

from contract_builder.compare.redline import render_redline
from contract_builder.word.normalisation import normalise
from contract_builder.word.ooxml import w
from contract_builder.word.package import read_parts, write_package
from tests.contract_samples import small_contract
from tests.documents import main_part, word_template
from tests.unit.compare.redline.pairs import AT, AUTHOR


def saved_with_empty_properties() -> bytes:
    """The default template as LibreOffice would leave it: empty properties everywhere."""

    def fill(text: str) -> str:
        text = re.sub(r"<w:p>(?!<w:pPr)", "<w:p><w:pPr><w:rPr></w:rPr></w:pPr>", text)
        text = re.sub(r"<w:r>(?!<w:rPr)", "<w:r><w:rPr></w:rPr>", text)
        text = text.replace("</w:pPr>", "<w:rPr/></w:pPr>").replace("<w:rPr/><w:rPr/>", "<w:rPr/>")
        text = text.replace("<w:rPr></w:rPr><w:rPr/></w:pPr>", "<w:rPr></w:rPr></w:pPr>")
        return re.sub(r"<w:tr>(?!<w:trPr)", "<w:tr><w:trPr></w:trPr>", text)

    parts = read_parts(word_template())
    stories = [name for name in parts if re.search("document.xml$|header|footer", name)]
    return write_package(
        {
            name: fill(data.decode()).encode() if name in stories else data
            for name, data in parts.items()
        }
    )


def test_empty_properties_go_and_nothing_else() -> None:
    saved = saved_with_empty_properties()
    assert b"<w:trPr></w:trPr>" in read_parts(saved)["word/document.xml"]
    root = main_part(normalise(saved))
    empty = [item for item in root.iter(w("rPr"), w("pPr"), w("trPr")) if len(item) == 0]
    assert empty == []
    assert [t.text for t in root.iter(w("t"))] == [t.text for t in main_part(saved).iter(w("t"))]


def test_a_file_without_empty_properties_keeps_its_bytes() -> None:
    assert normalise(word_template()) == word_template()


@pytest.mark.parametrize("changed", ["43", "42"])
def test_a_template_with_empty_properties_gives_a_proved_redline(changed: str) -> None:
    template = saved_with_empty_properties()
    found = render_redline(small_contract(), small_contract(changed), template, AUTHOR, AT)
    assert (found.proof.holds, found.proof.width) == (True, "mot")
