"""The text of the next generation's profile: YAML, with comments that say where each part is from.

The file is new and the officer's from then on: it is never written a second time.
"""

import re
import textwrap
from collections.abc import Iterator, Sequence

from contract_builder.model.french import NBSP
from contract_builder.reading.tree import Tree
from contract_builder.reading.yaml_text import render_yaml
from contract_builder.renewal.fates import FATE_TITLES, SECTION_LABELS, FateItem
from contract_builder.renewal.plan import RenewalPlan

_WIDTH = 100
_TIED = re.compile(r"(?<=«) | (?=[»;:!?])")
_FIRST = ("fictif", "groupe", "type_contrat", "campagne", "contrat", "etablissement")


def render_next_profile(plan: RenewalPlan, source: str, reference: str) -> str:
    """The whole file; ``source`` is the old profile's name, ``reference`` the signed version."""
    name = plan.setting.profile.etablissement.raison_sociale
    lines = [
        f"# {name}",
        *_comment(
            f"Profil du contrat qui suit la version signée {reference}, fait à partir de "
            f"« {source} », dont les lignes sont citées. Chaque partie dit ce qui est repris, ce "
            "qui est caduc et ce qui est à redemander ; complétez les clés laissées vides."
        ),
    ]
    names = [*(n for n in _FIRST), *(n for n in plan.sections if n not in _FIRST)]
    for section in names:
        lines.extend(_section_lines(section, plan, reference))
    return "".join(f"{line}\n" for line in lines)


def _section_lines(section: str, plan: RenewalPlan, reference: str) -> Iterator[str]:
    if section == "campagne":
        yield from render_yaml({section: plan.setting.campaign.id}).splitlines()
        return
    if section == "contrat":
        yield from _contract_lines(plan, reference)
        return
    carried = plan.sections.get(section)
    if carried is None:
        return
    yield from _comments(section, carried.items, plan)
    if carried.tree or any(item.fate == "a-redemander" for item in carried.items):
        yield from render_yaml({section: carried.tree}).splitlines()


_NOTE_COLUMN = 37
_NOTES_ON_EMPTY = {
    "  date_fin:": "cinq ans moins un jour",
    "  exemplaires:": "autant que de signataires",
}
"""What a key means that may stay empty."""


def _contract_lines(plan: RenewalPlan, reference: str) -> Iterator[str]:
    """The contract's own terms: new, but for what the parties keep to."""
    terms = plan.setting.profile.contrat
    requested = plan.contract.requested_on
    carried = plan.sections.get("contrat")
    yield from _comments("contrat", carried.items if carried else (), plan)
    tree: dict[str, Tree] = {
        "code": plan.contract.code,
        "date_effet": plan.contract.effective_on.isoformat(),
        "date_fin": "",
        "version": "1",
        "statut": "projet",
        "suite_de": reference,
        "date_demande": "" if requested is None else requested.isoformat(),
        "exemplaires": "" if terms.exemplaires is None else str(terms.exemplaires),
        "lieu_signature": terms.lieu_signature,
    }
    for line in render_yaml({"contrat": tree}).splitlines():
        note = _NOTES_ON_EMPTY.get(line)
        yield f"{line:<{_NOTE_COLUMN}}# vide : {note}" if note else line


def _comments(section: str, items: Sequence[FateItem], plan: RenewalPlan) -> Iterator[str]:
    """One comment a fate; a line alone is one of the old profile's own file."""
    label = SECTION_LABELS.get(section, section)
    own = plan.setting.profile.place.file
    for fate, title in FATE_TITLES.items():
        told = [_told(item, own) for item in items if item.fate == fate]
        text = " ; ".join(part for part in told if part)
        if told:
            start = f"{label[0].upper()}{label[1:]} – {title.lower()}"
            yield from _comment(f"{start} : {text}." if text else f"{start}.")


def _told(item: FateItem, own: str) -> str:
    text = " : ".join(part for part in (item.what, item.why) if part)
    if item.place is None:
        return text
    line = item.place.line
    place = f"ligne {line}" if item.place.file == own else f"{item.place.file}, ligne {line}"
    return f"{text} ({place})".lstrip()


def _comment(text: str) -> list[str]:
    held = _TIED.sub(NBSP, text)
    return textwrap.wrap(
        held,
        _WIDTH,
        initial_indent="# ",
        subsequent_indent="#   ",
        break_long_words=False,
        break_on_hyphens=False,
    )
