"""Comparisons for commands and pages: two contracts in, views and their proof out.

The glue between ``render.json``, the store, ``compare`` and ``publish``. Author and time are given
by the caller; every function raises UserError with a French text.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from contract_builder.compare.comparison import (
    Comparison,
    StoredSide,
    compare_contracts,
    find_order_remarks,
)
from contract_builder.compare.data import render_comparison_json
from contract_builder.compare.plain_text import Digest, make_digest, render_summary_text
from contract_builder.compare.projection import Proof, prove
from contract_builder.compare.views.summary import STANDING_HEADING, summarise
from contract_builder.errors import ContractFileError, UserError
from contract_builder.files.paths import is_there
from contract_builder.files.publish import Published, list_products, product_folder, publish
from contract_builder.files.read import read_file
from contract_builder.model.contract import Contract
from contract_builder.services.keeping import get_contract_json, get_version, list_all_versions
from contract_builder.services.project import Project
from contract_builder.services.templating import WORD_TEMPLATE

if TYPE_CHECKING:
    from contract_builder.services.redlining import RecordedTemplate, WordPair

CompareFormat = Literal["json", "html", "docx", "pdf", "xlsx"]
COMPARE_FORMATS: tuple[CompareFormat, ...] = ("json", "html", "docx", "pdf", "xlsx")

_SHOWN_OF_HASH = 8
"""Letters of a contract's SHA-256 in file names: 32 bits, for the few pairs of one folder."""


@dataclass(frozen=True, slots=True)
class CompareRequest:
    """What to compare: contract files or store references; ``author`` and ``at`` sign the marks.

    Without ``old``, the new contract is compared with the standard text of the library.
    ``old_docx`` and ``new_docx`` are the Word files handed out; else they are looked for.
    """

    old: str | None
    new: str
    formats: tuple[CompareFormat, ...]
    author: str
    at: datetime
    old_docx: Path | None = None
    new_docx: Path | None = None


@dataclass(frozen=True, slots=True)
class Compared:
    """The comparison, what is proved of it, how closely the Word file marks it, and the files.

    ``width`` is « mot », « paragraphe » or « bloc »; empty without a Word file. ``refusal`` says
    in French why a Word file that was wanted is not among the files, which is our own fault when
    ``is_internal``; ``remarks`` what to know of the one that is.
    """

    comparison: Comparison
    proof: Proof
    width: str
    published: Published
    refusal: str = ""
    is_internal: bool = False
    remarks: tuple[str, ...] = ()

    @property
    def summary(self) -> str:
        """The summary in French, as lines of text."""
        return render_summary_text(self.comparison)

    @property
    def digest(self) -> Digest:
        """The same summary in its parts."""
        return make_digest(self.comparison)


def compare_versions(project: Project, request: CompareRequest, out: Path) -> Compared:
    """Compares two contracts and writes the wanted views into ``out``.

    The Word file comes with its proof beside it (``.preuve.json``); one that cannot be proved is
    not written, the others are.
    """
    if request.old is None:
        comparison = replace(
            compare_with_standard(project, load_contract(project, request.new)),
            new_stored=_find_stored(project, request.new),
        )
    else:
        comparison = compare_sources(project, request.old, request.new)
    recorded = partial(find_recorded_template, project)
    return publish_comparison(project.root, comparison, request, out, recorded=recorded)


def compare_sources(project: Project, old: str, new: str) -> Comparison:
    """Compares two contracts, each as ``load_contract`` takes it."""
    comparison = compare_contracts(load_contract(project, old), load_contract(project, new))
    comparison = replace(
        comparison, old_stored=_find_stored(project, old), new_stored=_find_stored(project, new)
    )
    return replace(comparison, remarks=find_order_remarks(comparison))


@dataclass(frozen=True, slots=True)
class Gist:
    """What one line of a table says of a comparison.

    ``is_empty``: no document changes. ``substance`` counts the changes of substance, ``money``
    the amounts among them, each line and year once; version and state are left out. ``main`` is
    the most important change in a sentence, empty when none is of substance.
    """

    is_empty: bool
    substance: int
    money: int
    main: str


