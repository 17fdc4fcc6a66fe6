"""Each format of registry gives typed rows with the file and the line they stand on."""

import gzip
from collections.abc import Sequence
from dataclasses import asdict
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from contract_builder.registries.formats import ImportKind, expected_formats
from contract_builder.registries.rows import (
    AuthorisationRow,
    CapacityRow,
    FormerAuthorisationRow,
    GrantRow,
    HeavyEquipmentRow,
    LegalEntityRow,
    MonthlyGrantRow,
    PostalFields,
    RecognitionRow,
    RegistryRow,
    SiteEngagement,
    SiteRow,
)
from tests.registry_workspace import FILES, read_all, read_sample


def read(kind: ImportKind, name: str) -> Sequence[RegistryRow]:
    rows, problems = read_all(kind, FILES / name)
    assert problems == []
    return rows


def test_legal_entities_come_from_flow_1400101() -> None:
    hospital, clinic, closed = read("finess", "entites.xml")
    assert isinstance(hospital, LegalEntityRow)
    assert (hospital.nofiness, hospital.line) == ("991000019", 10)
    assert hospital.file.extracted_on == date(2026, 1, 15)
    assert hospital.rslongue == "CENTRE HOSPITALIER DE VALMONT (FICTIF)"
    assert hospital.adresse == PostalFields(
        numvoie="12",
        compvoie="BIS",
        typvoie="RTE",
        voie="DU MOULIN",
        lieuditbp="CS 10001",
        codepostal="99100",
        ligneacheminement="99100 VALMONT CEDEX",
    )
    assert isinstance(clinic, LegalEntityRow)
    assert (clinic.statutjuridique, clinic.siren) == ("60", "")
    assert isinstance(closed, LegalEntityRow)
    assert closed.datefermeture == date(2019, 3, 31)


def test_the_first_of_january_1900_means_no_date() -> None:
    hospital = read("finess", "entites.xml")[0]
    assert isinstance(hospital, LegalEntityRow)
    assert hospital.datefermeture is None


def test_sites_come_from_flow_1400102() -> None:
    rows = read("finess", "sites.xml")
    assert [row.line for row in rows] == [3, 13, 20, 28]
    assert isinstance(rows[0], SiteRow)
    assert (rows[0].nofinesset, rows[0].nofinessej) == ("991000043", "991000019")
    assert (rows[0].categetab, rows[0].codesph) == ("355", "1")
    assert rows[0].file.extracted_on is None


def test_the_open_csv_keeps_quotation_marks_and_passes_coordinates_over() -> None:
    first, second = read("finess", "ouvert-1100507.csv")
    assert isinstance(first, SiteRow)
    assert first.file.extracted_on == date(2026, 1, 15)
    assert first.rslongue == 'HOPITAL "LE MOULIN" DE VALMONT (FICTIF)'
    assert (first.departement, first.categetab, first.codesph, first.line) == ("99", "355", "1", 2)
    assert first.adresse.compvoie == "BIS"
    assert first.adresse.ligneacheminement == "99100 VALMONT"
    assert isinstance(second, SiteRow)
    assert (second.rs, second.departement) == ('"LES LILAS" (FICTIF)', "9A")


def test_open_structures_give_the_entity_then_its_sites() -> None:
    entity, site, home = read("finess", "structures.json")
    assert isinstance(entity, LegalEntityRow)
    assert (entity.nofiness, entity.departement, entity.statutjuridique) == (
        "991000019",
        "99",
        "13",
    )
    assert entity.rslongue == "CENTRE HOSPITALIER DE VALMONT (FICTIF)"
    assert (entity.adresse.typvoie, entity.adresse.ligneacheminement) == ("RTE", "99100 VALMONT")
    assert (entity.file.extracted_on, entity.line) == (date(2026, 7, 20), 9)
    assert isinstance(site, SiteRow)
    assert (site.nofinessej, site.categetab, site.codesph) == ("991000019", "355", "1")
    assert site.departement == "971"
    assert site.engagements == (SiteEngagement("LABL/HPR", date(2021, 5, 4), None),)
    assert isinstance(home, SiteRow)
    assert [item.kind for item in home.engagements] == ["CONV/CPM", "CONV/CPM"]


