"""The footnotes of targets: what the reading of the source leaves in doubt, what was negotiated.

A footnote is about one cell or one value; what concerns a whole table stands below it.
"""

from collections.abc import Iterator, Mapping, Sequence

from contract_builder.assembly.negotiation import is_doubtful
from contract_builder.assembly.target_totals import SUMMABLE
from contract_builder.assembly.targets import ResolvedRow
from contract_builder.assembly.typography import typeset
from contract_builder.model.blocks import Footnote, Text
from contract_builder.model.fiche import Fiche, TargetCell, TargetPart
from contract_builder.model.french import enumerate_words, format_number
from contract_builder.model.profile import NegotiatedTarget
from contract_builder.reading.target_values import number_of

TOTAL = "total"
_ENDS = (".", "!", "?", "…")


def target_key(fiche: Fiche, volet: str, suffix: str) -> str:
    """The key of a target's value: « cible.CPOM_CT_3.Pharmacie.2025 »."""
    return ".".join(part for part in ("cible", fiche.code, volet, suffix) if part)


def years_text(years: Sequence[int]) -> str:
    """« 2025 », « 2028-2029 »."""
    return str(years[0]) if len(years) == 1 else f"{years[0]}-{years[-1]}"


def target_notes(fiche: Fiche, resolved: ResolvedRow) -> Mapping[str, tuple[Footnote, ...]]:
    """The footnotes of a row's cells, by the cell's first year or ``TOTAL``.

    A remark on several cells is told once, at the first of them, with their years.
    """
    labels: dict[str, str] = {TOTAL: TOTAL}
    cells: dict[tuple[str, str], dict[str, None]] = {}
    for place, label, cell, agreed in _iter_cells(resolved):
        labels[place] = label
        for remark in _iter_remarks(fiche, cell):
            cells.setdefault(remark, {})[place] = None
        for target in agreed:
            cells["negociation", f"{label} : {_told(target, resolved)}"] = {place: None}
    dropped = resolved.total.dropped
    if dropped is not None and not dropped.doute:
        text = f"total de la fiche (« {dropped.texte} ») non repris, des cibles ayant été négociées"
        cells["negociation", text] = {TOTAL: None}
    difference = total_difference(resolved)
    if difference:
        cells["doute", difference] = {TOTAL: None}
    notes: dict[str, list[Footnote]] = {}
    for (kind, text), places in cells.items():
        first = next(iter(places))
        words = enumerate_words([labels[place] for place in places])
        told = text if len(places) == 1 else f"{words}, {text[0].lower()}{text[1:]}"
        key = f"{kind}.{target_key(fiche, resolved.row.volet, first)}"
        known = notes.setdefault(first, [])
        rank = sum(note.key.startswith(key) for note in known)
        known.append(make_note(f"{key}.{rank + 1}" if rank else key, told))
    return {place: tuple(found) for place, found in notes.items()}


def total_difference(resolved: ResolvedRow) -> str:
    """The sheet's total and the sum of its years, when both are known and differ; else empty."""
    total = resolved.total.cell
    cells = [item.cell for item in resolved.cells if item.cell.type != "sans_objet"]
    if total is None or any(item.origin == "negocie" for item in resolved.cells):
        return ""
    if any(cell.type not in SUMMABLE or is_doubtful(cell) for cell in (*cells, total)):
        return ""
    printed, numbers = number_of(total), [number_of(cell) for cell in cells]
    known = [number for number in numbers if number is not None]
    if printed is None or len(known) != len(numbers) or sum(known) == printed:
        return ""
    return (
        f"Total imprimé dans la fiche : {format_number(printed)} ; "
        f"somme des valeurs annuelles : {format_number(sum(known, type(printed)(0)))}"
    )


def make_note(key: str, text: str) -> Footnote:
    """A footnote of one sentence."""
    sentence = text if text.endswith(_ENDS) else f"{text}."
    return Footnote(key, (Text(typeset(f"{sentence[0].upper()}{sentence[1:]}")),))


def _told(target: NegotiatedTarget, resolved: ResolvedRow) -> str:
    """Why a target was negotiated and who decided it; what the sheet asked where that is less."""
    text = f"cible négociée – {target.motif} (décision : {target.auteur})"
    asked = [item.asked for item in resolved.departures if item.negotiated is target]
    if asked:
        text += f" ; la fiche demande « {asked[0]} »"
    return f"{text} ; dérogation : {target.derogation}" if target.derogation else text


def _iter_cells(
    resolved: ResolvedRow,
) -> Iterator[tuple[str, str, TargetCell, Sequence[NegotiatedTarget]]]:
    """Each cell with its place, and how a reader names that place."""
    for item in resolved.cells:
        yield str(item.years[0]), years_text(item.years), item.cell, item.negotiated
    total = resolved.total.cell or resolved.total.dropped
    if total is not None:
        yield TOTAL, TOTAL, total, ()


def _iter_remarks(fiche: Fiche, cell: TargetCell) -> Iterator[tuple[str, str]]:
    """The kind and the text of each remark on a cell; parts of a target are named."""
    for part in (cell, *cell.composantes):
        about = "" if part is cell or not part.indicateur else f", {name_of_part(fiche, part)}"
        if part.doute:
            yield "doute", f"Lecture incertaine de la source{about} : {_doubt(part)}"
        if part.repare:
            yield "lecture", f"Lecture rétablie{about} : {part.repare}"


def _doubt(part: TargetPart) -> str:
    """The doubt, after the text as it was read where the doubt does not quote it."""
    quotes = "imprimé" in part.doute or "reconnu" in part.doute or not part.texte
    return part.doute if quotes else f"lu « {part.texte} » ; {part.doute}"


def name_of_part(fiche: Fiche, part: TargetPart) -> str:
    """What the part counts, as it is printed."""
    known = part.base is not None or any(d.id == part.indicateur for d in fiche.header.donnees)
    if not known:
        return part.indicateur
    return fiche.label_of_indicator(part.base.indicateur if part.base else part.indicateur)
