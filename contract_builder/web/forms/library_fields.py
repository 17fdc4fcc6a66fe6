"""The fields of a text of the library: what each is called, what it holds, what a form made of it.

A path is that of the file's keys, ``indicateur.definition``; a rank stands for the item of a list.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal, Protocol

from contract_builder.reading.characters import FORBIDDEN
from contract_builder.reading.tree import Tree

TextControl = Literal["ligne", "lignes", "alineas", "date", "choix"]
Choices = tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class TextField:
    """One value: ``lignes`` is a list of texts, one a line; ``alineas`` one long text."""

    path: str
    label: str
    hint: str = ""
    control: TextControl = "ligne"
    choices: Choices = ()


@dataclass(frozen=True, slots=True)
class FieldGroup:
    """Fields that stand together under one heading."""

    title: str
    fields: tuple[TextField, ...]


class SentTexts(Protocol):
    """The values that a form sent, by name (Django's ``QueryDict``)."""

    def get(self, name: str) -> str | None:
        """The last value of a name; None when it was not sent."""


_REFERENCES = TextField(
    "references",
    "Articles cités",
    "Un par ligne, « CSP L6114-1 » : tous ceux que le texte nomme.",
    "lignes",
)
_STATUSES: Choices = (("en_vigueur", "en vigueur"), ("abroge", "abrogé"))
_RUNNING: Choices = (
    ("", "rien n’est dit"),
    ("redaction_ancienne", "ils gardent l’ancienne rédaction jusqu’à leur terme"),
    ("redaction_nouvelle", "la nouvelle rédaction s’applique à eux"),
)


def list_fields(
    kind: str, tree: Mapping[str, Tree], documents: Mapping[str, str]
) -> tuple[FieldGroup, ...]:
    """The fields of a clause, a sheet or an article that says ``tree``.

    ``documents`` are the titles of the sources of texts, by identifier.
    """
    match kind:
        case "clause":
            return (_clause_fields(), _source_fields(documents))
        case "fiche":
            return (*_iter_sheet_fields(tree), _source_fields(documents))
        case _:
            return (_reference_fields(),)


def _clause_fields() -> FieldGroup:
    return FieldGroup(
        "Ce que dit l’en-tête",
        (
            TextField(
                "titre", "Titre", "Imprimé au-dessus du texte ; vide pour une clause sans titre."
            ),
            _REFERENCES,
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


def _iter_sheet_fields(tree: Mapping[str, Tree]) -> Iterator[FieldGroup]:
    yield FieldGroup(
        "Objectif et public",
        (
            TextField("intitule", "Intitulé", control="alineas"),
            TextField("objectifs", "Objectifs", "Un par ligne.", "lignes"),
            TextField("public", "Public", control="alineas"),
            _REFERENCES,
        ),
    )
    yield FieldGroup(
        "Indicateur",
        (
            TextField("indicateur.definition", "Définition", control="alineas"),
            TextField("indicateur.formule.numerateur", "Numérateur", control="alineas"),
            TextField("indicateur.formule.denominateur", "Dénominateur", control="alineas"),
            TextField("indicateur.formule.unite", "Unité"),
            TextField("indicateur.periode", "Période"),
            TextField("indicateur.frequence", "Fréquence"),
        ),
    )
    yield from _iter_target_fields(tree)
    yield FieldGroup(
        "Suivi et accompagnement",
        (
            TextField("critere", "Critère d’attribution", control="alineas"),
            TextField("pilotage", "Pilotage", control="alineas"),
            *(
                TextField(path, label, "Un par ligne.", "lignes")
                for path, label in (
                    ("partenaires", "Partenaires"),
                    ("sources_donnees", "Sources des données"),
                    ("preuves", "Preuves"),
                    ("bonnes_pratiques", "Bonnes pratiques"),
                    ("accompagnement", "Accompagnement"),
                )
            ),
            TextField("suivi", "Suivi", control="alineas"),
        ),
    )


def _iter_target_fields(tree: Mapping[str, Tree]) -> Iterator[FieldGroup]:
    """The printed text and the value of each cell that the sheet has; its kind stays."""
    rows = tree.get("cibles")
    for rank, row in enumerate(rows if isinstance(rows, list) else []):
        if not isinstance(row, dict):
            continue
        cells = row.get("valeurs")
        fields: list[TextField] = []
        for year, cell in (cells if isinstance(cells, dict) else {}).items():
            path = f"cibles.{rank}.valeurs.{year}"
            fields += _cell_fields(path, str(year), cell)
        fields += _cell_fields(f"cibles.{rank}.total", "total", row.get("total"))
        name = " – ".join(
            str(row[key]) for key in ("volet", "libelle", "categorie") if row.get(key)
        )
        note = TextField(f"cibles.{rank}.note", "Note sous le tableau", control="alineas")
        yield FieldGroup(f"Cibles : {name}", (*fields, note))


def _cell_fields(path: str, label: str, cell: Tree | None) -> list[TextField]:
    if not isinstance(cell, dict):
        return []
    kind = f"Cible de type « {str(cell.get('type', '')).replace('_', ' ')} »."
    fields = [TextField(f"{path}.texte", f"{label} : texte imprimé")] if "texte" in cell else []
    if "valeur" in cell:
        fields.append(TextField(f"{path}.valeur", f"{label} : valeur", kind))
    return fields


def show_text_field(field: TextField, tree: Mapping[str, Tree]) -> str:
    """What a field shows of a tree."""
    value = _get(tree, field.path.split("."))
    if isinstance(value, list):
        return "\n".join(" ".join(str(item).split()) for item in value)
    text = value if isinstance(value, str) else ""
    return " ".join(text.split()) if field.control == "ligne" else text.strip("\n")


def parse_text_fields(
    groups: Sequence[FieldGroup], tree: Mapping[str, Tree], sent: SentTexts
) -> dict[str, Tree]:
    """The tree as a form wants it: what was not touched stays as it was written.

    A key that says nothing and stood not in the tree is not added.
    """
    wanted = {key: _copy(value) for key, value in tree.items()}
    for group in groups:
        for field in group.fields:
            typed = sent.get(f"champ.{field.path}")
            if typed is None:
                continue
            text = read_typed_text(typed)
            if text.strip() != show_text_field(field, tree).strip():
                _put(wanted, field.path.split("."), _value(field, text))
    source = wanted.get("source")
    if isinstance(source, dict) and not any(source.values()):
        del wanted["source"]
    return wanted


def read_typed_text(text: str) -> str:
    """A text as typed, with the ends of lines of files and no character that they refuse."""
    return FORBIDDEN.sub(" ", text.replace("\r\n", "\n").replace("\r", "\n"))


def _value(field: TextField, text: str) -> Tree:
    if field.control == "lignes":
        return [line.strip() for line in text.split("\n") if line.strip()]
    return " ".join(text.split()) if field.control in ("ligne", "date", "choix") else text.strip()


def _get(tree: Tree | Mapping[str, Tree], keys: Sequence[str]) -> Tree | None:
    value: Tree | None = dict(tree) if isinstance(tree, Mapping) else tree
    for key in keys:
        if isinstance(value, dict):
            value = value.get(key)
        elif isinstance(value, list) and key.isdecimal() and int(key) < len(value):
            value = value[int(key)]
        else:
            return None
    return value


def _put(tree: Tree, keys: Sequence[str], value: Tree) -> None:
    """Sets a value, its groups made if need be; a blank one is not added."""
    key, *rest = keys
    if isinstance(tree, list):
        _put(tree[int(key)], rest, value)
    elif isinstance(tree, dict) and rest:
        if key not in tree:
            if not value:
                return
            tree[key] = {}
        _put(tree[key], rest, value)
    elif isinstance(tree, dict) and (value or key in tree):
        tree[key] = value


def _copy(tree: Tree) -> Tree:
    if isinstance(tree, dict):
        return {key: _copy(value) for key, value in tree.items()}
    return [_copy(item) for item in tree] if isinstance(tree, list) else tree
