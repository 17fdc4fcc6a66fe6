"""The forms of the SAE as the DREES publishes them: one file a form and year, columns that move."""

import pytest

from contract_builder.diagnostics import Problems
from contract_builder.model.profile import Profile
from tests.registry_workspace import CLINIC, HOSPITAL, HOSPITAL_SITE, Workspace, codes

MCO = (
    "BOR;AN;FI;RS;FI_EJ;LIT_MED;JLI_MED;LIT_CHI;LIT_OBS;LIT_MCO;PLA_MED;PLA_CHI;PLA_OBS;PLA_MCO\r\n"
    f"MCO;2024;{HOSPITAL_SITE};CH DE L’ESSAI;{HOSPITAL};60;20000;22;;82;7;3;;10\r\n"
)
SMR = (
    (
        "BOR;AN;FI;RS;FI_EJ;GDE;AUT;LIT;JLI;PLA;SEJHC;JOUHC;JOUHP;EMSSR\r\n"
        "SSR;2024;SITE;CH;ENTITY;SSR_A;;30;;5;;;;\r\n"
        "SSR;2024;SITE;CH;ENTITY;SSR_A50;1;30;;5;;;;\r\n"
        "SSR;2024;SITE;CH;ENTITY;SSR_E;;10;;1;;;;\r\n"
        "SSR;2024;SITE;CH;ENTITY;SSR_TOT;;41;;6;;;;\r\n"
    )
    .replace("SITE", HOSPITAL_SITE)
    .replace("ENTITY", HOSPITAL)
)
PSY = (
    "BOR;AN;FI;FI_EJ;DIS;CAP_HTP;CAP_PFT;CAP_HDJ;CAP_HDN\r\n"
    f"PSY;2024;{HOSPITAL_SITE};{HOSPITAL};GEN;24;2;8;\r\n"
    f"PSY;2024;{HOSPITAL_SITE};{HOSPITAL};INF;4;;3;1\r\n"
)
HAD = f"BOR;AN;FI;FI_EJ;POP;PLATOT\r\nHAD;2024;{HOSPITAL_SITE};{HOSPITAL};234972;45\r\n"
USLD = f"bor;an;fi;fi_ej;lit;jou\r\nUSLD;2024;{HOSPITAL_SITE};{HOSPITAL};30;10058\r\n"
OTHER = f"BOR;AN;FI;RS;FI_EJ;AUTSU\r\nURGENCES;2024;{HOSPITAL_SITE};CH;{HOSPITAL};1\r\n"
SAE_FORMS = {"MCO": MCO, "SSR": SMR, "PSY": PSY, "HAD": HAD, "USLD": USLD}


@pytest.fixture
def imported(workspace: Workspace) -> Workspace:
    workspace.load("finess", "entites.xml", "sites.xml")
    return workspace


def beds(profile: Profile) -> dict[str, tuple[int, int]]:
    """Beds and places by discipline, of the only year."""
    (year,) = profile.capacites
    names = ("medecine", "chirurgie", "obstetrique", "smr", "psychiatrie", "had", "usld")
    found = ((name, getattr(year, name)) for name in names)
    return {name: (item.lits, item.places) for name, item in found if item is not None}


def warnings(problems: Problems) -> Problems:
    return [item for item in problems if item.severity != "note"]


EVERY = {
    "medecine": (60, 7),
    "chirurgie": (22, 3),
    "smr": (41, 6),
    "psychiatrie": (30, 12),
    "had": (0, 45),
    "usld": (30, 0),
}


def test_the_forms_of_a_year_fill_a_profile_together(imported: Workspace) -> None:
    files = [imported.write(f"{name}.csv", text, "cp1252") for name, text in SAE_FORMS.items()]
    imported.load("sae", *files)
    assert beds(imported.profile(HOSPITAL)) == EVERY
    assert imported.profile(HOSPITAL).capacites[0].source == "SAE 2024"


def test_the_forms_given_one_by_one_say_the_same(imported: Workspace) -> None:
    for name, text in reversed(SAE_FORMS.items()):
        imported.load("sae", imported.write(f"{name}.csv", text, "cp1252"))
    assert beds(imported.profile(HOSPITAL)) == EVERY


def test_a_corrected_form_replaces_its_own_disciplines_alone(imported: Workspace) -> None:
    imported.load("sae", *[imported.write(f"{name}.csv", text) for name, text in SAE_FORMS.items()])
    corrected = MCO.replace(";60;20000;", ";58;19000;")
    imported.load("sae", imported.write("MCO-corrige.csv", corrected))
    assert beds(imported.profile(HOSPITAL)) == {**EVERY, "medecine": (58, 7)}


def test_columns_may_move_and_the_form_be_renamed(imported: Workspace) -> None:
    moved = (
        f"PLA;NOUVELLE;FI_EJ;GDE;LIT;FI;AN;BOR\r\n"
        f"6;x;{HOSPITAL};SMR_TOT;41;{HOSPITAL_SITE};2024;SMR\r\n"
    )
    imported.load("sae", imported.write("SMR.csv", moved))
    assert beds(imported.profile(HOSPITAL)) == {"smr": (41, 6)}


