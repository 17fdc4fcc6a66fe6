"""An import's plan as the text of the terminal."""

from collections.abc import Iterator

from contract_builder.registries.layer import Origin
from contract_builder.registries.plan import EntityChange, ImportPlan, ValueChange

_SIGNS = {"ajout": "+", "modification": "~", "retrait": "-"}


def iter_import_lines(plan: ImportPlan, *, details: bool) -> Iterator[str]:
    """The plan in French: one line for each establishment, then, with ``details``, each value."""
    for entity in plan.entities:
        yield f"{entity.finess} {entity.name} : {_summary(entity)}"
        if details:
            for change in entity.changes:
                yield f"  {_change_text(change)}"
    if not plan.entities:
        yield "Aucun changement."


def _summary(entity: EntityChange) -> str:
    counts = {
        label: sum(1 for change in entity.changes if change.kind == kind)
        for kind, label in (
            ("ajout", "ajout"),
            ("modification", "modification"),
            ("retrait", "retrait"),
        )
    }
    parts = [
        f"{count} {label}{'s' if count > 1 else ''}" for label, count in counts.items() if count
    ]
    if entity.is_new:
        parts.insert(0, "nouveau profil")
    return ", ".join(parts) or "origines actualisées"


def _change_text(change: ValueChange) -> str:
    values = {
        "ajout": change.new,
        "modification": f"{change.old} → {change.new}",
        "retrait": change.old,
    }[change.kind]
    hidden = " (sans effet : le profil dit autre chose)" if change.hidden else ""
    origin = f" [{_origin_text(change.origin)}]" if change.origin else ""
    return f"{_SIGNS[change.kind]} {change.path} : {values}{hidden}{origin}"


def _origin_text(origin: Origin) -> str:
    text = " ; ".join(
        f"{name}:{', '.join(str(line) for line in lines)}" for name, lines in origin.sources
    )
    return f"{text}, extrait le {origin.extracted_on}" if origin.extracted_on else text
