"""Renewals for commands and pages: deadlines of stored contracts, the next generation's profile.

The glue between the store, the profiles' folder, the pipeline and ``lineage``. The day is given by
the caller; every function raises UserError with a French text.
"""

from contract_builder.lineage.deadline_text import deadline_data, describe_deadline
from contract_builder.lineage.deadlines import Deadline
from contract_builder.lineage.plan import iter_plan_lines, plan_data
from contract_builder.renewals.agenda import (
    Agenda,
    ContractHistory,
    get_histories,
    is_done,
    list_deadlines,
)
from contract_builder.renewals.renew import Renewed, RenewRequest, renew

__all__ = [
    "Agenda",
    "ContractHistory",
    "Deadline",
    "RenewRequest",
    "Renewed",
    "deadline_data",
    "describe_deadline",
    "get_histories",
    "is_done",
    "iter_plan_lines",
    "list_deadlines",
    "plan_data",
    "renew",
]