def test_parts_add_up_where_no_line_gives_the_total(imported: Workspace) -> None:
    lines = [line for line in SMR.splitlines(keepends=True) if "SSR_TOT" not in line]
    imported.load("sae", imported.write("SSR.csv", "".join(lines)))
    assert beds(imported.profile(HOSPITAL)) == {"smr": (40, 6)}


def test_a_column_that_a_form_must_have_is_asked_for(imported: Workspace) -> None:
    path = imported.write("MCO.csv", MCO.replace("LIT_CHI", "LITS_DE_CHIR"))
    (error,) = [item for item in imported.plan("sae", path).problems if item.severity == "erreur"]
    assert error.code == "colonnes-manquantes"
    assert "« LIT_CHI »" in error.message


def test_a_line_without_its_entity_takes_that_of_its_site(imported: Workspace) -> None:
    blank = HAD.replace(f";{HOSPITAL};", ";;")
    files = [imported.write("HAD.csv", blank), imported.write("USLD.csv", USLD)]
    imported.load("sae", *files)
    assert beds(imported.profile(HOSPITAL)) == {"had": (0, 45), "usld": (30, 0)}
    alone = imported.plan("sae", files[0])
    assert alone.entities == ()
    assert any("aucune ligne ne dit l’entité" in item.message for item in alone.problems)


def test_a_line_twice_is_an_error_in_a_file_and_across_files(imported: Workspace) -> None:
    twice = imported.write("MCO.csv", MCO + MCO.splitlines(keepends=True)[1])
    assert "ligne-en-double" in codes(imported.plan("sae", twice).problems)
    first, second = imported.write("a.csv", HAD), imported.write("b.csv", HAD)
    assert "ligne-en-double" in codes(imported.plan("sae", first, second).problems)


def test_forms_without_beds_are_told_once_and_other_entities_are_left(imported: Workspace) -> None:
    files = [
        imported.write("URGENCES.csv", OTHER),
        imported.write("REA.csv", OTHER.replace("URGENCES", "REA")),
        imported.write(
            "ST.csv", f"BOR;AN;FI;RS;GRP;FI_ET\r\nST;2024;{HOSPITAL};CH;02;{HOSPITAL}\r\n"
        ),
        imported.write(
            "SYGEN.csv", f'"FI";"FI_EJ";"AN";"LIT_MED"\r\n"{HOSPITAL_SITE}";"";"2024";1\r\n'
        ),
        imported.write("GHT.csv", '"GHT_LIBC";"GHT_CODE";"LIT_MED"\r\n"A";"84101";1755\r\n'),
    ]
    (problem,) = warnings(imported.plan("sae", *files).problems)
    assert problem.code == "bordereau-sans-capacite"
    assert "4 bordereaux" in problem.message
    assert all(name in problem.message for name in ("REA", "ST", "URGENCES", "synthèse"))
    other = imported.write("MCO.csv", MCO.replace(HOSPITAL, "991000084"))
    assert imported.plan("sae", other).entities == ()
    assert CLINIC not in str(imported.plan("sae", other).problems)


def test_visits_of_general_and_paediatric_emergencies_add_up(imported: Workspace) -> None:
    lines = [
        f"URGENCES2;2024;{HOSPITAL_SITE};{HOSPITAL};GEN;42694;5\r\n",
        f"URGENCES2;2024;{HOSPITAL_SITE};{HOSPITAL};PED;1306;2\r\n",
    ]
    header = "BOR;AN;FI;FI_EJ;URG;PASSU;dt80\r\n"
    mco = imported.write("MCO.csv", MCO)
    imported.load("sae", mco, imported.write("URGENCES2.csv", header + "".join(lines)))
    (year,) = imported.profile(HOSPITAL).urgences
    assert (year.annee, year.passages, year.source) == (2024, 44000, "SAE 2024")
    assert beds(imported.profile(HOSPITAL))["medecine"] == (60, 7)
    next_year = header + lines[0].replace("2024", "2025").replace("42694", "40000")
    imported.load("sae", imported.write("URGENCES2-2025.csv", next_year))
    assert [item.passages for item in imported.profile(HOSPITAL).urgences] == [44000, 40000]
    twice = imported.write("twice.csv", header + lines[0] + lines[0])
    assert "ligne-en-double" in codes(imported.plan("sae", twice).problems)


def test_places_of_night_count_and_an_unknown_count_is_told(imported: Workspace) -> None:
    text = MCO.replace("PLA_MCO\r", "PLA_MCO;PLAN_MED;PLAN_OBS;LIT_AUTRE\r").replace(
        ";10\r", ";10;2;;4\r"
    )
    path = imported.write("MCO.csv", text)
    (warning,) = warnings(imported.plan("sae", path).problems)
    assert warning.code == "colonne-de-capacite-inconnue"
    assert "« LIT_AUTRE »" in warning.message
    imported.load("sae", path)
    assert beds(imported.profile(HOSPITAL))["medecine"] == (60, 9)