def test_open_activities_give_the_authorisations_in_force_since_the_reform() -> None:
    (row,) = read("arhgos", "activites.json")
    assert isinstance(row, AuthorisationRow)
    assert (row.nofinessej, row.nofinesset) == ("991000019", "991000043")
    assert (row.activite, row.declaration, row.codeautorarhgos) == ("QA001", "DE015", "99-99-10")
    assert (row.statut, row.datemeo) == ("02", date(2024, 1, 1))
    assert (row.dateautor, row.datefin) == (date(2023, 6, 15), date(2030, 12, 31))
    assert row.datelimite == date(2026, 6, 15)
    assert row.file.extracted_on == date(2026, 7, 20)


def test_an_open_activity_that_stopped_is_not_started(tmp_path: Path) -> None:
    stopped = '{"codeEvenement": "15", "dateEvenement": "2025-01-01"},\n{"codeEvenement": "010"'
    text = read_sample("activites.json").replace('{"codeEvenement": "010"', stopped)
    path = tmp_path / "activites.json"
    path.write_text(text, encoding="utf-8")
    (row,) = read_all("arhgos", path)[0]
    assert isinstance(row, AuthorisationRow)
    assert (row.statut, row.datemeo) == ("01", None)


def test_authorisations_come_from_the_arhgos_flow() -> None:
    started, waiting = read("arhgos", "arhgos.xml")
    assert isinstance(started, AuthorisationRow)
    assert asdict(started) == {
        "file": {"name": "arhgos.xml", "extracted_on": date(2026, 1, 15), "sheet": ""},
        "line": 9,
        "nofinessej": "991000019",
        "nofinesset": "991000043",
        "activite": "QA001",
        "modalite": "MO000",
        "mention": "ME000",
        "pts": "PTS00",
        "declaration": "DE015",
        "codeautorarhgos": "99-99-10",
        "statut": "02",
        "dateautor": date(2023, 6, 15),
        "daterenouv": None,
        "dateeffet": date(2023, 7, 1),
        "datelimite": None,
        "datemeo": date(2024, 1, 1),
        "datefin": date(2030, 12, 31),
        "datecaducite": date(2031, 1, 1),
        "devices": {},
    }
    assert isinstance(waiting, AuthorisationRow)
    assert waiting.statut == "01"  # not given in the flow, and not started


def test_equipment_counts_what_is_in_service_not_what_is_authorised() -> None:
    waiting = read("arhgos", "arhgos.xml")[1]
    assert isinstance(waiting, AuthorisationRow)
    assert waiting.devices == {"irm": 1}


def test_former_authorisations_and_equipment_are_read() -> None:
    (activity,) = read("arhgos", "activites-anciennes.xml")
    assert isinstance(activity, FormerAuthorisationRow)
    assert (activity.activite, activity.modalite, activity.forme) == ("16", "42", "00")
    assert (activity.libmodalite, activity.datefin) == (
        "Hémodialyse en unité médicalisée",
        date(2026, 5, 3),
    )
    (equipment,) = read("arhgos", "equipements.xml")
    assert isinstance(equipment, HeavyEquipmentRow)
    assert (equipment.eml, equipment.datemeo) == ("06201", date(2009, 1, 20))


def test_a_flow_that_begins_with_many_entities_is_still_known(tmp_path: Path) -> None:
    bare = "<structureej><nofiness>991000019</nofiness><rs>CH (FICTIF)</rs></structureej>\n"
    text = read_sample("activites-anciennes.xml").replace(bare, "")
    path = tmp_path / "flux.xml"
    head, end = text.split("  <structureej>", 1)
    path.write_text(f"{head}{bare * 3000}  <structureej>{end}", encoding="utf-8")
    (row,) = read_all("arhgos", path)[0]
    assert isinstance(row, FormerAuthorisationRow)
    assert row.line == 3004


