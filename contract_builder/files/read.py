"""Files read whole, or told in French why not."""

from pathlib import Path

from contract_builder.errors import UserError, system_reason
from contract_builder.reading.bounded import read_bounded


def read_file(path: Path, complaint: str = "") -> bytes:
    """The bytes of a file; UserError « … : the system's reason » when it cannot be read.

    ``complaint`` is the sentence without its reason, by default « PATH ne peut être lu ».
    """
    try:
        return read_bounded(path)
    except OSError as error:
        told = complaint or f"« {path} » ne peut être lu"
        raise UserError(f"{told} : {system_reason(error)}.") from error
