"""What was sent, what came back and what was decided on it, as JSON."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from contract_builder.render.receipt import receipt_data
from contract_builder.returned.readback_data import readback_data
from contract_builder.services.deciding import Settlement
from contract_builder.services.receiving import ReadCopies
from contract_builder.services.sending import Dispatch


def dispatch_data(dispatch: Dispatch) -> dict[str, Any]:
    """The receipt of what was sent, with the paths of the files."""
    paths = [str(path) for path in dispatch.published.written]
    return {**receipt_data(dispatch.receipt), "chemins": paths}


def copies_data(copies: ReadCopies) -> dict[str, Any]:
    """What was read of the files that came back."""
    return readback_data(copies.files, copies.merged)


def settled_data(copies: ReadCopies, done: Settlement, answers: Sequence[Path]) -> dict[str, Any]:
    """What was read back, then the decisions; ``answers`` are the files written to send again."""
    return {
        **copies_data(copies),
        "decisions": {
            "profile": done.profile,
            "clauses": list(done.clauses),
            "values": list(done.values),
            "counts": dict(done.counts),
            "answers": [str(path) for path in answers],
            "told": [sentence for answer in done.answers for sentence in answer.told],
        },
    }
