"""The last anchor, kept in a small file outside the database: what shows that its end is there.

The chain of the journal proves that nothing inside it changed; a journal that was cut short, an
older copy of the database or an empty one is a whole chain too. Each writer notes where the journal
had come to, and nobody writes on into a journal that no longer passes through that point.
"""

from pathlib import Path

from contract_builder.errors import Remedy, UsageError, UserError
from contract_builder.files.read import read_file
from contract_builder.files.together import holding
from contract_builder.files.write import telling_refusals, write_atomically
from contract_builder.store import journal
from contract_builder.store.errors import StoreError, TamperedDataError
from contract_builder.store.models import JournalRow
from contract_builder.store.records import Anchor, parse_anchor


def find_noted(path: Path) -> Anchor | None:
    """The anchor in the file ``path``; None without a file. StoreError when it holds none."""
    if not path.exists():
        return None
    text = read_file(path).decode(errors="replace")
    try:
        return parse_anchor(text)
    except UsageError as error:
        raise StoreError(
            f"« {path} » ne contient pas de repère du journal : il a été modifié. Remettez le "
            "repère que le dernier enregistrement a affiché."
        ) from error


def note_anchor(path: Path, anchor: Anchor) -> str:
    """Notes an anchor that goes further than the one in the file; why it could not, in French.

    A recording that is done stays done, whether or not its anchor could be noted.
    """
    try:
        if _goes_further(path, anchor):
            with telling_refusals(path), holding(path.parent):
                if _goes_further(path, anchor):
                    write_atomically(path, f"{anchor}\n".encode())
    except UserError as error:
        return f"Le repère du journal n’a pas été noté à côté du registre. {error}"
    return ""


def _goes_further(path: Path, anchor: Anchor) -> bool:
    noted = find_noted(path)
    return anchor.sequence > (0 if noted is None else noted.sequence)


def check_noted(alias: str, path: Path) -> None:
    """TamperedDataError when the journal does not pass through the anchor in the file ``path``."""
    noted = find_noted(path)
    if noted is None or passes_through(alias, noted):
        return
    raise TamperedDataError(
        f"{describe_break(journal.get_head(alias), noted, path)} Rien n’a été enregistré. "
        "Reprenez la sauvegarde la plus récente ou le dernier export ; si vous avez remis à "
        f"dessein une copie plus ancienne, déplacez « {path} ».",
        Remedy("verify_store"),
    )


def passes_through(alias: str, anchor: Anchor) -> bool:
    """True when the journal holds the entry of an anchor, with its hash."""
    rows = JournalRow.objects.using(alias)
    return rows.filter(sequence=anchor.sequence, hash=anchor.hash).exists()


def describe_break(head: Anchor, noted: Anchor, path: Path | None = None) -> str:
    """What a journal that does not pass through an anchor has lost, as far as can be told."""
    where = "le repère donné" if path is None else f"le repère noté dans « {path} »"
    if head.sequence >= noted.sequence:
        return (
            f"Le journal ne passe pas par {where} : l’écriture n° {noted.sequence} n’est plus la "
            "même. Le registre a été récrit, ou un autre a pris sa place."
        )
    return (
        f"Le journal s’arrête à l’écriture n° {head.sequence}, et {where} est celui de "
        f"l’écriture n° {noted.sequence} : le registre a été raccourci, ou une copie plus "
        "ancienne a pris sa place."
    )
