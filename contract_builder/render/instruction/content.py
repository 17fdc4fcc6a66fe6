"""What the instruction file prints: a title that nobody takes for a contract's, and its tables.

The same in every format. Most urgent first: what lacks, what is in doubt, what was decided; then
the evidence.
"""

from collections.abc import Callable, Iterable
from typing import Any, Generic, TypeVar

from contract_builder.frozen import dataclass
from contract_builder.model.contract import RecordedProblem
from contract_builder.model.french import counted, long_date
from contract_builder.model.instruction import (
    AbsenceRecord,
    CitedText,
    DecisionOnTarget,
    DoubtRecord,
    InstructionFile,
    MissingDatum,
    NegotiationRecord,
    PassedCheck,
    RepairRecord,
    SourceRecord,
)
from contract_builder.model.status import STATUS_WORDS
from contract_builder.tables.table import CellKind, ReportCell, ReportColumn, ReportTable

TITLE = "Fiche d’instruction – document interne"
WARNING = (
    "Ce document ne fait pas partie du contrat\u00a0: il garde ce que savent ceux qui le "
    "préparent. Ne le joignez ni à un envoi ni à la signature."
)
NOTHING_TO_TELL = "Rien à signaler."

_ALWAYS = "toujours"
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class _Column(Generic[T]):
    """One column, with what it says of an item."""

    key: str
    title: str
    width: int
    value: Callable[[T], ReportCell]
    kind: CellKind = "texte"


@dataclass(frozen=True, slots=True)
class _Part(Generic[T]):
    """One table of the file: its name, what it tells, its items, and what is told of each."""

    id: str
    title: str
    about: str
    items: Callable[[InstructionFile], Iterable[T]]
    columns: tuple[_Column[T], ...]

    def table(self, file: InstructionFile) -> ReportTable:
        """The table of a contract."""
        columns = (ReportColumn(c.key, c.title, c.kind, c.width) for c in self.columns)
        rows = (tuple(c.value(item) for c in self.columns) for item in self.items(file))
        return ReportTable(self.id, self.title, self.about, tuple(columns), tuple(rows))


def subtitle(file: InstructionFile) -> str:
    """« Contrat 990000010AA, version 1 (projet) – Centre hospitalier… »."""
    header = file.identity.header
    status = STATUS_WORDS[header.status]
    return f"Contrat {header.code}, version {header.version} ({status}) – {header.legal_name}"


def build_tables(file: InstructionFile) -> tuple[ReportTable, ...]:
    """Every table, in order; one without rows is printed as « Rien à signaler. »."""
    return tuple(part.table(file) for part in _PARTS)


def summary(file: InstructionFile) -> str:
    """The balance in one sentence."""
    notes = file.notes
    counts = (
        counted(len(notes.missing), "donnée à compléter", "données à compléter"),
        counted(len(file.problems), "avertissement"),
        counted(len(notes.doubts), "doute"),
        counted(len(notes.repairs), "lecture rétablie", "lectures rétablies"),
        counted(len(notes.decisions), "cible négociée", "cibles négociées"),
        counted(
            len(notes.negotiations), "clause ou valeur négociée", "clauses ou valeurs négociées"
        ),
        counted(len(notes.absences), "néant déclaré", "néants déclarés"),
    )
    return f"En bref\u00a0: {', '.join(counts)}."


def _identity(file: InstructionFile) -> Iterable[tuple[str, str]]:
    identity, header = file.identity, file.identity.header
    return (
        ("Contrat", header.code),
        ("Titre", header.title),
        ("Organisme", header.legal_name),
        ("N°\u00a0FINESS de l’entité juridique", header.finess_ej),
        ("Version", str(header.version)),
        ("Statut", STATUS_WORDS[header.status]),
        ("Durée", f"du {long_date(header.effective_date)} au {long_date(header.end_date)}"),
        ("Campagne", header.campaign),
        ("Empreinte du contrat (SHA-256)", identity.sha256),
        ("Empreinte de la bibliothèque (SHA-256)", identity.library_version),
    )


def _target(decision: DecisionOnTarget) -> str:
    parts = (decision.sheet, decision.volet, decision.indicator)
    return " – ".join(part for part in parts if part)


