"""What would help, said in the words of the pages (``errors.Remedy``)."""

from collections.abc import Mapping
from typing import Any

from contract_builder.diagnostics import Diagnostic
from contract_builder.diagnostics.text import shorten, word_help
from contract_builder.errors import Remedy, RemedyAction, UserError

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


def word_remedy(remedy: Remedy) -> str:
    """What to do in the pages, as a sentence."""
    return SENTENCES[remedy.action].format(detail=remedy.detail)


def error_text(error: UserError) -> str:
    """What is wrong, then what would help."""
    return str(error) if error.remedy is None else f"{error} {word_remedy(error.remedy)}"


def word_problem(problem: Diagnostic) -> dict[str, Any]:
    """A problem as a lot or an import keeps it, in the words of the pages.

    Its ``message``, ``aide`` (what would help, maybe empty), ``fichier`` and ``ligne``.
    """
    return {
        "message": shorten(problem.message),
        "fichier": problem.place.file,
        "ligne": problem.place.line,
        "aide": word_help(problem, word_remedy),
    }
