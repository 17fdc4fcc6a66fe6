"""What tells the lines of each list of a profile apart: the key by which two layers are merged."""

from collections.abc import Callable, Mapping

from contract_builder.reading.written_values import compact_finess

# For each list: the keys of a line, joined; a line whose first set of keys is blank has the second.
LINE_KEYS: Mapping[str, tuple[tuple[str, ...], ...]] = {
    "sites": (("finess_et",),),
    "capacites": (("annee",),),
    "urgences": (("annee",),),
    "autorisations": (
        ("numero_arhgos",),
        ("activite", "modalite", "mention", "pts", "declaration", "finess_et"),
    ),
    "reconnaissances": (("code",),),
    "fiches": (("code", "volet"),),
    "cibles": (("annee", "indicateur"),),
    "financements": (("cle",),),
    "missions": (("cle",), ("nature", "intitule")),
    "cooperations": (("cle",), ("nature", "intitule")),
}


def line_key(section: str, text_of: Callable[[str], str]) -> str:
    """The key of one line of the list ``section``; empty when it has none.

    ``text_of`` gives the text of a key of the line, empty when it is absent.
    """
    return next(iter(line_keys(section, text_of)), "")


def line_keys(section: str, text_of: Callable[[str], str]) -> tuple[str, ...]:
    """Every key that a line answers to, the one it is called by first.

    An authorisation answers to its number, and to its quintuplet with its site.
    """
    found = (
        [compact_finess(text_of(name)) for name in names] for names in LINE_KEYS.get(section, ())
    )
    return tuple("/".join(text for text in texts if text) for texts in found if texts[0])
