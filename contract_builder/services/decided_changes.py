"""What a file of decisions says of the changes of returned files: read, compared, checked.

Every problem is told, at its line or cell; whoever applies decisions does so without any.
"""

import unicodedata
from collections.abc import Iterator, Mapping
from typing import Final

from contract_builder.diagnostics import Diagnostic, Problems, decision_problems
from contract_builder.model.decision import DecisionFile, DecisionLine
from contract_builder.returned.change import ReturnedChange
from contract_builder.returned.decided import Choice, DecidedChange, find_impossible
from contract_builder.services.receiving import ReadCopies

TAKEN: Final = ("accepte", "contre")
"""The decisions after which the contract says something else."""
_WORDS: Final[Mapping[str, Choice]] = {
    "": "ouvert",
    **dict.fromkeys(("accepte", "acceptee", "accepter", "oui", "a"), "accepte"),
    **dict.fromkeys(("refuse", "refusee", "refuser", "non", "r"), "refuse"),
    **dict.fromkeys(
        ("contre", "contreproposition", "contrepropose", "contreproposee", "c"), "contre"
    ),
    **dict.fromkeys(("ouvert", "ouverte", "laisseouvert", "laisseeouverte", "o", "l"), "ouvert"),
}


def decide_changes(
    copies: ReadCopies, file: DecisionFile, problems: Problems
) -> dict[str, DecidedChange]:
    """What is decided of each change by its id; everything that is wrong is told."""
    _check_identity(copies, file, problems)
    if problems:
        return {}
    changes = {change.id: change for change in copies.merged.changes}
    decided: dict[str, DecidedChange] = {}
    lines: dict[str, DecisionLine] = {}
    for line in file.modifications:
        change = changes.get(line.id)
        place = line.place_of("id")
        if line.id in lines:
            first = lines[line.id].place_of("id").line
            problems.append(decision_problems.decision_en_double(place, line.id, first))
        elif change is None or not _says_the_same(line, change):
            problems.append(decision_problems.decision_sans_objet(place, line.id))
        else:
            decided[line.id] = _decide(line, change, problems)
        lines.setdefault(line.id, line)
    whole = file.place_of("modifications")
    problems += [decision_problems.decision_absente(whole, i) for i in changes if i not in lines]
    problems += _iter_contrary(copies, decided, lines)
    return decided


def _check_identity(copies: ReadCopies, file: DecisionFile, problems: Problems) -> None:
    """The decisions are those on these very files, against this very version."""
    known = copies.files[0].recognised.candidate
    if file.contrat != known.sha256:
        named = known.reference or f"empreinte {known.sha256[:12]}…"
        place = file.place_of("contrat")
        problems.append(decision_problems.decisions_d_une_autre_version(place, named))
    wanted = {item.sha256 for item in file.fichiers}
    for item, digest in zip(copies.files, copies.sha256, strict=True):
        if digest not in wanted:
            place = file.place_of("fichiers")
            problems.append(decision_problems.decisions_d_un_autre_fichier(place, item.name))
    for other in file.fichiers:
        if other.sha256 not in copies.sha256:
            place = other.place_of("nom")
            problems.append(decision_problems.decisions_d_un_autre_fichier(place, other.nom))


def _says_the_same(line: DecisionLine, change: ReturnedChange) -> bool:
    """True when the line is about this change: its words, spaces aside."""
    return all(
        _squeeze(written)[:_COMPARED] == _squeeze(read)[:_COMPARED]
        for written, read in ((line.ancien, change.old), (line.nouveau, change.new))
    )


_COMPARED: Final = 8000
"""Characters: a cell of a workbook holds no more than some thirty thousand."""


def _squeeze(text: str) -> str:
    return "".join(text.split())


def _decide(line: DecisionLine, change: ReturnedChange, problems: Problems) -> DecidedChange:
    choice = read_choice(line.decision)
    text = line.texte.strip()
    if choice is None:
        place = line.place_of("decision")
        problems.append(decision_problems.decision_inconnue(place, line.id, line.decision))
        return DecidedChange(change, "ouvert")
    decided = DecidedChange(change, choice, text, line.motif.strip())
    if text and choice != "contre":
        place = line.place_of("texte")
        problems.append(decision_problems.texte_sans_contre_proposition(place, line.id))
    reason = find_impossible(decided)
    if not reason and choice == "accepte" and change.value is not None:
        reason = change.value.problem
    if reason:
        place = line.place_of("decision")
        problems.append(decision_problems.decision_impossible(place, line.id, reason))
    return decided


def read_choice(text: str) -> Choice | None:
    """The decision that a word says, whatever its case and accents; None for an unknown one."""
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().lower()
    return _WORDS.get("".join(c for c in plain if c.isalnum()))


def _iter_contrary(
    copies: ReadCopies, decided: Mapping[str, DecidedChange], lines: Mapping[str, DecisionLine]
) -> Iterator[Diagnostic]:
    for conflict in copies.merged.conflicts:
        taken = [i for i in conflict.changes if i in decided and decided[i].choice in TAKEN]
        if len(taken) > 1:
            words = " et ".join(f"« {decided[i].change.new or '(supprimé)'} »" for i in taken)
            yield decision_problems.decisions_contraires(
                lines[taken[1]].place_of("decision"), taken[0], taken[1], f"{words}."
            )
