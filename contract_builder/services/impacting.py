"""What a change of law reaches: texts of the library, drafts, contracts in force, and their needs.

Reads the library, the profiles and the store, and writes nothing. The law is what the registry of
references says of it; the day is given by the caller. UserError when the question cannot be
answered.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from contract_builder.diagnostics import Problems
from contract_builder.errors import UserError
from contract_builder.library.where_cited import iter_texts_citing, parse_article_reference
from contract_builder.model.contract import Contract, ContractHeader
from contract_builder.model.french import counted, long_date
from contract_builder.model.legal_impact import (
    FOUNDING_ARTICLES,
    ImpactVerdict,
    describe_change,
    foresees_end,
    is_gone,
    judge_draft,
    judge_library_text,
    judge_signed,
)
from contract_builder.model.profile import Profile
from contract_builder.model.reference import (
    ReferenceChange,
    ReferenceVersion,
    find_announced_day,
    find_last_change,
    find_reference_change,
)
from contract_builder.profiles.contract_key import find_contract_key
from contract_builder.services.agenda import StoredTerms
from contract_builder.services.cited_passages import (
    CitedPassage,
    PassageFinder,
    find_annex_naming,
    find_sentence,
)
from contract_builder.services.making import prepare_profile
from contract_builder.services.project import Project
from contract_builder.services.standing import Standing, find_all_standings
from contract_builder.services.stored_contracts import iter_stored_contracts
from contract_builder.store.records import SIGNED_STATUSES, StoredVersion

_IN_FORCE = ("en-vigueur", "a-venir")


@dataclass(frozen=True, slots=True)
class ImpactRequest:
    """The article, and the day whose law is asked for.

    Without ``on``: the day of the next change that the registry announces after ``today``, else
    ``today``.
    """

    reference: str
    today: date
    on: date | None = None


@dataclass(frozen=True, slots=True)
class ReachedText:
    """A clause version or a sheet that cites the article; ``place`` is « file:line:column ».

    ``is_declared``: it stands among the references that the text announces, and nowhere else.
    """

    kind: str
    id: str
    version: str
    place: str
    passage: str
    verdict: ImpactVerdict
    is_declared: bool = False


@dataclass(frozen=True, slots=True)
class ReachedContract:
    """A draft or a contract in force that cites the article.

    ``name`` is a stored version, or the file of a profile; ``standing`` is empty for drafts, and
    ``profile`` the name of the profile that a draft would come from, empty for a stored version.
    """

    name: str
    header: ContractHeader
    standing: str
    verdict: ImpactVerdict
    passages: tuple[CitedPassage, ...]
    profile: str = ""


@dataclass(frozen=True, slots=True)
class LapsedContracts:
    """The contracts in force whose ``annex`` names another contract that the change ends."""

    nature: str
    annex: str
    since: date
    contracts: tuple[str, ...]

    @property
    def words(self) -> str:
        """« Le CAQES de l’annexe A7 prend fin le 1er janvier 2027 : 3 contrats. »"""
        annex = f"{self.annex[:1].lower()}{self.annex[1:]}"
        return (
            f"Le {self.nature} de l’{annex} prend fin le {long_date(self.since)} : "
            f"{counted(len(self.contracts), 'contrat')}."
        )


@dataclass(frozen=True, slots=True)
class Impact:
    """What a change reaches; ``change`` is the last one up to the day ``on``, None for none.

    ``known``: the registry has the article. ``unread``: what could not be examined, in French;
    ``unread_profiles``: the files of the profiles that could not, relative to the project.
    ``to_verify``: what the registry leaves to be read of the wording of that day.
    """

    code: str
    article: str
    on: date
    known: bool
    change: ReferenceChange | None
    to_verify: str
    texts: tuple[ReachedText, ...]
    drafts: tuple[ReachedContract, ...]
    contracts: tuple[ReachedContract, ...]
    lapsed: tuple[LapsedContracts, ...]
    unread: tuple[str, ...]
    unread_profiles: tuple[str, ...] = ()

    @property
    def change_words(self) -> str:
        """What changes, as a French sentence; empty when the registry knows of nothing."""
        name = f"{self.code} {self.article}"
        return "" if self.change is None else describe_change(name, self.change)


def find_impact(project: Project, request: ImpactRequest) -> Impact:
    """What the change of one article reaches.

    UserError when the text does not name exactly one article with its code; ProblemsError when
    files of the library cannot be read.
    """
    wanted = parse_article_reference(request.reference)
    if wanted is None:
        raise UserError(
            f"« {request.reference} » ne nomme pas un article et son code ; écrivez par exemple "
            "« CSP R6123-9 »."
        )
    versions = project.get_library().reference_versions(*wanted)
    on = request.on or find_announced_day(versions, request.today) or request.today
    examiner = _Examiner(project, wanted, versions, on)
    texts = tuple(examiner.iter_texts())
    contracts, drafts = examiner.examine_store()
    held = [version for version in versions if version.holds(on)]
    return Impact(
        code=wanted[0],
        article=wanted[1],
        on=on,
        known=bool(versions),
        change=find_last_change(versions, on),
        to_verify=held[0].a_verifier if held else "",
        texts=texts,
        drafts=(*examiner.iter_profiles(), *drafts),
        contracts=contracts,
        lapsed=examiner.find_lapsed(),
        unread=tuple(dict.fromkeys(examiner.unread)),
        unread_profiles=tuple(examiner.unread_profiles),
    )


class _Examiner:
    """Examines one project for one article; what it reads of the store, it reads once."""

    def __init__(
        self,
        project: Project,
        wanted: tuple[str, str],
        versions: Sequence[ReferenceVersion],
        on: date,
    ) -> None:
        self._project = project
        self._wanted = wanted
        self._versions = versions
        self._on = on
        self._passages = PassageFinder(*wanted)
        self._signed_codes: set[tuple[str, str]] = set()
        self._in_force: list[tuple[str, Contract]] = []
        self.unread: list[str] = []
        self.unread_profiles: list[str] = []

    def iter_texts(self) -> Iterator[ReachedText]:
        """The clause versions and sheets that a contract of the day can hold."""
        library = self._project.get_library()
        for text, places in iter_texts_citing(library, *self._wanted, self._on):
            place = places[0].place
            change = self._find_change(text.since or self._on)
            if change is not None:
                line = place.source.lines[place.line - 1]
                whole = "\n".join(item.place.source.lines[item.place.line - 1] for item in places)
                yield ReachedText(
                    kind=text.kind,
                    id=text.id,
                    version=text.version,
                    place=str(place),
                    passage=find_sentence(line, place.column - 1),
                    verdict=judge_library_text(
                        change, foreseen=is_gone(change) and foresees_end(whole, change.since)
                    ),
                    is_declared=place in {item.place for item in text.declared},
                )

    def examine_store(self) -> tuple[tuple[ReachedContract, ...], tuple[ReachedContract, ...]]:
        """The contracts in force on the day, then the stored drafts, that cite the article."""
        if not self._project.has_store():
            return (), ()
        store = self._project.get_store()
        versions = tuple(store.iter_all())
        standings = find_all_standings(versions, StoredTerms(self._project, self.unread), self._on)
        last = {_contract_of(version): version for version in versions}
        drafts = [item for item in last.values() if item.status not in SIGNED_STATUSES]
        self._signed_codes = {
            (item.reference.finess_ej, item.facts.code)
            for item in versions
            if item.status in SIGNED_STATUSES
        }
        wanted = [reference for reference, item in standings.items() if item.state in _IN_FORCE]
        wanted.extend(item.reference for item in drafts)
        signed: list[ReachedContract] = []
        unsigned: list[ReachedContract] = []
        for reference, contract in iter_stored_contracts(store, sorted(wanted), self.unread):
            standing = standings.get(reference)
            if standing is None:
                unsigned.extend(self._iter_draft(str(reference), contract))
                continue
            self._in_force.append((str(reference), contract))
            signed.extend(self._iter_signed(str(reference), contract, standing))
        return tuple(signed), tuple(unsigned)

    def iter_profiles(self) -> Iterator[ReachedContract]:
        """The profiles that no signed contract came from; after ``examine_store``."""
        for path in self._project.profile_paths():
            if find_contract_key(path) in self._signed_codes:
                continue
            problems: Problems = []
            profile = self._project.find_profile(path, problems)
            if profile is not None and _key_of(profile) in self._signed_codes:
                continue
            prepared = prepare_profile(self._project, profile, path.parent, problems)
            name = self._project.name_of(path)
            if prepared.assembly is None:
                self.unread_profiles.append(name)
                continue
            for item in self._iter_draft(name, prepared.assembly.contract):
                yield replace(item, profile=path.stem)

    def find_lapsed(self) -> tuple[LapsedContracts, ...]:
        """The other contracts that lose their ground by the change; after ``examine_store``."""
        change = find_last_change(self._versions, self._on)
        if change is None or not is_gone(change):
            return ()
        eve = change.since - timedelta(days=1)
        found: dict[tuple[str, str], list[str]] = {}
        for nature, article in FOUNDING_ARTICLES.items():
            for name, contract in self._in_force if article == self._wanted else ():
                annex = find_annex_naming(contract, nature, eve)
                if annex is not None:
                    found.setdefault((nature, annex), []).append(name)
        return tuple(
            LapsedContracts(nature, annex, change.since, tuple(names))
            for (nature, annex), names in found.items()
        )

    def _find_change(self, start: date) -> ReferenceChange | None:
        return find_reference_change(self._versions, start, self._on)

    def _iter_draft(self, name: str, contract: Contract) -> Iterator[ReachedContract]:
        passages = self._passages.find(contract)
        if passages and contract.header.end_date >= self._on:
            start = contract.header.effective_date
            change = self._find_change(start)
            verdict = judge_draft(
                change,
                foreseen=_is_foreseen(passages, change),
                former_law=self._keeps_former_law(start),
            )
            yield self._reached(name, contract, "", verdict, passages)

    def _iter_signed(
        self, name: str, contract: Contract, standing: Standing
    ) -> Iterator[ReachedContract]:
        passages = self._passages.find(contract)
        if passages:
            start = contract.header.effective_date
            change = self._find_change(start)
            verdict = judge_signed(
                change,
                foreseen=_is_foreseen(passages, change),
                former_law=self._keeps_former_law(start),
                end=contract.header.end_date,
            )
            yield self._reached(name, contract, standing.words, verdict, passages)

    def _reached(
        self,
        name: str,
        contract: Contract,
        standing: str,
        verdict: ImpactVerdict,
        passages: tuple[CitedPassage, ...],
    ) -> ReachedContract:
        judged = verdict if self._versions else _UNKNOWN
        return ReachedContract(name, contract.header, standing, judged, passages)

    def _keeps_former_law(self, start: date) -> bool:
        """True when a change since ``start`` leaves the contracts then running to the old text."""
        return any(
            version.contrats_en_cours == "redaction_ancienne"
            for version in self._versions
            if start < version.depuis <= self._on
        )


_UNKNOWN = ImpactVerdict("relire", "le registre ne connaît pas cet article")


def _key_of(profile: Profile) -> tuple[str, str]:
    """What names the contract of a profile: its legal entity and its code."""
    return profile.etablissement.finess_ej, profile.contrat.code


def _is_foreseen(passages: Sequence[CitedPassage], change: ReferenceChange | None) -> bool:
    return change is not None and any(foresees_end(item.around, change.since) for item in passages)


def _contract_of(version: StoredVersion) -> tuple[str, str, str]:
    return version.reference.finess_ej, version.facts.type, version.facts.code
