"""Everything wrong in a folder of templates: each one is tried on a made-up contract.

The Word template is taken apart besides (``docx.template_check``). Nothing is written.
"""

from collections.abc import Callable, Collection, Iterator, Sequence
from functools import partial
from pathlib import Path
from typing import Final

from contract_builder.errors import InternalRenderError, TemplateError
from contract_builder.files.cache import NO_CACHE, Cache
from contract_builder.render.docx.template_check import TemplateDefect
from contract_builder.render.docx.template_verdict import check_kept_template
from contract_builder.render.pdf.stamps import STAMP_TEMPLATE, PageStamp, render_stamps
from contract_builder.render.products import (
    AMENDMENT_TEMPLATE,
    CONTRACT_TEMPLATE,
    read_template,
    read_text_template,
    render_all,
)
from contract_builder.render.templates_trial import refuse_runaway
from contract_builder.render.trial_contract import TRIAL_CONTRACT

_STAMP: Final = PageStamp(
    "Fichier joint J1", "CPOM", "page 1 sur 1 du fichier", "Page 2 sur 2", 595, 595
)


def check_templates(
    folder: Path, names: Collection[str] | None = None, cache: Cache = NO_CACHE
) -> Iterator[tuple[str, TemplateDefect]]:
    """Each defect with the name of its template, of all or of these; none for what can be used.

    A defect whose place is « essai » was found by trying the template. ``cache`` may know what was
    found in the same Word template. UserError when the disk refuses.
    """
    for name, find_defects in _CHECKS.items():
        if names is not None and name not in names:
            continue
        try:
            for defect in find_defects(folder, cache):
                yield name, defect
        except (TemplateError, InternalRenderError) as error:
            yield name, TemplateDefect("essai", str(error))


def _check_word(folder: Path, cache: Cache) -> Sequence[TemplateDefect]:
    return check_kept_template(read_template(folder, CONTRACT_TEMPLATE), cache)


def _check_amendment(folder: Path, cache: Cache) -> Sequence[TemplateDefect]:
    """Nothing when the avenants take the template of the contracts."""
    if not (folder / AMENDMENT_TEMPLATE).exists():
        return []
    return check_kept_template(read_template(folder, AMENDMENT_TEMPLATE), cache)


def try_template(folder: Path, name: str) -> None:
    """Fills one template of a folder; raises as whoever uses it would."""
    _TRIALS[name](folder)


def _try_typst(name: str, folder: Path, _cache: Cache) -> Sequence[TemplateDefect]:
    """First apart, within bounds, unless it is the one that comes with the software."""
    refuse_runaway(folder, name)
    return _TRIALS[name](folder)


def _try_pdf(folder: Path) -> Sequence[TemplateDefect]:
    render_all(folder, TRIAL_CONTRACT, ("pdf",))
    return []


def _try_page(folder: Path, _cache: Cache) -> Sequence[TemplateDefect]:
    render_all(folder, TRIAL_CONTRACT, ("html",))
    return []


def _try_stamp(folder: Path) -> Sequence[TemplateDefect]:
    render_stamps([_STAMP], read_text_template(folder, STAMP_TEMPLATE), folder / "fonts")
    return []


_TRIALS: Final[dict[str, Callable[[Path], Sequence[TemplateDefect]]]] = {
    "contrat.typ": _try_pdf,
    STAMP_TEMPLATE: _try_stamp,
}
_CHECKS: Final[dict[str, Callable[[Path, Cache], Sequence[TemplateDefect]]]] = {
    CONTRACT_TEMPLATE: _check_word,
    AMENDMENT_TEMPLATE: _check_amendment,
    "contrat.typ": partial(_try_typst, "contrat.typ"),
    "contrat.html": _try_page,
    STAMP_TEMPLATE: partial(_try_typst, STAMP_TEMPLATE),
}
