"""PDFs signed as a signing service does, by an authority made for the test."""

import subprocess
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path

import pikepdf
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.sign.fields import SigFieldSpec
from pyhanko.sign.signers import PdfSignatureMetadata, SimpleSigner, sign_pdf

from tests.outside_tools import find_program

SIGNER = "Direction générale"
_KEY = ("-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-utf8")
_USAGE = "basicConstraints=critical,CA:FALSE\nkeyUsage=critical,digitalSignature,nonRepudiation\n"


@dataclass(frozen=True)
class Authority:
    """An authority and whom it certified; ``root`` is its certificate, as PEM."""

    root: Path
    signer: SimpleSigner

    def sign(self, data: bytes, field: str = "Signature1") -> bytes:
        """The file signed once more, with a look of the signature on its first page."""
        written = IncrementalPdfFileWriter(BytesIO(data))
        signed = sign_pdf(
            written,
            PdfSignatureMetadata(field_name=field),
            signer=self.signer,
            new_field_spec=SigFieldSpec(field, on_page=0, box=(50, 50, 250, 100)),
        )
        return bytes(signed.getvalue())


def make_authority(folder: Path) -> Authority:
    """A new authority; its keys are elliptic, made in no time."""

    def openssl(*arguments: str) -> None:
        program = find_program("openssl", "openssl")
        subprocess.run([program, *arguments], cwd=folder, check=True, capture_output=True)

    (folder / "usage").write_text(_USAGE, encoding="utf-8")
    made = ("-keyout", "root.key", "-out", "root.pem", "-days", "36500")
    openssl("req", "-x509", *_KEY, *made, "-subj", "/O=Autorité d’essai/CN=Racine")
    asked = ("-keyout", "leaf.key", "-out", "leaf.csr")
    openssl("req", *_KEY, *asked, "-subj", f"/O=Établissement fictif/CN={SIGNER}")
    chain = ("-CA", "root.pem", "-CAkey", "root.key", "-CAcreateserial", "-days", "36500")
    openssl("x509", "-req", "-in", "leaf.csr", *chain, "-extfile", "usage", "-out", "leaf.pem")
    signer = SimpleSigner.load(folder / "leaf.key", folder / "leaf.pem", [folder / "root.pem"])
    return Authority(folder / "root.pem", signer)


def scanned_copy(data: bytes) -> bytes:
    """The same number of pages, none with a text, as a scanner without recognition gives."""
    pdf = pikepdf.new()
    with pikepdf.open(BytesIO(data)) as original:
        for _ in original.pages:
            pdf.add_blank_page()
    out = BytesIO()
    pdf.save(out)
    return out.getvalue()
