"""HAPI gives financing lines and SAE beds: sums are exact, other years stay."""

from decimal import Decimal

import pytest

from contract_builder.profiles.facts import derive_facts
from tests.registry_workspace import CLINIC, HOSPITAL, Workspace, codes, read_sample

MEASURE = "hapi-fir-sanitaire-mi2-3-5"


@pytest.fixture
def imported(workspace: Workspace) -> Workspace:
    workspace.load("finess", "entites.xml", "sites.xml")
    return workspace


def amounts(workspace: Workspace) -> dict[str, dict[int, Decimal]]:
    return {line.cle: dict(line.montants) for line in workspace.profile(HOSPITAL).financements}


def test_engagements_of_an_entity_and_its_sites_add_up(imported: Workspace) -> None:
    imported.load("hapi", "engagements.csv")
    assert amounts(imported) == {
        MEASURE: {2025: Decimal("20000.50")},
        "hapi-fir-sanitaire-mi3-2-1-2025-demo-35": {2025: Decimal("-1000.00")},
    }


def test_a_financing_line_tells_measure_payer_and_order(imported: Workspace) -> None:
    imported.load("hapi", "engagements.csv")
    first, second = imported.profile(HOSPITAL).financements
    assert (first.enveloppe, first.sous_enveloppe, first.mode) == ("FIR", "Sanitaire", "CNR")
    assert (first.mesure, first.libelle) == ("MI2-3-5", "Pratique de soins en cancérologie")
    assert first.niveau1.endswith("(657342)")
    assert (first.payeur, first.arrete) == ("L'ARS de démonstration", None)
    assert second.arrete is not None
    assert (second.arrete.numero, str(second.arrete.date)) == ("2025-DEMO-35", "2025-01-16")


def test_another_year_is_added_to_the_line_and_the_same_year_replaced(imported: Workspace) -> None:
    imported.load("hapi", "engagements.csv")
    later = read_sample("engagements.csv").replace("|2025|", "|2026|").replace("19741.00", "100.00")
    imported.load("hapi", imported.write("hapi-2026.csv", later))
    assert amounts(imported)[MEASURE] == {2025: Decimal("20000.50"), 2026: Decimal("359.50")}
    corrected = later.replace("100.00", "200.00")
    imported.load("hapi", imported.write("hapi-2026-bis.csv", corrected))
    assert amounts(imported)[MEASURE] == {2025: Decimal("20000.50"), 2026: Decimal("459.50")}
    layer = imported.layer(HOSPITAL).read_text(encoding="utf-8")
    assert "engagements.csv ; " in layer


def test_a_grant_withdrawn_from_the_year_disappears(imported: Workspace) -> None:
    imported.load("hapi", "engagements.csv")
    lines = read_sample("engagements.csv").splitlines()
    shorter = imported.write("hapi.csv", "\n".join([*lines[:3], ""]))
    imported.load("hapi", shorter)
    assert list(amounts(imported)) == [MEASURE]


def test_months_add_up_by_campaign_year_and_tell_the_instalments(imported: Workspace) -> None:
    plan = imported.load("hapi", "mensuel.csv")
    assert sorted(codes(plan.problems)) == ["etablissements-absents", "mode-interprete"]
    assert amounts(imported) == {
        "hapi-mensuel-fir-sanitaire": {2025: Decimal(53643)},
        "hapi-mensuel-forfaits-ifaq-sans-objet": {2024: Decimal(171086)},
        "hapi-mensuel-migac-mig-cr": {2024: Decimal("0.50")},
    }
    line = imported.profile(HOSPITAL).financements[2]
    assert line.mode == "CR"
    told = line.versements.replace("\xa0", " ")
    assert told == "octobre 2024 : −5 000,00 € ; février 2025 : 5 000,50 €"


def test_an_unknown_mode_is_read_as_not_renewed_with_a_doubt(imported: Workspace) -> None:
    plan = imported.load("hapi", "mensuel.csv")
    (warning,) = [item for item in plan.problems if item.code == "mode-interprete"]
    assert (warning.place.line, "« Sans objet »" in warning.message) == (5, True)
    layer = imported.layer(HOSPITAL).read_text(encoding="utf-8")
    assert "a_verifier: mode « Sans objet » lu comme CNR" in layer


@pytest.mark.parametrize(
    "order", [("engagements.csv", "mensuel.csv"), ("mensuel.csv", "engagements.csv")]
)
def test_the_same_money_is_never_counted_twice(order: tuple[str, str], imported: Workspace) -> None:
    """Engagements and months tell the FIR of 2025 both: the engagements win."""
    for name in order:
        imported.load("hapi", name)
    keys = list(amounts(imported))
    assert "hapi-mensuel-fir-sanitaire" not in keys
    assert MEASURE in keys
    assert "hapi-mensuel-migac-mig-cr" in keys


def test_both_files_at_once_give_the_same_lines(imported: Workspace) -> None:
    imported.load("hapi", "engagements.csv", "mensuel.csv")
    assert "hapi-mensuel-fir-sanitaire" not in amounts(imported)
    assert len(amounts(imported)) == 4


def test_a_line_given_twice_is_an_error(imported: Workspace) -> None:
    text = read_sample("engagements.csv")
    plan = imported.plan("hapi", imported.write("hapi.csv", text + text.splitlines()[1] + "\n"))
    (error,) = [item for item in plan.problems if item.severity == "erreur"]
    assert (error.code, error.place.line) == ("ligne-en-double", 6)
    assert "la ligne 2" in error.message


def test_beds_of_all_sites_add_up_by_year(imported: Workspace) -> None:
    plan = imported.load("sae", "sae.csv")
    assert codes(plan.problems) == ["etablissements-absents"]
    before, last = imported.profile(HOSPITAL).capacites
    assert (before.annee, last.annee) == (2023, 2024)
    assert last.medecine is not None
    assert (last.medecine.lits, last.medecine.places) == (62, 7)
    assert last.chirurgie is None
    assert last.usld is not None
    assert last.had is not None
    assert (last.usld.lits, last.had.lits, last.had.places) == (15, 0, 12)
    assert last.source == "SAE 2024"
    assert before.psychiatrie is not None
    assert (before.psychiatrie.lits, before.psychiatrie.places) == (5, 13)


def test_the_size_of_an_establishment_follows_the_imported_beds(imported: Workspace) -> None:
    imported.load("sae", "sae.csv")
    fact = derive_facts(imported.profile(HOSPITAL))["lits"]
    assert fact.value == Decimal(77)
    assert fact.place.file == f"profiles/_imports/{HOSPITAL}.yaml"


def test_years_that_a_file_does_not_hold_stay(imported: Workspace) -> None:
    imported.load("sae", "sae.csv")
    newer = read_sample("sae.csv").replace(";2024;60", ";2025;70").replace(";2023;58", ";2024;61")
    imported.load("sae", imported.write("sae-2025.csv", newer))
    beds = {
        item.annee: item.medecine.lits
        for item in imported.profile(HOSPITAL).capacites
        if item.medecine
    }
    assert beds == {2023: 58, 2024: 63, 2025: 70}


def test_other_establishments_are_counted_not_imported(imported: Workspace) -> None:
    text = read_sample("sae.csv").replace(HOSPITAL, "991000084")
    plan = imported.plan("sae", imported.write("sae.csv", text))
    assert plan.entities == ()
    notes = [item.message for item in plan.problems if item.code == "lignes-laissees"]
    assert notes == ["3 lignes laissées de côté : aucun profil n’a ce numéro d’entité juridique."]
    assert CLINIC not in plan.problems[0].message
