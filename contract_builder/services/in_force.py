"""The text in force of a stored contract: what it is made from, and what it says.

Gathered from the store, it can be packed into one file, which another process or machine opens
without the store. The glue between the store and ``amend.consolidation``.
"""

import json
import zipfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from hashlib import sha256
from io import BytesIO
from pathlib import Path
from typing import Final

from contract_builder.amend.amendment_json import parse_amendment, render_amendment_json
from contract_builder.amend.consolidation import Consolidation, Consolidator
from contract_builder.amend.document import EarlierAmendment
from contract_builder.errors import UserError
from contract_builder.model.amendment import Amendment
from contract_builder.model.contract import Contract
from contract_builder.reading.bounded import read_bounded
from contract_builder.services.amendable import (
    AmendableSide,
    Lineage,
    find_initial,
    list_signed_amendments,
)
from contract_builder.services.keeping import get_contract_json
from contract_builder.services.kept_amendments import find_kept_amendment
from contract_builder.services.project import Project
from contract_builder.store.records import StoredVersion, VersionReference

_FACTS: Final = "avenant.json"
_CONTRACTS: Final = "contrats"
_AMENDMENTS: Final = "avenants"
_FIXED_DATE: Final = (1980, 1, 1, 0, 0, 0)


@dataclass(frozen=True, slots=True)
class StoredText:
    """The versions that make the text in force of one contract on a day.

    Avenants begin from ``base``; ``taken`` have taken effect, in order, each with the version that
    it makes; ``waiting`` are signed and have not. ``bare`` are versions kept without their avenant:
    the last of them is the base.
    """

    base: StoredVersion
    taken: tuple[tuple[StoredVersion, Amendment], ...] = ()
    waiting: tuple[Amendment, ...] = ()
    bare: tuple[StoredVersion, ...] = ()

    @property
    def last(self) -> StoredVersion:
        """The version in force, which the next avenant follows."""
        return self.taken[-1][0] if self.taken else self.base


@dataclass(frozen=True, slots=True)
class OpenedText:
    """The same with its contracts read; ``known`` are those that the avenants make, by SHA-256."""

    base: Contract
    identity: str
    amendments: tuple[Amendment, ...] = ()
    known: Mapping[str, Contract] | None = None


def gather_text(project: Project, signed: Sequence[StoredVersion], on: date) -> StoredText:
    """What is in force on a day, from the signed versions of one contract, by number.

    Whether one is in force at all is not looked at (``standing``).
    """
    base, others = _find_base(project, signed, on)
    taken: list[tuple[StoredVersion, Amendment]] = []
    waiting: list[Amendment] = []
    bare: list[StoredVersion] = []
    for other in others:
        amendment = find_kept_amendment(project, other.reference)
        if amendment is None:
            if _read_start(project, other.reference) <= on:
                base, taken = other, []
                bare.append(other)
        elif amendment.effective_on > on:
            waiting.append(amendment)
        else:
            taken.append((other, amendment))
    return StoredText(base, tuple(taken), tuple(waiting), tuple(bare))


@dataclass(frozen=True, slots=True)
class StateInForce:
    """What the text of a contract is from one day to another, both inclusive.

    ``end`` is None for the last state, which lasts as long as the contract.
    """

    start: date
    end: date | None
    text: StoredText


def list_texts_in_force(
    project: Project, signed: Sequence[StoredVersion]
) -> tuple[StateInForce, ...]:
    """The states of a contract one after the other, from its signed versions, by number."""
    starts = {_read_start(project, item.reference) for item in signed if _is_plain(item)}
    for item in signed:
        amendment = None if _is_plain(item) else find_kept_amendment(project, item.reference)
        if amendment is not None:
            starts.add(amendment.effective_on)
        elif not _is_plain(item):
            starts.add(_read_start(project, item.reference))
    days = sorted(starts)
    ends = [*(day - timedelta(days=1) for day in days[1:]), None]
    return tuple(
        StateInForce(day, end, gather_text(project, signed, day))
        for day, end in zip(days, ends, strict=True)
    )


def _is_plain(version: StoredVersion) -> bool:
    return version.facts.kind != "avenant"


def open_text(project: Project, text: StoredText) -> OpenedText:
    """The text with its contracts read from the store."""
    return OpenedText(
        read_version(project, text.base),
        text.base.facts.sha256,
        tuple(amendment for _, amendment in text.taken),
        {made.facts.sha256: read_version(project, made) for made, _ in text.taken},
    )


def consolidate_text(text: OpenedText) -> Consolidation:
    """The contract with its avenants applied in order; UserError when one does not apply."""
    consolidator = Consolidator(text.base, text.identity, text.known or {})
    for amendment in text.amendments:
        consolidator.take(amendment)
    return consolidator.result


