"""What the instruction file prints: a title that nobody takes for a contract's, and its tables.

The same in every format. Most urgent first: what lacks, what is in doubt, what was decided; then
the evidence.
"""

from collections.abc import Callable, Iterator

from contract_builder.frozen import dataclass
from contract_builder.model.french import counted, long_date
from contract_builder.model.instruction import InstructionFile
from contract_builder.model.status import STATUS_WORDS
from contract_builder.tables.table import ReportCell, ReportColumn, ReportTable

TITLE = "Fiche d’instruction – document interne"
WARNING = (
    "Ce document ne fait pas partie du contrat\u00a0: il garde ce que savent ceux qui le "
    "préparent. Ne le joignez ni à un envoi ni à la signature."
)
NOTHING_TO_TELL = "Rien à signaler."

_ALWAYS = "toujours"
_Rows = tuple[tuple[ReportCell, ...], ...]


@dataclass(frozen=True, slots=True)
class _Part:
    """One table of the file: its name, what it tells, its columns, and how its rows are made."""

    id: str
    title: str
    about: str
    columns: tuple[ReportColumn, ...]
    rows: Callable[[InstructionFile], _Rows]


def subtitle(file: InstructionFile) -> str:
    """« Contrat 990000010AA, version 1 (projet) – Centre hospitalier… »."""
    header = file.identity.header
    status = STATUS_WORDS[header.status]
    return f"Contrat {header.code}, version {header.version} ({status}) – {header.legal_name}"


def build_tables(file: InstructionFile) -> tuple[ReportTable, ...]:
    """Every table, in order; one without rows is printed as « Rien à signaler. »."""
    return tuple(
        ReportTable(part.id, part.title, part.about, part.columns, part.rows(file))
        for part in _PARTS
    )


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


def _identity_rows(file: InstructionFile) -> _Rows:
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


def _missing_rows(file: InstructionFile) -> _Rows:
    return tuple((item.label, item.field) for item in file.notes.missing)


def _problem_rows(file: InstructionFile) -> _Rows:
    return tuple((item.message, item.place, item.code) for item in file.problems)


def _doubt_rows(file: InstructionFile) -> _Rows:
    return tuple((item.item, item.place, item.read, item.doubt) for item in file.notes.doubts)


def _repair_rows(file: InstructionFile) -> _Rows:
    return tuple((item.item, item.place, item.printed, item.read) for item in file.notes.repairs)


def _decision_rows(file: InstructionFile) -> _Rows:
    return tuple(
        (
            " – ".join(part for part in (item.sheet, item.volet, item.indicator) if part),
            item.year,
            item.printed or "aucune valeur imprimée",
            item.agreed,
            item.author,
            item.reason,
            item.derogation,
        )
        for item in file.notes.decisions
    )


def _negotiation_rows(file: InstructionFile) -> _Rows:
    return tuple(
        (
            item.item,
            item.decision,
            item.author,
            item.decided_by,
            long_date(item.on),
            item.file,
            item.reason,
        )
        for item in file.notes.negotiations
    )


def _absence_rows(file: InstructionFile) -> _Rows:
    return tuple(
        (item.heading, item.author, long_date(item.on), item.reason) for item in file.notes.absences
    )


def _check_rows(file: InstructionFile) -> _Rows:
    return tuple((item.subject, item.method) for item in file.checks)


def _text_rows(file: InstructionFile) -> _Rows:
    return tuple(
        (item.article, item.status, long_date(item.checked_on) if item.checked_on else "inconnue")
        for item in file.notes.texts
    )


def _source_rows(file: InstructionFile) -> _Rows:
    return tuple(_iter_sources(file))


def _iter_sources(file: InstructionFile) -> Iterator[tuple[ReportCell, ...]]:
    for item in file.notes.sources:
        yield (
            item.item,
            item.document or "texte rédigé pour la bibliothèque",
            item.lines,
            item.file,
            item.since,
            "dans tous les cas" if item.reason == _ALWAYS else item.reason,
        )


