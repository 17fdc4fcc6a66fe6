"""The avenants that a region's run has drafted: the state of each, what lacks, its files."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from contract_builder.batch.ledger import Ledger
from contract_builder.batch.ledger_entry import LedgerEntry
from contract_builder.batch.summary import AmendedSummary
from contract_builder.files.read import read_file
from contract_builder.web.lots.orders import AVENANTS_FOLDER
from contract_builder.web.pages.handing import CONTENT_TYPES, hand_out
from contract_builder.web.pages.lookup import get_path, list_visible_paths, list_visible_states
from contract_builder.web.remedies import word_problem
from contract_builder.web.requests import PageRequest

_STATES: Final[Mapping[str, str]] = {
    "produit": "rédigé",
    "inchange": "rédigé",
    "a_jour": "rédigé",
    "sans_objet": "rien à modifier",
    "sans_contrat": "aucun contrat en vigueur",
    "refuse": "refusé",
    "echec": "en échec",
}


@require_safe
def show(request: PageRequest) -> HttpResponse:
    """One line for each establishment of the run that is seen, those without an avenant too."""
    seen = {path.stem for path in list_visible_paths(request)}
    called = {state.name: state.legal_name for state in list_visible_states(request)}
    lines = [
        {"name": name, "called": called.get(name, name), **_lay(entry)}
        for name, entry in sorted(_entries(request).items())
        if name in seen
    ]
    return render(request, "web/avenants_lot.html", {"lines": lines})


@require_safe
def download(request: PageRequest, name: str, rank: int) -> HttpResponse:
    """One of the files of an establishment's avenant; no other is looked for."""
    get_path(request, name)
    entry = _entries(request).get(name)
    files = dict(_list_files(entry)) if entry else {}
    if rank not in files or entry is None:
        raise Http404(str(rank))
    path = request.hall.project.root / AVENANTS_FOLDER / entry.files[rank]
    if not path.is_file():
        raise Http404(str(rank))
    return hand_out(path.name, read_file(path))


def _lay(entry: LedgerEntry) -> dict[str, Any]:
    """What a line shows of one establishment; its avenant is None where there is none."""
    amended = entry.summary if isinstance(entry.summary, AmendedSummary) else None
    return {
        "state": _STATES.get(entry.status, entry.status),
        "amendment": amended.amendment if amended else None,
        "in_force": amended.in_force if amended else "",
        "files": _list_files(entry),
        "problems": [word_problem(problem) for problem in entry.problems],
    }


def _entries(request: PageRequest) -> dict[str, LedgerEntry]:
    ledger = Ledger(request.hall.project.root / AVENANTS_FOLDER)
    ledger.load()
    return ledger.entries


def _list_files(entry: LedgerEntry) -> list[tuple[int, str]]:
    """The files that pages hand out, each with its rank among all of them."""
    return [
        (rank, Path(name).name)
        for rank, name in enumerate(entry.files)
        if name.rpartition(".")[2] in CONTENT_TYPES and not name.endswith(".json")
    ]
