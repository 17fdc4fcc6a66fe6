"""The comparison as plain data: the shape that other programs rely on (``cpom compare``)."""

import json
from typing import Any

from contract_builder.compare.change import Change, Difference, Where
from contract_builder.compare.comparison import Comparison
from contract_builder.compare.projection import Proof, prove
from contract_builder.compare.views.summary import summarise
from contract_builder.model.contract import ContractHeader


def comparison_data(comparison: Comparison, proof: Proof | None = None) -> dict[str, Any]:
    """The comparison as JSON data; what does not apply is null.

    ``proof`` is that of a document made from the script; without one, the script itself is proved.
    """
    proof = proof or prove(comparison.script, comparison.old, comparison.new)
    return {
        "identical": comparison.identical,
        "old": _header_data(comparison.old.header),
        "new": _header_data(comparison.new.header),
        "old_name": comparison.old_name or None,
        "remarks": list(comparison.notices),
        "summary": [
            {"topic": item.topic, "text": item.text, "changes": list(item.changes)}
            for item in summarise(comparison)
        ],
        "changes": [_change_data(change) for change in comparison.changes],
        "proof": {
            "accept_all_equals_new": proof.accept_all_equals_new,
            "reject_all_equals_old": proof.reject_all_equals_old,
        },
    }


def render_comparison_json(comparison: Comparison, proof: Proof | None = None) -> bytes:
    """The same as an indented UTF-8 file with sorted keys: same comparison, same bytes."""
    data = comparison_data(comparison, proof)
    text = json.dumps(data, ensure_ascii=False, indent=1, sort_keys=True)
    return f"{text}\n".encode("utf-8", "surrogatepass")


def _header_data(header: ContractHeader) -> dict[str, Any]:
    return {
        "code": header.code,
        "finess_ej": header.finess_ej,
        "raison_sociale": header.legal_name,
        "date_effet": header.effective_date.isoformat(),
        "version": header.version,
        "status": header.status,
    }


def _change_data(change: Change) -> dict[str, Any]:
    return {
        "kind": change.kind,
        "class": change.cls,
        "topic": change.topic,
        "where": _where_data(change.where),
        "old": change.old,
        "new": change.new,
        "words": [list(word) for word in change.words],
        "difference": _difference_data(change.difference),
        "details": [_change_data(detail) for detail in change.details],
    }


def _where_data(where: Where) -> dict[str, Any]:
    return {
        "section": where.section or None,
        "heading": where.heading or None,
        "entry": where.entry,
        "path": list(where.path),
        "table": where.table or None,
        "key": where.key or None,
        "year": where.year,
        "column": where.column or None,
        "row": where.row or None,
        "volet": where.volet or None,
        "category": where.category or None,
    }


def _difference_data(difference: Difference | None) -> dict[str, str | None] | None:
    if difference is None:
        return None
    percent = None if difference.percent is None else str(difference.percent)
    return {"value": str(difference.value), "percent": percent, "unit": difference.unit}