def read_version(project: Project, version: StoredVersion) -> Contract:
    """The contract of a version."""
    from contract_builder.render.json import parse_contract

    return parse_contract(get_contract_json(project, str(version.reference)))


def _read_start(project: Project, reference: VersionReference) -> date:
    from contract_builder.render.json import parse_header

    return parse_header(get_contract_json(project, str(reference))).effective_date


def _find_base(
    project: Project, signed: Sequence[StoredVersion], on: date
) -> tuple[StoredVersion, list[StoredVersion]]:
    """The text that avenants begin from, and the versions after it that are avenants."""
    plain = [item for item in signed if item.facts.kind != "avenant"] or list(signed)
    started = [
        item for item in plain[1:] if _read_start(project, item.reference) <= on
    ]  # the first one is the base where no other has begun
    base = started[-1] if started else plain[0]
    after = [
        item for item in signed if item.reference > base.reference and item.facts.kind == "avenant"
    ]
    return base, after


@dataclass(frozen=True, slots=True)
class AmendingStart:
    """What the next avenant of a stored contract starts from, as the store tells it.

    ``initial`` is the version first signed; ``number`` that of the next avenant, and ``signed``
    those before it.
    """

    text: StoredText
    initial: StoredVersion
    number: int
    signed: tuple[EarlierAmendment, ...]

    @property
    def key(self) -> str:
        """A hash of all that it says: another one means another avenant."""
        return sha256(json.dumps(self._facts).encode()).hexdigest()

    @property
    def _facts(self) -> dict[str, object]:
        text = self.text
        return {
            "base": text.base.facts.sha256,
            "version": str(text.last.reference),
            "avenants": [
                [made.facts.sha256, _hash_of(amendment)] for made, amendment in text.taken
            ],
            "initial": self.initial.facts.sha256,
            "numero": self.number,
            "signes": [
                [item.number, item.signed_on and item.signed_on.isoformat()] for item in self.signed
            ],
        }

    def pack(self, project: Project) -> bytes:
        """All of it as one file, the contracts and avenants included."""
        taken = self.text.taken
        needed = {
            version.facts.sha256: version
            for version in (self.text.base, self.initial, *(made for made, _ in taken))
        }
        files = {_FACTS: json.dumps(self._facts).encode()}
        for name, version in needed.items():
            data = get_contract_json(project, str(version.reference))
            files[f"{_CONTRACTS}/{name}"] = data
        for _, amendment in taken:
            files[f"{_AMENDMENTS}/{_hash_of(amendment)}"] = render_amendment_json(amendment)
        return _zip(files)


def find_amending_start(
    project: Project, signed: Sequence[StoredVersion], on: date
) -> AmendingStart:
    """What the next avenant starts from, from the signed versions of one contract, by number."""
    numbers, known = list_signed_amendments(project, signed)
    initial = find_initial(signed)
    text = gather_text(project, signed, on)
    return AmendingStart(text, initial or text.base, numbers + 1, known)


def open_amending_start(path: Path) -> tuple[AmendableSide, Lineage]:
    """The contract in force of a packed file, as one side of an avenant, and what went before.

    UserError when the file is damaged, and when an avenant in it does not apply.
    """
    from contract_builder.render.json import contract_sha256, parse_contract, parse_header

    try:
        with zipfile.ZipFile(BytesIO(read_bounded(path))) as archive:
            files = {name: archive.read(name) for name in archive.namelist()}
        facts = json.loads(files[_FACTS])
        contracts = {
            name: files[f"{_CONTRACTS}/{name}"] for name in [facts["base"], facts["initial"]]
        }
        made = [(sha, parse_contract(files[f"{_CONTRACTS}/{sha}"])) for sha, _ in facts["avenants"]]
        amendments = [
            parse_amendment(files[f"{_AMENDMENTS}/{name}"]) for _, name in facts["avenants"]
        ]
    except (OSError, ValueError, KeyError, zipfile.BadZipFile) as error:
        raise UserError(f"« {path.name} » est abîmé : relancez la production.") from error
    text = OpenedText(
        parse_contract(contracts[facts["base"]]), facts["base"], tuple(amendments), dict(made)
    )
    contract = consolidate_text(text).contract
    identity = contract_sha256(contract) if amendments else facts["base"]
    signed = tuple(
        EarlierAmendment(number, date.fromisoformat(day) if day else None)
        for number, day in facts["signes"]
    )
    lineage = Lineage(parse_header(contracts[facts["initial"]]), facts["numero"], signed)
    return AmendableSide(facts["version"], contract, identity, "signe", facts["version"]), lineage


def _hash_of(amendment: Amendment) -> str:
    return sha256(render_amendment_json(amendment)).hexdigest()


def _zip(files: Mapping[str, bytes]) -> bytes:
    stream = BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
        for name, data in files.items():
            info = zipfile.ZipInfo(name, _FIXED_DATE)
            info.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(info, data, compresslevel=1)
    return stream.getvalue()