def test_recognitions_come_with_their_capacity_and_state() -> None:
    current, suppressed = read("arhgos", "reconnaissances.xml")
    assert isinstance(current, RecognitionRow)
    assert (current.codeautorarhgos, current.capaciteautorisee) == ("99-00-RC00001", 4)
    assert current.datefincpom == date(2023, 12, 31)
    assert isinstance(suppressed, RecognitionRow)
    assert suppressed.etatautorisation == "26"


def test_hapi_engagements_have_exact_amounts() -> None:
    rows = read("hapi", "engagements.csv")
    assert isinstance(rows[0], GrantRow)
    amounts = [row.montant_notifie for row in rows if isinstance(row, GrantRow)]
    assert amounts == [
        Decimal("19741.00"),
        Decimal("259.50"),
        Decimal("-1000.00"),
        Decimal("119637.00"),
    ]
    assert (rows[0].campagne, rows[0].mode_delegation) == (2025, "Intervention (Ex. cour.)")
    assert rows[0].date_document == date(2025, 1, 16)
    assert rows[2].line == 4


def test_an_engagement_that_is_not_notified_is_passed_over(tmp_path: Path) -> None:
    path = tmp_path / "engagements.csv"
    path.write_text(read_sample("engagements.csv").replace("|259.50|", "||"), encoding="utf-8")
    rows, problems = read_all("hapi", path)
    assert problems == []
    assert len(rows) == 3


def test_hapi_months_are_told_from_campaign_years() -> None:
    rows = read("hapi", "mensuel.csv")
    assert isinstance(rows[2], MonthlyGrantRow)
    assert (rows[2].campagne, rows[2].mois, rows[2].annee) == (2024, 2, 2025)
    assert rows[2].montant_notifie == Decimal("5000.50")


def test_sae_blanks_are_not_zeros() -> None:
    first = read("sae", "sae.csv")[0]
    assert isinstance(first, CapacityRow)
    assert (first.finess, first.annee, first.line) == ("991000043", 2024, 2)
    assert (first.lits["medecine"], first.lits["chirurgie"], first.places["medecine"]) == (
        60,
        None,
        7,
    )


@pytest.mark.parametrize(
    ("kind", "name"), [("finess", "sites.xml"), ("finess", "structures.json"), ("sae", "sae.csv")]
)
def test_compressed_files_are_read_through(kind: ImportKind, name: str, tmp_path: Path) -> None:
    path = tmp_path / f"{name}.gz"
    path.write_bytes(gzip.compress((FILES / name).read_bytes()))
    rows, problems = read_all(kind, path)
    assert problems == []
    assert [row.line for row in rows] == [row.line for row in read(kind, name)]


def test_lines_stay_right_past_the_65535th(tmp_path: Path) -> None:
    site = read_sample("sites.xml").split("  <structureet>\n")[1]
    body = f"  <structureet>\n{site}" * 8000
    path = tmp_path / "sites.xml"
    path.write_text(f"<fluxfiness xmlns:xsi='x'>\n{body}</fluxfiness>", encoding="utf-8")
    rows, problems = read_all("finess", path)
    assert problems == []
    assert [row.line for row in rows] == [2 + 10 * rank for rank in range(8000)]


def test_json_on_one_line_is_read_item_by_item(tmp_path: Path) -> None:
    text = " ".join(read_sample("structures.json").split())
    item = text[text.index('"pmej" : [') + len('"pmej" : [') : text.rindex("]")].strip()
    many = ", ".join([item] * 400)
    path = tmp_path / "structures.json"
    path.write_text(
        f'{{"generatedAt": "2026-07-20T04:00:00Z", "pmej": [{many}]}}', encoding="utf-8"
    )
    rows, problems = read_all("finess", path)
    assert problems == []
    assert len(rows) == 3 * 400


def test_every_import_names_the_formats_it_reads() -> None:
    assert [len(expected_formats(kind)) for kind in ("finess", "arhgos", "hapi", "sae")] == [
        4,
        5,
        2,
        2,
    ]
    assert len(expected_formats("targets")) == 1
