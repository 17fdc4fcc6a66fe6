"""What was found of a signed PDF, told in French."""

from contract_builder.services.signed_findings import describe_signed, summarise_signed
from tests.unit.services.signed_samples import SCAN, SIGNED


def test_a_signed_file_tells_its_pages_its_mentions_and_each_signature() -> None:
    told = describe_signed(SIGNED)
    assert told[0] == (
        "signe.pdf : dit ce que dit le contrat, sauf les pages sans texte, qui n’ont pu être "
        "comparées : 3 et 7."
    )
    assert told[1:4] == [
        f"  mention ajoutée page {page} : « Fait le {page} »" for page in (1, 2, 3)
    ]
    assert told[4].startswith("  … et 2")
    assert told[5] == (
        "  signature de « CN=Le directeur », le 02/03/2026 à 10:00 (UTC) selon le signataire : "
        "intacte ; certificat rattaché à une racine de confiance."
    )
    assert told[6] == "  signature « s2 » : chiffrée d’une façon inconnue."


def test_a_scan_says_that_it_could_not_be_compared() -> None:
    assert "numérisé, sans texte" in describe_signed(SCAN)[0]
    assert (
        summarise_signed(SCAN) == "copie.pdf : numérisé, non comparé, sans signature électronique"
    )


def test_one_line_counts_the_signatures_that_are_broken() -> None:
    assert "signatures électroniques, dont 1 ATTEINTE" in summarise_signed(SIGNED)
