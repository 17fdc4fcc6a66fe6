"""One avenant made and judged: written, printed in Word, read by the independent reader."""

import json
from datetime import date

from contract_builder.amend.amendment_json import render_amendment_json
from contract_builder.amend.document import AmendmentFacts
from contract_builder.amend.written import write_amendment
from contract_builder.model.contract import Contract
from contract_builder.render.docx import render_docx
from contract_builder.render.json import render_json
from contract_builder.render.products import word_template_of_amendments
from tests.documents import TEMPLATES
from tests.independent_avenant.judging import Json, judge_avenant


def write_printed(old: Contract, new: Contract) -> tuple[bytes, Json] | None:
    """The Word file and the JSON of the avenant; None between contracts that say the same."""
    written = write_amendment(old, new, AmendmentFacts(1, None, date(2026, 1, 1), old.header))
    if written is None:
        return None
    template = (TEMPLATES / word_template_of_amendments(TEMPLATES)).read_bytes()
    data: Json = json.loads(render_amendment_json(written.amendment))
    return render_docx(written.document, template), data


def find_faults(old: Contract, new: Contract) -> list[str] | None:
    """What an independent reader of the Word file finds wrong; None where there is no avenant."""
    printed = write_printed(old, new)
    if printed is None:
        return None
    sides = (json.loads(render_json(side)) for side in (old, new))
    return judge_avenant(*printed, *sides).faults
