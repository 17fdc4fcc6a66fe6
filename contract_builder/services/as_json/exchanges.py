"""What was sent, what came back and what was decided on it, as JSON."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from contract_builder.render.receipt import receipt_data
from contract_builder.services.deciding import Settlement
from contract_builder.services.receiving import Received
from contract_builder.services.sending import Dispatch


def dispatch_data(dispatch: Dispatch) -> dict[str, Any]:
    """The receipt of what was sent, with the paths of the files."""
    paths = [str(path) for path in dispatch.published.written]
    return {**receipt_data(dispatch.receipt), "chemins": paths}


def settled_data(received: Received, done: Settlement, answers: Sequence[Path]) -> dict[str, Any]:
    """What was read back, then the decisions; ``answers`` are the files written to send again."""
    return {
        **received.data,
        "decisions": {
            "profile": done.profile,
            "clauses": list(done.clauses),
            "values": list(done.values),
            "counts": dict(done.counts),
            "answers": [str(path) for path in answers],
            "told": [sentence for answer in done.answers for sentence in answer.told],
        },
    }
