"""What each key of a profile is called and means, in French: one catalogue for files and forms.

Keyed by the name of the record class, then by key, in the order of the class. ``profiles`` writes
it above the keys of a new profile; pages show it beside their fields.
"""

from collections.abc import Mapping

from contract_builder.model.field_help.activities import ACTIVITY_HELP
from contract_builder.model.field_help.contract import CONTRACT_HELP
from contract_builder.model.field_help.entry import FieldHelp
from contract_builder.model.field_help.establishment import ESTABLISHMENT_HELP
from contract_builder.model.record import Record

__all__ = ["FIELD_HELP", "FieldHelp", "get_field_help"]

FIELD_HELP: Mapping[str, Mapping[str, FieldHelp]] = {
    **CONTRACT_HELP,
    **ESTABLISHMENT_HELP,
    **ACTIVITY_HELP,
}


def get_field_help(cls: type[Record], key: str) -> FieldHelp:
    """The label and the meaning of a key of a record; KeyError for a key without help."""
    return FIELD_HELP[cls.__name__][key]
