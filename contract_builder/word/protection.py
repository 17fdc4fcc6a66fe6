"""The setting that makes Word keep track of whatever the other party changes (17.15.1.29, .90)."""

from typing import Final

from contract_builder.word.ooxml import parse_xml, w
from contract_builder.word.package import serialise

_TRACK, _PROTECTION = w("trackRevisions"), w("documentProtection")
_BEFORE: Final = frozenset(
    w(name)
    for name in (
        "writeProtection", "view", "zoom", "removePersonalInformation", "removeDateAndTime",
        "doNotDisplayPageBoundaries", "displayBackgroundShape", "printPostScriptOverText",
        "printFractionalCharacterWidth", "printFormsData", "embedTrueTypeFonts",
        "embedSystemFonts", "saveSubsetFonts", "saveFormsData", "mirrorMargins",
        "alignBordersAndEdges", "bordersDoNotSurroundHeader", "bordersDoNotSurroundFooter",
        "gutterAtTop", "hideSpellingErrors", "hideGrammaticalErrors", "activeWritingStyle",
        "proofState", "formsDesign", "attachedTemplate", "linkStyles", "stylePaneFormatFilter",
        "stylePaneSortMethod", "documentType", "mailMerge", "revisionView",
    )
)  # fmt: skip
"""What may stand before both in ``w:settings``, whose order is fixed (A.1, CT_Settings)."""


def track_all_changes(settings: bytes) -> bytes:
    """A settings part under which every edit is tracked, and tracking cannot be switched off.

    Without a password: it guards against forgetting, and whoever means to can lift it. What the
    template said about both settings is replaced.
    """
    root = parse_xml(settings)
    for old in list(root.iterchildren(_TRACK, _PROTECTION)):
        root.remove(old)
    at = next((i for i, child in enumerate(root) if child.tag not in _BEFORE), len(root))
    root.insert(at, root.makeelement(_TRACK))
    protection = {w("edit"): "trackedChanges", w("enforcement"): "1"}
    root.insert(at + 1, root.makeelement(_PROTECTION, protection))
    return serialise(root)