def gist_of(comparison: Comparison) -> Gist:
    """A comparison in one line."""
    weighty = [
        change
        for change in comparison.changes
        if change.cls == "substance" and not change.is_standing
    ]
    sentences = (item.text for item in summarise(comparison) if item.heading != STANDING_HEADING)
    return Gist(
        is_empty=all(change.topic == "donnees-internes" for change in comparison.changes),
        substance=len(weighty),
        money=sum(change.topic == "financement" and change.typed for change in weighty),
        main=next(sentences) if weighty else "",
    )


def compare_with_standard(project: Project, contract: Contract) -> Comparison:
    """What a contract says that the project's library would not, with the remarks to know first.

    UserError when the library does not know the type or the campaign of the contract,
    ProblemsError when files of the library cannot be read.
    """
    from contract_builder.assembly.standard.remarks import describe_standard, list_remarks
    from contract_builder.assembly.standard.standard_contract import StandardMaker

    standard = StandardMaker(project.get_library()).make(contract)
    return replace(
        compare_contracts(standard.contract, contract),
        old_name=describe_standard(standard),
        remarks=list_remarks(standard),
    )


def _unknown_template(_: Contract) -> str:
    return ""


def publish_comparison(
    root: Path,
    comparison: Comparison,
    request: CompareRequest,
    out: Path,
    outdated: Collection[str] = (),
    recorded: "RecordedTemplate" = _unknown_template,
) -> Compared:
    """Renders the wanted views of a comparison, proves them and writes them.

    What an earlier run wrote of the same comparison and this one does not is removed, and so are
    the products named in ``outdated``. A Word file that cannot be made or proved takes no other
    view with it: ``refusal`` tells. ``recorded`` finds the template that made a contract. UserError
    when a Word file that the user names is not that of its contract.
    """
    from contract_builder.services.redlining import RedlineMaker, WordView, tell_files

    pair = _find_pair(root, comparison, request)
    comparison = replace(comparison, file_changes=tell_files(root, comparison, pair))
    proof = prove(comparison.script, comparison.old, comparison.new)
    stem = comparison_stem(comparison)
    products: dict[str, bytes] = {}
    word = WordView()
    if "docx" in request.formats:
        from contract_builder.compare.redline import render_proof

        maker = RedlineMaker(root, comparison, recorded)
        word = maker.make(pair, request.author, request.at)
        if word.redline is not None:
            products[f"{stem}.docx"] = word.redline.docx
            products[f"{stem}.preuve.json"] = render_proof(word.redline.proof)
            proof = _both(proof, word.redline.proof.verdict)
    if "pdf" in request.formats:
        from contract_builder.compare.views.summary_document import Signature
        from contract_builder.compare.views.summary_pdf import render_summary_pdf

        signature = Signature(request.author, request.at, proof, word.redline is not None)
        fonts = root / "templates" / "fonts"
        products[f"{stem}.pdf"] = render_summary_pdf(comparison, signature, fonts)
    products.update(_render_views(comparison, proof, request.formats, stem))
    width = "" if word.redline is None else word.redline.proof.width
    return Compared(
        comparison,
        proof,
        width,
        publish(out, products, [*_earlier_products(out, stem), *outdated]),
        word.refusal,
        is_internal=word.is_internal,
        remarks=word.remarks,
    )


def comparison_stem(comparison: Comparison) -> str:
    """The name of a comparison's files without extension: never that of other contracts.

    Each side by its reference in the store, else by code, version and the start of its SHA-256.
    """
    before = (
        "standard" if comparison.old_name else _side_name(comparison.old, comparison.old_stored)
    )
    return f"comparaison-{before}-{_side_name(comparison.new, comparison.new_stored)}"


