"""The fields of each kind of text of the library: their labels, hints and lists, in order."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from contract_builder.reading.tree import Tree
from contract_builder.web.forms.campaign_shapes import iter_campaign_fields
from contract_builder.web.forms.library_fields import (
    Choices,
    FieldGroup,
    TextField,
)
from contract_builder.web.forms.sheet_shapes import CITED_ARTICLES, iter_sheet_fields

_STATUSES: Choices = (("en_vigueur", "en vigueur"), ("abroge", "abrogé"))
_RUNNING: Choices = (
    ("", "rien n’est dit"),
    ("redaction_ancienne", "ils gardent l’ancienne rédaction jusqu’à leur terme"),
    ("redaction_nouvelle", "la nouvelle rédaction s’applique à eux"),
)


@dataclass(frozen=True, slots=True)
class FieldLists:
    """What fields offer: titles of source documents by identifier, and of a sheet's campaign.

    ``categories`` are those of its targets, with their labels; ``years`` those of its targets.
    For a campaign, ``plans`` and ``catalogues`` are those there are, and ``conditions`` tell in
    words who is in each of its categories.
    """

    documents: Mapping[str, str]
    categories: Choices = ()
    years: tuple[int, ...] = ()
    plans: Choices = ()
    catalogues: Choices = ()
    conditions: Mapping[str, str] = field(default_factory=dict)


def list_fields(kind: str, tree: Mapping[str, Tree], lists: FieldLists) -> tuple[FieldGroup, ...]:
    """The fields of a clause, a sheet, a campaign or an article that says ``tree``."""
    match kind:
        case "clause":
            return (_clause_fields(), _source_fields(lists.documents))
        case "fiche":
            groups = iter_sheet_fields(tree, lists.categories, lists.years)
            return (*groups, _source_fields(lists.documents))
        case "campagne":
            return tuple(
                iter_campaign_fields(tree, lists.plans, lists.catalogues, lists.conditions)
            )
        case _:
            return (_reference_fields(),)


def list_first_fields(kind: str, part: str = "", places: Choices = ()) -> tuple[FieldGroup, ...]:
    """What a new text is called and where it comes: ``places`` are those in a part of a plan."""
    if kind == "fiche":
        hint = "Le numéro qui suit dans le catalogue est proposé."
        return (FieldGroup("Nouvelle fiche", (TextField("code", "Code", hint),)),)
    return (
        FieldGroup(
            "Nouvelle clause",
            (
                TextField(
                    "id",
                    "Nom de la clause",
                    "Pour la retrouver, jamais imprimé : « engagement-telesante ». Vide : il est "
                    "tiré du titre.",
                ),
                TextField("place", f"Place dans : {part}", control="choix", choices=places),
                TextField(
                    "en_vigueur_du",
                    "Premier jour",
                    "Les contrats qui prennent effet ce jour-là ou après la contiennent.",
                    "date",
                ),
            ),
        ),
    )


def _clause_fields() -> FieldGroup:
    return FieldGroup(
        "Ce que dit l’en-tête",
        (
            TextField(
                "titre", "Titre", "Imprimé au-dessus du texte ; vide pour une clause sans titre."
            ),
            CITED_ARTICLES,
            TextField(
                "en_vigueur_au",
                "Dernier jour",
                "Compris ; vide tant que rien n’y met fin. Une clause s’abroge ainsi.",
                "date",
            ),
            TextField("a_verifier", "À vérifier", "Ce qui reste à lire ou à confirmer.", "alineas"),
        ),
    )


def _source_fields(documents: Mapping[str, str]) -> FieldGroup:
    choices = (("", "aucune"), *documents.items())
    return FieldGroup(
        "D’où vient le texte",
        (
            TextField("source.document", "Document", control="choix", choices=choices),
            TextField("source.lignes", "Passage", "Article et version, ou lignes."),
        ),
    )


def _reference_fields() -> FieldGroup:
    return FieldGroup(
        "Ce que dit le registre",
        (
            TextField("objet", "Objet", "Avec vos mots.", "alineas"),
            TextField("statut", "État", control="choix", choices=_STATUSES),
            TextField("depuis", "Depuis le", "Premier jour de cette rédaction.", "date"),
            TextField(
                "jusqu_au", "Jusqu’au", "Dernier jour, compris ; vide sans fin connue.", "date"
            ),
            TextField(
                "modifie_par", "Texte qui l’a faite", "Loi, ordonnance, décret, avec sa date."
            ),
            TextField(
                "contrats_en_cours",
                "Contrats en cours",
                "Ce qu’en disent les dispositions transitoires.",
                "choix",
                _RUNNING,
            ),
            TextField(
                "verifie_le", "Lu dans l’état du", "Le jour de la copie que vous avez lue.", "date"
            ),
            TextField(
                "fin_constatee",
                "Fin constatée le",
                "Le jour de l’extrait où vous avez vu qu’aucune version ne suit.",
                "date",
            ),
            TextField("source", "Source", "Par exemple « Légifrance (DILA) »."),
            TextField("a_verifier", "À vérifier", "Ce qui reste à lire ou à confirmer.", "alineas"),
        ),
    )
