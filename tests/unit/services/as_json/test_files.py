"""New profiles and checked templates, for a program."""

from pathlib import Path

from contract_builder.profiles.blank_profile import AskedKey
from contract_builder.render.docx.template_check import TemplateDefect
from contract_builder.services.as_json.files import defect_data, drafted_data
from contract_builder.services.drafting import Drafted


def test_a_new_profile_says_what_is_left_to_fill_in() -> None:
    asked = AskedKey("contrat.code", "Code", "Le code du contrat.")
    drafted = Drafted(Path("profiles/a.yaml"), "texte", (asked,), False, ("b",))
    assert drafted_data(drafted) == {
        "profil": "profiles/a.yaml",
        "registres": False,
        "deja_decrit_par": ["b"],
        "a_renseigner": [
            {"chemin": "contrat.code", "libelle": "Code", "aide": "Le code du contrat."}
        ],
    }


def test_a_defect_says_its_severity_when_it_refuses_nothing() -> None:
    refusing = TemplateDefect("corps", "il manque un titre")
    assert "severity" not in defect_data(refusing)
    kept = TemplateDefect("corps", "un commentaire", severity="avertissement")
    assert defect_data(kept)["severity"] == "avertissement"
