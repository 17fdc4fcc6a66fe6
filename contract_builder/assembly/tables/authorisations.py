"""The list of authorisations, its labels taken from the nomenclature, never from the line."""

from collections.abc import Iterator

from contract_builder.assembly.context import Context
from contract_builder.assembly.tables.cells import date_text, text_cell
from contract_builder.assembly.typography import typeset
from contract_builder.model.activities import Authorisation
from contract_builder.model.blocks import Cell, Column, Row, Table
from contract_builder.model.contract import AuthorisationRecord
from contract_builder.model.status import AUTHORISATION_STATUSES

_NONE_CODES = frozenset({"MO000", "ME000", "PTS00", "DE000"})


def authorisations_table(context: Context) -> Table | None:
    """All the authorisations, grouped by activity in the nomenclature's order."""
    items = context.profile.autorisations
    if not items:
        return None
    return Table(
        "autorisations",
        "Autorisations détenues à la date d’effet du contrat",
        (
            Column("N° ARHGOS", 3),
            Column("Modalité, mention, pratique et déclaration", 9),
            Column("Code", 4),
            Column("Site", 5),
            Column("Effet", 3),
            Column("Mise en œuvre", 3),
            Column("Fin de validité", 3),
            Column("État", 3),
        ),
        tuple(_rows(context)),
    )


def authorisation_records(context: Context) -> tuple[AuthorisationRecord, ...]:
    """The authorisations as typed records, in the order of the profile."""
    return tuple(
        AuthorisationRecord(
            key=item.key,
            quintuplet=item.quintuplet,
            labels=_labels(item, context),
            finess_et=item.finess_et,
            status=item.statut,
            authorised_on=item.date_autorisation,
            renewed_on=item.date_renouvellement,
            effective_on=item.date_effet,
            start_deadline=item.date_limite,
            started_on=item.date_mise_en_oeuvre,
            ends_on=item.date_fin,
            devices=tuple(sorted((item.equipements or {}).items())),
        )
        for item in context.profile.autorisations
    )


def _labels(item: Authorisation, context: Context) -> tuple[str, str, str, str, str]:
    nomenclature = context.library.nomenclature
    return nomenclature.labels(item.quintuplet) if nomenclature else item.quintuplet


def _rows(context: Context) -> Iterator[Row]:
    activity = ""
    for item in sorted(context.profile.autorisations, key=lambda a: (a.quintuplet, a.finess_et)):
        labels = _labels(item, context)
        if item.activite != activity:
            activity = item.activite
            group = text_cell(f"{typeset(labels[0])} ({activity})", bold=True)
            yield Row(activity, (Cell(group.content, colspan=8),), "group")
        yield _row(item, labels, context)


def _row(item: Authorisation, labels: tuple[str, ...], context: Context) -> Row:
    """One authorisation; codes that mean « none » are left out of the words, not of the code."""
    words = [
        typeset(label)
        for code, label in zip(item.quintuplet[1:], labels[1:], strict=True)
        if code not in _NONE_CODES
    ]
    words.extend(f"{name.upper()} : {count}" for name, count in (item.equipements or {}).items())
    site = context.site_names.get(item.finess_et, "")
    return Row(
        item.key,
        (
            text_cell(item.numero_arhgos),
            text_cell("\n".join(words) or "Sans modalité particulière"),
            text_cell(" ".join(item.quintuplet[1:])),
            text_cell("\n".join(part for part in (site, item.finess_et) if part)),
            text_cell(date_text(item.date_effet or item.date_autorisation)),
            text_cell(date_text(item.date_mise_en_oeuvre)),
            text_cell(date_text(item.date_fin)),
            text_cell(_status(item)),
        ),
    )


def _status(item: Authorisation) -> str:
    """« autorisée », or until when it may still be put in service (CSP L6122-11)."""
    status = AUTHORISATION_STATUSES[item.statut]
    if item.statut == "01" and item.date_limite is not None:
        return f"{status}, au plus tard le {date_text(item.date_limite)}"
    return status