_PARTS: tuple[_Part, ...] = (
    _Part(
        "identite",
        "Identité",
        "Le contrat que cette fiche accompagne",
        (ReportColumn("cle", "Donnée", width=24), ReportColumn("valeur", "Valeur", width=64)),
        _identity_rows,
    ),
    _Part(
        "a-completer",
        "Données à compléter",
        "Ce qui manque au contrat, et le champ du profil qui le donne",
        (
            ReportColumn("donnee", "Donnée", width=50),
            ReportColumn("champ", "Champ du profil", width=38),
        ),
        _missing_rows,
    ),
    _Part(
        "avertissements",
        "Avertissements",
        "Ce que la vérification signale sans empêcher de produire le contrat",
        (
            ReportColumn("message", "Message", width=56),
            ReportColumn("place", "Endroit", width=24),
            ReportColumn("code", "Code", width=16),
        ),
        _problem_rows,
    ),
    _Part(
        "doutes",
        "Doutes",
        "Ce qui n’a pu être lu ou vérifié avec certitude dans les sources",
        (
            ReportColumn("objet", "Fiche ou clause", width=16),
            ReportColumn("endroit", "Endroit", width=20),
            ReportColumn("lu", "Lu", width=20),
            ReportColumn("doute", "Doute", width=48),
        ),
        _doubt_rows,
    ),
    _Part(
        "lectures",
        "Lectures rétablies",
        "Ce que la source imprime, et ce qui a été lu",
        (
            ReportColumn("objet", "Fiche", width=16),
            ReportColumn("endroit", "Endroit", width=24),
            ReportColumn("imprime", "Imprimé", width=40),
            ReportColumn("lu", "Lu", width=28),
        ),
        _repair_rows,
    ),
    _Part(
        "cibles-negociees",
        "Cibles négociées",
        "La cible de la fiche, celle qui a été convenue, qui l’a décidée et pourquoi",
        (
            ReportColumn("fiche", "Fiche", width=16),
            ReportColumn("annee", "Année", "annee", width=8),
            ReportColumn("imprime", "Cible de la fiche", width=20),
            ReportColumn("convenu", "Cible convenue", width=20),
            ReportColumn("auteur", "Décision", width=18),
            ReportColumn("motif", "Motif", width=28),
            ReportColumn("derogation", "Dérogation", width=20),
        ),
        _decision_rows,
    ),
    _Part(
        "negocie",
        "Clauses et valeurs négociées",
        "Ce que ce contrat dit autrement, d’où viennent les mots et qui les a acceptés",
        (
            ReportColumn("objet", "Clause ou champ", width=24),
            ReportColumn("decision", "Décision", width=30),
            ReportColumn("auteur", "Proposée par", width=18),
            ReportColumn("decide_par", "Décidée par", width=18),
            ReportColumn("date", "Le", width=14),
            ReportColumn("fichier", "Fichier revenu", width=18),
            ReportColumn("motif", "Motif", width=20),
        ),
        _negotiation_rows,
    ),
    _Part(
        "neants",
        "Néants déclarés",
        "Les rubriques vides, et qui dit qu’elles le sont",
        (
            ReportColumn("rubrique", "Rubrique", width=32),
            ReportColumn("auteur", "Déclaré par", width=24),
            ReportColumn("date", "Le", width=16),
            ReportColumn("motif", "Motif", width=32),
        ),
        _absence_rows,
    ),
    _Part(
        "controles",
        "Contrôles passés",
        "Ce qui a été vérifié avant que les fichiers ne soient écrits, et comment",
        (
            ReportColumn("objet", "Objet", width=28),
            ReportColumn("methode", "Vérification", width=72),
        ),
        _check_rows,
    ),
    _Part(
        "textes",
        "Textes cités",
        "Les articles que le contrat cite et leur situation à sa date d’effet",
        (
            ReportColumn("article", "Article", width=24),
            ReportColumn("situation", "À la date d’effet", width=28),
            ReportColumn("verifie", "Dernière vérification", width=24),
        ),
        _text_rows,
    ),
    _Part(
        "sources",
        "Sources des clauses et des fiches",
        "D’où vient chaque texte, et pourquoi il est dans le contrat",
        (
            ReportColumn("texte", "Clause ou fiche", width=28),
            ReportColumn("document", "Document", width=24),
            ReportColumn("passage", "Article ou lignes", width=20),
            ReportColumn("fichier", "Fichier de la bibliothèque", width=30),
            ReportColumn("depuis", "En vigueur depuis", "date", 12),
            ReportColumn("raison", "Retenue parce que", width=28),
        ),
        _source_rows,
    ),
)
