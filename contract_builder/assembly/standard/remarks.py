"""What a reader must know of a standard text before judging what departs from it, in French."""

from collections.abc import Iterator, Mapping, Sequence

from contract_builder.assembly.standard.standard_contract import Standard
from contract_builder.model.french import NBSP, long_date


def describe_standard(standard: Standard) -> str:
    """What the standard side is: « texte standard de la bibliothèque pour … »."""
    header = standard.contract.header
    on = long_date(header.effective_date)
    return (
        f"texte standard de la bibliothèque pour {header.legal_name}, contrat {header.code}, "
        f"à la date d’effet du {on}"
    )


def list_remarks(standard: Standard) -> tuple[str, ...]:
    """The limits of the comparison, one sentence each; none when there is none."""
    library = list_library_remarks(is_same_library=standard.is_same_library)
    return (*library, *list_text_remarks(standard))


def list_library_remarks(*, is_same_library: bool) -> tuple[str, ...]:
    """The limit that any change of the library sets, whatever it is about."""
    if is_same_library:
        return ()
    return (
        "La bibliothèque a changé depuis que ce contrat a été produit"
        f"{NBSP}: un écart peut venir d’elle, et non d’une négociation.",
    )


def list_text_remarks(standard: Standard) -> tuple[str, ...]:
    """The limits that the texts of the contract and of its standard set."""
    return tuple(_iter_text_remarks(standard))


def _iter_text_remarks(standard: Standard) -> Iterator[str]:
    if standard.reworded:
        yield (
            "La bibliothèque a désormais, pour cette date d’effet, une autre version de "
            f"{_named(standard.reworded, 'clause', standard.titles)}."
        )
    if standard.gone:
        yield (
            f"La bibliothèque n’a plus {_named(standard.gone, 'clause', standard.titles)}"
            f"{NBSP}: ce texte est compté comme ajouté."
        )
    if standard.unmeasured:
        yield (
            "Les cibles ne sont pas comparées, faute de savoir quelle ligne de la fiche "
            f"s’applique, pour {_named(standard.unmeasured, 'fiche', {})}."
        )
    if standard.undecided:
        yield (
            "Le contrat seul ne dit pas s’il devrait contenir "
            f"{_named(standard.undecided, 'clause', standard.titles)}{NBSP}: l’absence n’est pas "
            "comptée comme un retrait."
        )


def _named(ids: Sequence[str], noun: str, titles: Mapping[str, str]) -> str:
    """« la clause « A » », « les 2 clauses suivantes (« A », « B ») »; an id without a title."""
    names = [f"«{NBSP}{titles[name]}{NBSP}»" if name in titles else name for name in ids]
    if len(names) == 1:
        return f"la {noun} {names[0]}"
    return f"les {len(names)} {noun}s suivantes ({', '.join(names)})"