def _side_name(contract: Contract, stored: StoredSide | None) -> str:
    """« 990000119-1 » for a version of the store, « 990000011AA-v2-1f0c9a3b » for a file."""
    if stored is not None:
        return stored.reference.replace("@", "-")
    from contract_builder.render.json import contract_sha256

    header, digest = contract.header, contract_sha256(contract)
    return f"{product_folder(header.code)}-v{header.version}-{digest[:_SHOWN_OF_HASH]}"


def _earlier_products(out: Path, stem: str) -> list[str]:
    return [name for name in list_products(out) if name.startswith(f"{stem}.")]


def _find_pair(root: Path, comparison: Comparison, request: CompareRequest) -> "WordPair":
    """The Word files handed out: those that the user names, else those that are found."""
    from contract_builder.services.delivered import find_word_file, get_given_file
    from contract_builder.services.redlining import WordPair

    old_file = new_file = None
    if request.old_docx is not None:
        old_file = get_given_file(request.old_docx, comparison.old)
    elif request.old is not None:
        old_file = find_word_file(root, request.old, comparison.old)
    if request.new_docx is not None:
        new_file = get_given_file(request.new_docx, comparison.new)
    else:
        new_file = find_word_file(root, request.new, comparison.new)
    are_given = request.old_docx is not None or request.new_docx is not None
    return WordPair(old_file, new_file, are_given)


def find_recorded_template(project: Project, contract: Contract) -> str:
    """The SHA-256 of the Word template that made a contract of the store; empty when unknown."""
    from contract_builder.render.json import contract_sha256

    wanted = contract_sha256(contract)
    return next(
        (
            file.sha256
            for version in list_all_versions(project)
            if version.facts.sha256 == wanted
            for file in version.files
            if file.role == "modele" and file.name == WORD_TEMPLATE
        ),
        "",
    )


def load_contract(project: Project, source: str, purpose: str = "être comparé") -> Contract:
    """The contract of a file, JSON or PDF that carries it, else of a reference « FINESS_EJ@N ».

    ``purpose`` is what an unreadable one cannot serve for, in French, after « ne peut pas ».
    Raises ContractFileError when the file is damaged, of another schema, or holds no contract.
    """
    from contract_builder.render.contract_file import parse_contract_file

    path = Path(source)
    if is_there(path):
        data = read_file(path)
    elif _names_version(source):
        data = get_contract_json(project, source)
    else:
        raise UserError(
            f"« {source} » n’est ni un fichier de contrat (.json ou .pdf) qui existe, ni une "
            "version du registre, comme « 990000011@3 »."
        )
    try:
        return parse_contract_file(data)
    except ContractFileError as error:
        raise ContractFileError(f"« {source} » ne peut pas {purpose}. {error}") from error


def _names_version(source: str) -> bool:
    """True for what can only be a reference of the store; a file that exists comes first."""
    path = Path(source)
    return not path.exists() and "@" in source and path.suffix not in (".json", ".pdf")


def _find_stored(project: Project, source: str) -> StoredSide | None:
    """What the store says of a side named by its reference; None for a file."""
    if not _names_version(source):
        return None
    version = get_version(project, source)
    return StoredSide(str(version.reference), version.status, version.recorded_at)


def _render_views(
    comparison: Comparison, proof: Proof, formats: Sequence[CompareFormat], stem: str
) -> dict[str, bytes]:
    """The views other than the Word file, by file name."""
    views: dict[str, bytes] = {}
    if "json" in formats:
        views[f"{stem}.json"] = render_comparison_json(comparison, proof)
    if "html" in formats:
        from contract_builder.compare.views.page import render_comparison_html

        views[f"{stem}.html"] = render_comparison_html(comparison)
    if "xlsx" in formats:
        from contract_builder.compare.views.workbook import render_comparison_xlsx

        views[f"{stem}.xlsx"] = render_comparison_xlsx(comparison)
    return views


def _both(script: Proof, redline: Proof) -> Proof:
    return Proof(
        script.accept_all_equals_new and redline.accept_all_equals_new,
        script.reject_all_equals_old and redline.reject_all_equals_old,
    )
