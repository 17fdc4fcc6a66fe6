"""What would help, said as commands and options (``errors.Remedy``)."""

from collections.abc import Mapping

from contract_builder.errors import Remedy, RemedyAction, UserError

SENTENCES: Mapping[RemedyAction, str] = {
    "build_alone": "S’il échoue encore, essayez-le seul avec « cpom build ».",
    "choose_campaign": "Choisissez par « --campaign » {detail}.",
    "choose_code": "Donnez le suivant par « --code ».",
    "choose_name": "Donnez un autre NOM, ou complétez ce profil.",
    "choose_output": "Donnez un autre nom par « --out ».",
    "choose_profile": "Indiquez par « --profile » celui dont le contrat signé est issu.",
    "compare_versions": "Comparez les deux versions avec « cpom compare ».",
    "declare_ended": "S’il a pris fin plus tôt, déclarez-le d’abord : « cpom store status {detail} "
    "resilie » ; s’il est remplacé par une fusion, ajoutez « --merger ».",
    "declare_merger": "Si ce contrat fait suite à une fusion ou à une reprise, ajoutez "
    "« --merger ».",
    "declare_signed": "« cpom store status {detail} signe » le déclare.",
    "fresh_template": "S’il vient d’une version antérieure du logiciel, reprenez celui d’un "
    "dossier neuf, écrit par « cpom init ».",
    "hide_behind_tls": "Annoncez ce serveur par « --behind-proxy ».",
    "import_registry": "Importez-le avec « cpom import {detail} ».",
    "install_cluster": 'Installez-le : pip install "contract-builder[cluster]".',
    "make_account": "« cpom account add NOM --role administrateur » le fait.",
    "name_address": "Donnez-le par « --public-name ».",
    "name_sent_version": "Donnez la version envoyée par « --against » : un fichier JSON du "
    "contrat ou une version du registre.",
    "record_contract": "« cpom record » en enregistre.",
    "verify_store": "« cpom store verify » dit ce qu’il en est.",
    "without_attachment": "Ou demandez un PDF sans pièce jointe : « --pdf-standard a-2a ».",
}


def word_remedy(remedy: Remedy) -> str:
    """What to type, as a sentence."""
    return SENTENCES[remedy.action].format(detail=remedy.detail)


def error_text(error: UserError) -> str:
    """What is wrong, then what to type when a command would help."""
    return str(error) if error.remedy is None else f"{error} {word_remedy(error.remedy)}"
