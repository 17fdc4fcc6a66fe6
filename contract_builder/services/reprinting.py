"""A stored version printed again with today's templates: to read it, not what was handed out.

The files that left are kept by ``sending``; these say the same text. Writes nothing.
"""

from contract_builder.services.keeping import get_contract_json
from contract_builder.services.making import (
    BuildOptions,
    Format,
    refuse_faulty_word_template,
    render_contract,
)
from contract_builder.services.project import Project


def reprint_version(project: Project, reference: str, kind: Format) -> tuple[str, bytes]:
    """The name and the bytes of a version's document, verified; UserError when there is none."""
    from contract_builder.render.json import parse_contract

    contract = parse_contract(get_contract_json(project, reference))
    options = BuildOptions(formats=(kind,))
    refuse_faulty_word_template(project, options)
    ((name, data),) = render_contract(project.root, contract, options).files.items()
    return name, data
