"""New profiles and checked templates, as JSON."""

from dataclasses import asdict
from typing import Any

from contract_builder.render.docx.template_check import TemplateDefect
from contract_builder.services.drafting import Drafted


def drafted_data(drafted: Drafted) -> dict[str, Any]:
    """A new profile: what the registries gave, what is left to be filled in."""
    return {
        "profil": str(drafted.path),
        "registres": drafted.has_registries,
        "deja_decrit_par": list(drafted.others),
        "a_renseigner": [
            {"chemin": item.path, "libelle": item.label, "aide": item.meaning}
            for item in drafted.asked
        ],
    }


def defect_data(defect: TemplateDefect) -> dict[str, str]:
    """Place, message and text around; ``severity`` when the template can be used all the same."""
    data = asdict(defect)
    if defect.severity == "erreur":
        del data["severity"]
    return data
