"""Elements of a FINESS or ARHGOS flow with the date that its ``horodatage`` gives."""

from collections.abc import Collection, Iterator

from contract_builder.diagnostics import Problems
from contract_builder.registries.cells import CellReader
from contract_builder.registries.delimited import ProblemLimit
from contract_builder.registries.rows import RegistryFile
from contract_builder.registries.text_files import TextFile
from contract_builder.registries.xml_flows import FlatElement, iter_elements

_STAMP = "horodatage"


def dated_elements(
    file: TextFile, tags: Collection[str], problems: Problems
) -> Iterator[tuple[RegistryFile, FlatElement, CellReader]]:
    """Each element named ``tags`` with its file, dated when the flow says so, and its cells."""
    source = RegistryFile(file.name)
    limit = ProblemLimit.of(problems)
    for element in iter_elements(file, (_STAMP, *tags), problems):
        cells = CellReader(element.fields, file.name, element.line, problems)
        if element.tag == _STAMP:
            source = RegistryFile(file.name, cells.date("datemaj"))
            continue
        yield source, element, cells
        if limit.is_reached(file.name, element.line):
            return