_PARTS: tuple[_Part[Any], ...] = (
    _Part[tuple[str, str]](
        "identite",
        "Identité",
        "Le contrat que cette fiche accompagne",
        _identity,
        (
            _Column("cle", "Donnée", 24, lambda item: item[0]),
            _Column("valeur", "Valeur", 64, lambda item: item[1]),
        ),
    ),
    _Part[MissingDatum](
        "a-completer",
        "Données à compléter",
        "Ce qui manque au contrat, et le champ du profil qui le donne",
        lambda file: file.notes.missing,
        (
            _Column("donnee", "Donnée", 50, lambda item: item.label),
            _Column("champ", "Champ du profil", 38, lambda item: item.field),
        ),
    ),
    _Part[RecordedProblem](
        "avertissements",
        "Avertissements",
        "Ce que la vérification signale sans empêcher de produire le contrat",
        lambda file: file.problems,
        (
            _Column("message", "Message", 56, lambda item: item.message),
            _Column("place", "Endroit", 24, lambda item: item.place),
            _Column("code", "Code", 16, lambda item: item.code),
        ),
    ),
    _Part[DoubtRecord](
        "doutes",
        "Doutes",
        "Ce qui n’a pu être lu ou vérifié avec certitude dans les sources",
        lambda file: file.notes.doubts,
        (
            _Column("objet", "Fiche ou clause", 16, lambda item: item.item),
            _Column("endroit", "Endroit", 20, lambda item: item.place),
            _Column("lu", "Lu", 20, lambda item: item.read),
            _Column("doute", "Doute", 48, lambda item: item.doubt),
        ),
    ),
    _Part[RepairRecord](
        "lectures",
        "Lectures rétablies",
        "Ce que la source imprime, et ce qui a été lu",
        lambda file: file.notes.repairs,
        (
            _Column("objet", "Fiche", 16, lambda item: item.item),
            _Column("endroit", "Endroit", 24, lambda item: item.place),
            _Column("imprime", "Imprimé", 40, lambda item: item.printed),
            _Column("lu", "Lu", 28, lambda item: item.read),
        ),
    ),
    _Part[DecisionOnTarget](
        "cibles-negociees",
        "Cibles négociées",
        "La cible de la fiche, celle qui a été convenue, qui l’a décidée et pourquoi",
        lambda file: file.notes.decisions,
        (
            _Column("fiche", "Fiche", 16, _target),
            _Column("annee", "Année", 8, lambda item: item.year, "annee"),
            _Column(
                "imprime",
                "Cible de la fiche",
                20,
                lambda item: item.printed or "aucune valeur imprimée",
            ),
            _Column("convenu", "Cible convenue", 20, lambda item: item.agreed),
            _Column("auteur", "Décision", 18, lambda item: item.author),
            _Column("motif", "Motif", 28, lambda item: item.reason),
            _Column("derogation", "Dérogation", 20, lambda item: item.derogation),
        ),
    ),
    _Part[NegotiationRecord](
        "negocie",
        "Clauses et valeurs négociées",
        "Ce que ce contrat dit autrement, d’où viennent les mots et qui les a acceptés",
        lambda file: file.notes.negotiations,
        (
            _Column("objet", "Clause ou champ", 24, lambda item: item.item),
            _Column("decision", "Décision", 30, lambda item: item.decision),
            _Column("auteur", "Proposée par", 18, lambda item: item.author),
            _Column("decide_par", "Décidée par", 18, lambda item: item.decided_by),
            _Column("date", "Le", 14, lambda item: long_date(item.on)),
            _Column("fichier", "Fichier revenu", 18, lambda item: item.file),
            _Column("motif", "Motif", 20, lambda item: item.reason),
        ),
    ),
    _Part[AbsenceRecord](
        "neants",
        "Néants déclarés",
        "Les rubriques vides, et qui dit qu’elles le sont",
        lambda file: file.notes.absences,
        (
            _Column("rubrique", "Rubrique", 32, lambda item: item.heading),
            _Column("auteur", "Déclaré par", 24, lambda item: item.author),
            _Column("date", "Le", 16, lambda item: long_date(item.on)),
            _Column("motif", "Motif", 32, lambda item: item.reason),
        ),
    ),
    _Part[PassedCheck](
        "controles",
        "Contrôles passés",
        "Ce qui a été vérifié avant que les fichiers ne soient écrits, et comment",
        lambda file: file.checks,
        (
            _Column("objet", "Objet", 28, lambda item: item.subject),
            _Column("methode", "Vérification", 72, lambda item: item.method),
        ),
    ),
    _Part[CitedText](
        "textes",
        "Textes cités",
        "Les articles que le contrat cite et leur situation à sa date d’effet",
        lambda file: file.notes.texts,
        (
            _Column("article", "Article", 24, lambda item: item.article),
            _Column("situation", "À la date d’effet", 28, lambda item: item.status),
            _Column(
                "verifie",
                "Dernière vérification",
                24,
                lambda item: long_date(item.checked_on) if item.checked_on else "inconnue",
            ),
        ),
    ),
    _Part[SourceRecord](
        "sources",
        "Sources des clauses et des fiches",
        "D’où vient chaque texte, et pourquoi il est dans le contrat",
        lambda file: file.notes.sources,
        (
            _Column("texte", "Clause ou fiche", 28, lambda item: item.item),
            _Column(
                "document",
                "Document",
                24,
                lambda item: item.document or "texte rédigé pour la bibliothèque",
            ),
            _Column("passage", "Article ou lignes", 20, lambda item: item.lines),
            _Column("fichier", "Fichier de la bibliothèque", 30, lambda item: item.file),
            _Column("depuis", "En vigueur depuis", 12, lambda item: item.since, "date"),
            _Column(
                "raison",
                "Retenue parce que",
                28,
                lambda item: "dans tous les cas" if item.reason == _ALWAYS else item.reason,
            ),
        ),
    ),
)
