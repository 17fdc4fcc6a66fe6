"""Signed PDFs: what their signatures say, and files that nobody should have to trust."""

from datetime import UTC, datetime
from io import BytesIO

import pikepdf
import pytest
from pyhanko.pdf_utils.generic import StreamObject
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter

from contract_builder.reading.foreign_pdf import Limits, UnusablePdfError
from contract_builder.reading.foreign_pdf.signed import PdfSignature, SignedPdf, read_signed_pdf
from tests.foreign_pdfs import ForeignPage, make_foreign_pdf
from tests.signed_pdfs import SIGNER, Authority, make_authority

ON = datetime(2026, 11, 30, tzinfo=UTC)
PLAIN = make_foreign_pdf([ForeignPage("un"), ForeignPage("deux")])


@pytest.fixture(scope="module")
def authority(tmp_path_factory: pytest.TempPathFactory) -> Authority:
    return make_authority(tmp_path_factory.mktemp("autorite"))


@pytest.fixture(scope="module")
def signed(authority: Authority) -> bytes:
    return authority.sign(PLAIN)


def read(data: bytes, *roots: bytes) -> SignedPdf:
    return read_signed_pdf(data, roots, ON)


def only_signature(data: bytes, *roots: bytes) -> PdfSignature:
    (signature,) = read(data, *roots).signatures
    return signature


def test_a_file_without_signatures_has_its_pages(authority: Authority) -> None:
    found = read(PLAIN, authority.root.read_bytes())
    assert [page.split() for page in found.pages] == [["Haut", "un"], ["Haut", "deux"]]
    assert found.signatures == ()


def test_a_signature_is_intact_and_says_who_signed(signed: bytes) -> None:
    signature = only_signature(signed)
    assert signature.is_intact
    assert not signature.is_extended
    assert signature.signer == f"O=Établissement fictif, CN={SIGNER}"
    assert signature.issuer == "O=Autorité d’essai, CN=Racine"
    assert datetime.fromisoformat(signature.signed_at).tzinfo is not None
    assert signature.problem == ""


def test_its_look_is_no_text_of_the_page(signed: bytes) -> None:
    assert read(signed).pages == read(PLAIN).pages


def test_it_is_trusted_by_the_roots_that_are_given_alone(
    signed: bytes, authority: Authority, tmp_path_factory: pytest.TempPathFactory
) -> None:
    other = make_authority(tmp_path_factory.mktemp("autre"))
    assert only_signature(signed).is_trusted is None
    assert only_signature(signed, authority.root.read_bytes()).is_trusted is True
    assert only_signature(signed, other.root.read_bytes()).is_trusted is False
    assert only_signature(signed, b"pas un certificat").is_trusted is not True


def test_one_changed_letter_breaks_it(signed: bytes) -> None:
    place = signed.index(b"/Helvetica")
    changed = signed[:place] + b"/Helvetico" + signed[place + len(b"/Helvetica") :]
    assert not only_signature(changed).is_intact


def test_a_second_signature_breaks_no_first_one(signed: bytes, authority: Authority) -> None:
    first, second = read(authority.sign(signed, "Signature2")).signatures
    assert (first.field, second.field) == ("Signature1", "Signature2")
    assert first.is_intact
    assert first.is_extended
    assert not first.is_altered
    assert second.is_intact
    assert not second.is_extended


def test_what_is_changed_after_the_signature_is_told(signed: bytes) -> None:
    written = IncrementalPdfFileWriter(BytesIO(signed))
    page = written.root["/Pages"]["/Kids"][0]
    page["/Contents"] = written.add_object(
        StreamObject(stream_data=b"BT /F 14 Tf 10 10 Td (autre) Tj ET")
    )
    written.update_container(page)
    out = BytesIO()
    written.write(out)
    signature = only_signature(out.getvalue())
    assert signature.is_intact
    assert signature.is_altered


def test_a_field_whose_signature_is_nonsense_spoils_nothing(signed: bytes) -> None:
    start = signed.index(b"/Contents <") + len(b"/Contents <")
    changed = signed[:start] + b"00" * 40 + signed[start + 80 :]
    signature = only_signature(changed)
    assert signature.problem != ""
    assert not signature.is_intact


def protected() -> bytes:
    out = BytesIO()
    with pikepdf.open(BytesIO(PLAIN)) as pdf:
        pdf.save(out, encryption=pikepdf.Encryption(owner="a", user="b"))
    return out.getvalue()


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", "il est vide"),
        (b"PK\x03\x04", "ce n’est pas un PDF"),
        (PLAIN[: len(PLAIN) // 2], "il est incomplet"),
        (b"%PDF-1.7\n" + b"\x00" * 300 + b"startxref\n0\n%%EOF", "il est endommagé"),
        (protected(), "il est protégé"),
    ],
)
def test_what_cannot_be_read_is_told_why(data: bytes, reason: str) -> None:
    with pytest.raises(UnusablePdfError, match=reason):
        read(data)


def test_time_and_memory_are_bounded() -> None:
    hurried = Limits(seconds=0, seconds_a_page=0)
    with pytest.raises(UnusablePdfError, match="secondes"):
        read_signed_pdf(make_foreign_pdf([ForeignPage()] * 400), (), ON, hurried)
