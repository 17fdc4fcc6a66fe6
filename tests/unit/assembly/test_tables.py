"""Tables made from the lines of a profile: what each row shows, and nothing without a line."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

import pytest

from contract_builder.assembly.tables import TABLES
from contract_builder.assembly.tables.authorisations import authorisation_records
from contract_builder.assembly.tables.objectives import objective_records
from contract_builder.model.activities import (
    Beds,
    EmergencyVisits,
    Mission,
    Recognition,
    Site,
)
from contract_builder.model.blocks import Cell, CrossReference, Table, inline_text
from contract_builder.model.contract import JoinedFile
from contract_builder.model.establishment import (
    Address,
    CalledParty,
    Deliberation,
    HospitalGroup,
    Representative,
    University,
)
from contract_builder.model.library import CategoryNomenclature, Library, Nomenclature, OutlineEntry
from contract_builder.model.profile import (
    ChosenSheet,
    Commitment,
    Cooperation,
    OtherContract,
    Profile,
)
from tests.contract_samples import HOSTILE
from tests.profile_samples import (
    ON,
    SITE,
    make_authorisation,
    make_campaign,
    make_capacity,
    make_context,
    make_funding,
    make_library,
    make_outline,
    make_profile,
)

NOMENCLATURE = Nomenclature(
    intitule="N",
    version="1",
    en_vigueur_du=date(2023, 6, 1),
    activites={"QA001": "Médecine", "QA014": "Médecine d’urgence"},
    modalites={"MO000": "Pas de modalité", "MO032": "Structure des urgences"},
    mentions={"ME000": "Pas de mention"},
    pratiques={"PTS00": "Pas de pratique"},
    declarations={"DE000": "Pas de déclaration", "DE015": "Adultes"},
    lignes=(),
)
LIBRARY = make_library(
    (make_campaign(),),
    (make_outline(),),
    nomenclature=NOMENCLATURE,
    categories=CategoryNomenclature(intitule="C", categories={"355": "Centre hospitalier"}),
)


FILES = (
    JoinedFile("J1", "Plan", "plan", "A6", "profiles/plan.pdf", 3, "ab" * 32),
    JoinedFile("J2", "Convention", "document_signe", "", "profiles/c.pdf", 12, "cd" * 32),
)


def table(name: str, profile: Profile, library: Library = LIBRARY) -> Table:
    built = TABLES[name](replace(make_context(profile, library), joined_files=FILES))
    assert built is not None
    return built


def shown(cells: Sequence[Cell]) -> list[str]:
    return [inline_text(cell.content).replace("\u00a0", " ") for cell in cells]


def rows(name: str, profile: Profile) -> list[list[str]]:
    return [shown(row.cells) for row in table(name, profile).rows]


FULL = make_profile(
    entity={
        "siren": "269900015",
        "adresse": Address(commune="Valmont"),
        "departement": "99",
        "departement_cosignataire": "Département 99",
        "representant": Representative(fonction="Le directeur"),
        "universite": University(nom="Université"),
        "deliberations": (
            Deliberation(instance="Conseil de surveillance", nature="avis", date=ON),
            Deliberation(instance="Conseil de surveillance", nature="avis", date=date(2025, 6, 1)),
        ),
    },
    sites=(Site(finess_et=SITE, nom="Valmont", categorie="355"), Site(finess_et="x", nom="Autre")),
    capacites=(make_capacity(2023, 9), make_capacity(2024, 45, chirurgie=Beds(places=6))),
    urgences=(EmergencyVisits(annee=2024, passages=6420),),
    ght=HospitalGroup(nom="GHT", role="membre"),
    autorisations=(
        make_authorisation("QA014", modalite="MO032", numero_arhgos="2", date_effet=ON),
        make_authorisation(declaration="DE015", equipements={"irm": 1}, date_fin=ON),
        make_authorisation(statut="01", finess_et="inconnu"),
    ),
    reconnaissances=(Recognition(code="R1", activite="Palliatifs", capacite=0),),
    missions=(
        Mission(nature="MIG", intitule="Mémoire", site=SITE, modalites="Jeudi"),
        Mission(nature="PDSES", intitule="Garde"),
    ),
    engagements=tuple(
        Commitment(theme=theme, intitule=f"Engagement {theme}", echeance=2027)  # type: ignore[arg-type]
        for theme in ("qualite", "achats", "ressources_humaines", "budget", "systeme_information",
                      "cooperation", "autre")
    ),
    financements=(make_funding("a", {2025: "1"}),),
    cooperations=(Cooperation(nature="GHT", intitule="GHT", partenaires=("A", "B")),),
    autres_contrats=(OtherContract(nature="CAQES", intitule="CAQES", date_debut=ON),),
    appeles_au_contrat=(CalledParty(nom="Université", clauses=("recherche",)),),
)  # fmt: skip


def test_joined_files_show_their_pages_and_their_whole_hash() -> None:
    first, second = rows("annexes_jointes", FULL)
    assert first == ["J1", "Plan", "Plan", "Annexe A6", "3", f"{'ab' * 16}\n{'ab' * 16}"]
    assert second[2:5] == ["Document signé", "", "12"]


def test_a_joined_file_leads_to_the_annex_that_it_completes_when_the_contract_holds_it() -> None:
    entry = OutlineEntry(partie="annexe", id="cooperations", numero="A6", titre="Coopérations")
    context = replace(make_context(FULL, LIBRARY), annexes=(entry,), joined_files=FILES)
    built = TABLES["annexes_jointes"](context)
    assert built is not None
    assert built.rows[0].cells[3].content == (CrossReference("cooperations", "Annexe\u00a0A6"),)


@pytest.mark.parametrize("name", sorted(set(TABLES) - {"fiche_signaletique"}))
def test_a_table_without_a_line_is_no_table(name: str) -> None:
    assert TABLES[name](make_context(make_profile(), LIBRARY)) is None


@pytest.mark.parametrize("name", sorted(set(TABLES) - {"objectifs", "annexes"}))
def test_every_table_is_whole(name: str) -> None:
    built = table(name, FULL)
    assert built.rows
    width = len(built.columns)
    assert {sum(cell.colspan for cell in row.cells) for row in built.rows} == {width}
    keys = [row.key for row in built.rows]
    assert len(set(keys)) == len(keys)
    assert all(column.width > 0 and column.title for column in built.columns)


def test_the_keys_of_all_tables_differ() -> None:
    context = make_context(FULL, LIBRARY)
    keys = [built.key for build in TABLES.values() if (built := build(context)) is not None]
    assert len(set(keys)) == len(keys)


def test_authorisations_are_grouped_by_activity_with_labels_of_the_nomenclature() -> None:
    found = rows("autorisations", FULL)
    assert [row[0] for row in found if len(row) == 1] == [
        "Médecine (QA001)",
        "Médecine d’urgence (QA014)",
    ]
    assert found[1] == [
        "", "Sans modalité particulière", "MO000 ME000 PTS00 DE000", "inconnu", "", "", "",
        "en attente de mise en œuvre",
    ]  # fmt: skip
    assert found[2][1:4] == ["Adultes\nIRM : 1", "MO000 ME000 PTS00 DE015", f"Valmont\n{SITE}"]
    assert found[2][6:] == ["01/07/2025", "autorisée"]
    assert found[4][:2] == ["2", "Structure des urgences"]
    assert found[4][4] == "01/07/2025"


def test_the_records_of_authorisations_keep_the_order_of_the_profile() -> None:
    records = authorisation_records(make_context(FULL, LIBRARY))
    assert [record.key for record in records] == [
        "2",
        f"QA001/MO000/ME000/PTS00/DE015/{SITE}",
        "QA001/MO000/ME000/PTS00/DE000/inconnu",
    ]
    assert records[0].labels[:2] == ("Médecine d’urgence", "Structure des urgences")
    assert records[1].devices == (("irm", 1),)


def test_capacities_are_those_of_the_last_year_with_their_totals() -> None:
    built = table("capacites", FULL)
    assert built.caption == "Capacités en 2024"
    assert [shown(row.cells) for row in built.rows] == [
        ["Médecine", "45", "0"],
        ["Chirurgie", "0", "6"],
        ["Total", "45", "6"],
    ]


def test_a_year_without_a_bed_has_no_table_of_capacities() -> None:
    profile = make_profile(capacites=(make_capacity(2024, 0),))
    assert TABLES["capacites"](make_context(profile, LIBRARY)) is None


def test_sites_show_the_label_of_their_category() -> None:
    assert rows("sites", FULL) == [
        [SITE, "Valmont", "355 – Centre hospitalier", ""],
        ["x", "Autre", "", ""],
    ]


def test_the_identity_card_shows_what_is_known() -> None:
    found = {row[0]: row[1] for row in rows("fiche_signaletique", FULL)}
    assert found["SIREN"] == "269900015"
    assert found["Groupement hospitalier de territoire"] == "GHT (établissement partie)"
    assert found["Lits (capacités 2024)"] == "45"
    assert found["Urgences (passages 2024)"] == "6 420"
    assert found["Statut juridique"] == "établissement public de santé"
    assert found["Période du contrat"] == "du 1er juillet 2025 au 30 juin 2030"
    assert "SIRET" not in found


def test_a_mission_without_a_site_concerns_all_of_them() -> None:
    assert [row[2] for row in rows("missions", FULL)] == ["Valmont", "Tous les sites"]


def test_a_capacity_of_zero_is_shown_and_none_is_not() -> None:
    assert rows("reconnaissances", FULL)[0][3] == "0"
    without = make_profile(reconnaissances=(Recognition(code="R", activite="A"),))
    assert rows("reconnaissances", without)[0][3] == ""


@pytest.mark.parametrize("theme", ["qualite", "achats", "systeme_information", "autre"])
def test_commitments_are_shown_theme_by_theme(theme: str) -> None:
    assert rows(f"engagements_{theme}", FULL) == [[f"Engagement {theme}", "2027", ""]]


def test_an_authorisation_to_put_in_service_says_until_when() -> None:
    waiting = make_authorisation(statut="01", date_limite=date(2029, 2, 17))
    found = rows("autorisations", make_profile(autorisations=(waiting,)))
    assert found[1][-1] == "en attente de mise en œuvre, au plus tard le 17/02/2029"


def test_a_label_of_the_nomenclature_has_the_apostrophes_of_the_contract() -> None:
    labels = {"QA014": "Médecine d'urgence"}
    library = replace(LIBRARY, nomenclature=replace(NOMENCLATURE, activites=labels))
    profile = make_profile(autorisations=(make_authorisation("QA014"),))
    assert shown(table("autorisations", profile, library).rows[0].cells) == [
        "Médecine d’urgence (QA014)"
    ]


def test_the_sentences_of_a_profile_are_not_cut_before_a_sign_and_keep_their_letters() -> None:
    said = "Taux d'occupation (4,1 % en 2024) : au plus 90 000 €"
    profile = make_profile(
        engagements=(Commitment(theme="budget", intitule="Tenir", indicateur=said),)
    )
    printed = inline_text(table("engagements_budget", profile).rows[0].cells[2].content)
    assert printed == ("Taux d'occupation (4,1\u00a0% en 2024)\u00a0: au plus 90\u00a0000\u00a0€")


@pytest.mark.parametrize(
    ("name", "alone"),
    [
        ("l’Université de Modèle", "Université de Modèle"),
        ("La Sorbonne", "Sorbonne"),
        ("Lyon 1", "Lyon 1"),
        ("Université", "Université"),
    ],
)
def test_a_name_alone_in_a_cell_has_no_article(name: str, alone: str) -> None:
    profile = make_profile(entity={"universite": University(nom=name)})
    found = {row[0]: row[1] for row in rows("fiche_signaletique", profile)}
    assert found["Université"] == alone


def test_other_lines_show_their_nature_in_words() -> None:
    assert rows("cooperations", FULL)[0] == [
        "Groupement hospitalier de territoire", "GHT", "A\nB", "", "non",
    ]  # fmt: skip
    assert rows("autres_contrats", FULL)[0] == ["CAQES", "CAQES", "", "01/07/2025", ""]
    assert rows("appeles_au_contrat", FULL)[0] == ["Université", "", "", "recherche"]
    assert rows("deliberations", FULL)[1] == ["Conseil de surveillance", "avis", "01/06/2025"]


def test_a_value_with_markup_characters_stays_as_it_is_in_a_table() -> None:
    profile = make_profile(
        missions=(Mission(nature="MIG", intitule=HOSTILE, modalites=HOSTILE),),
        engagements=(Commitment(theme="qualite", intitule=HOSTILE),),
    )
    assert inline_text(table("missions", profile).rows[0].cells[1].content) == HOSTILE
    assert shown(table("missions", profile).rows[0].cells)[3] == HOSTILE.replace("\u00a0", " ")
    assert shown(table("engagements_qualite", profile).rows[0].cells)[0] == HOSTILE.replace(
        "\u00a0", " "
    )


def test_objectives_are_the_chosen_sheets_in_the_order_of_the_profile(
    real_library: Library,
) -> None:
    codes = ("CPOM_OS_12", "CPOM_CT_1")
    profile = make_profile(
        campagne="occitanie-2025-2029", fiches=tuple(ChosenSheet(code=code) for code in codes)
    )
    built = table("objectifs", profile, real_library)
    assert [row.key for row in built.rows] == list(codes)
    records = objective_records(make_context(profile, real_library))
    assert [(record.code, record.indicator_type) for record in records] == [
        ("CPOM_OS_12", "quantitatif"),
        ("CPOM_CT_1", records[1].indicator_type),
    ]
    assert len(records[0].objectives) == 2
