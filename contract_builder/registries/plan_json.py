"""An import's plan as JSON."""

from typing import Any

from contract_builder.diagnostics.text import Wording, diagnostic_data
from contract_builder.registries.plan import ImportPlan, ValueChange


def import_data(plan: ImportPlan, wording: Wording) -> dict[str, Any]:
    """The plan as JSON-ready data; ``wording`` says what would help with its problems."""
    return {
        "import": plan.kind,
        "etablissements": [
            {
                "finess_ej": entity.finess,
                "nom": entity.name,
                "nouveau": entity.is_new,
                "fichiers": [str(write.path) for write in entity.writes],
                "changements": [value_change_data(change) for change in entity.changes],
            }
            for entity in plan.entities
        ],
        "problemes": [diagnostic_data(problem, wording) for problem in plan.problems],
    }


def value_change_data(change: ValueChange) -> dict[str, Any]:
    """One value that an import would write, and where it comes from."""
    origin = change.origin
    return {
        "sorte": change.kind,
        "chemin": change.path,
        "ancien": change.old,
        "nouveau": change.new,
        "sans_effet": change.hidden,
        "origine": None
        if origin is None
        else {
            "fichier": origin.file_text,
            "lignes": origin.line_text,
            "extrait_le": origin.extracted_on.isoformat() if origin.extracted_on else None,
            "a_verifier": origin.doubt,
        },
    }
