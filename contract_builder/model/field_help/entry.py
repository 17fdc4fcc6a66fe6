"""One entry of the catalogue of the keys of a profile."""

from contract_builder.frozen import dataclass


@dataclass(frozen=True, slots=True)
class FieldHelp:
    """What a key is called, in a few words without a final stop, and what to write there.

    ``manner`` is what is said beside, to who writes it in a file; empty where a form and a file
    are filled alike.
    """

    label: str
    meaning: str
    manner: str = ""

    @property
    def in_files(self) -> str:
        """What to write in a file, and how."""
        return f"{self.meaning} {self.manner}" if self.manner else self.meaning
