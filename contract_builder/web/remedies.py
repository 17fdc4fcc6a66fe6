"""What would help, said in the words of the pages (``errors.Remedy``)."""

from collections.abc import Mapping
from typing import Any

from contract_builder.errors import RemedyAction, UserError

SENTENCES: Mapping[RemedyAction, str] = {
    "build_alone": "S’il échoue encore, produisez ce contrat seul, depuis sa page « Projet ».",
    "choose_campaign": "Choisissez parmi : {detail}.",
    "choose_code": "Donnez un autre code au contrat.",
    "choose_name": "Donnez un autre nom, ou complétez l’établissement qui existe.",
    "choose_output": "Choisissez un autre nom de fichier.",
    "choose_profile": "Indiquez l’établissement dont le contrat signé est issu.",
    "compare_versions": "Comparez les deux versions depuis la page « Comparer ».",
    "declare_ended": "S’il a pris fin plus tôt, déclarez-le d’abord « résilié » dans ses versions.",
    "declare_merger": "Si ce contrat fait suite à une fusion ou à une reprise, dites-le.",
    "declare_signed": "Déclarez-la « signé » dans les versions de l’établissement.",
    "fresh_template": "Si le modèle vient d’une version antérieure du logiciel, remplacez-le par "
    "celui d’un dossier neuf.",
    "hide_behind_tls": "Demandez à un administrateur de l’annoncer.",
    "import_registry": "Demandez à un opérateur de l’importer.",
    "install_cluster": "Demandez à un administrateur d’installer ce qui manque.",
    "make_account": "Demandez à un administrateur de le faire.",
    "name_address": "Demandez à un administrateur de le donner.",
    "name_sent_version": "Choisissez la version envoyée dans la liste.",
    "record_contract": "Enregistrez-en une depuis la page « Projet » d’un établissement.",
    "verify_store": "Demandez à un administrateur de vérifier le registre.",
    "without_attachment": "Ou demandez un PDF sans pièce jointe.",
}


def error_text(error: UserError) -> str:
    """What is wrong, then what would help."""
    if error.remedy is None:
        return str(error)
    return f"{error} {SENTENCES[error.remedy.action].format(detail=error.remedy.detail)}"


def word_problem(problem: Mapping[str, Any]) -> dict[str, Any]:
    """A problem as data (``diagnostics.text.diagnostic_data``), in the words of the pages.

    Its ``message``, ``aide`` (what would help, maybe empty), ``fichier`` and ``ligne``.
    """
    remedy = problem["remede"]
    worded = SENTENCES[remedy["action"]].format(detail=remedy["detail"]) if remedy else ""
    parts = [part for part in (problem["aide"], worded) if part]
    kept = {key: problem[key] for key in ("message", "fichier", "ligne")}
    return {**kept, "aide": " ".join(parts)}
