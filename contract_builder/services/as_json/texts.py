"""Comparisons, avenants and consolidated texts, as JSON."""

import json
from typing import Any

from contract_builder.amend.amendment_json import amendment_data
from contract_builder.compare.data import comparison_data
from contract_builder.services.comparing import Compared
from contract_builder.services.consolidating import Consolidated
from contract_builder.services.drafted_amendments import DraftedAmendment


def compared_data(compared: Compared) -> dict[str, Any]:
    """What changed and what is proved of it, with the paths of the files."""
    files = [str(path) for path in compared.published.written]
    return {**comparison_data(compared.comparison, compared.proof), "files": files}


def drafted_amendment_data(draft: DraftedAmendment) -> dict[str, Any]:
    """The avenant, as in its file; empty where there is none."""
    return {} if draft.amendment is None else amendment_data(draft.amendment)


def consolidated_data(consolidated: Consolidated) -> dict[str, Any]:
    """The text in force as a contract."""
    found: dict[str, Any] = json.loads(consolidated.json)
    return found
