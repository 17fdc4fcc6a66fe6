"""One entry of the catalogue of the keys of a profile."""

from contract_builder.frozen import dataclass


@dataclass(frozen=True, slots=True)
class FieldHelp:
    """What a key is called, in a few words without a final stop, and what to write there."""

    label: str
    meaning: str
