"""Comparisons for commands and pages: two contracts in, views and their proof out.

The glue between ``render.json``, the store, ``compare`` and ``publish``. Author and time are given
by the caller; every function raises UserError with a French text.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import Any, Literal

from contract_builder.compare.comparison import Comparison, compare_contracts
from contract_builder.compare.data import comparison_data, render_comparison_json
from contract_builder.compare.plain_text import render_summary_text
from contract_builder.compare.projection import Proof, prove
from contract_builder.compare.views.summary import summarise
from contract_builder.errors import ContractFileError, UserError
from contract_builder.files.publish import Published, product_stem, publish
from contract_builder.files.read import read_file
from contract_builder.model.contract import Contract
from contract_builder.services.keeping import get_contract_json
from contract_builder.services.project import Project

CompareFormat = Literal["json", "html", "docx", "pdf", "xlsx"]
COMPARE_FORMATS: tuple[CompareFormat, ...] = ("json", "html", "docx", "pdf", "xlsx")
TEMPLATE = Path("templates") / "contrat.docx"

_LONGEST_STEM = 180
"""File systems take names of 255 bytes; the extension and the temporary name need some."""


@dataclass(frozen=True, slots=True)
class CompareRequest:
    """What to compare: contract files or store references; ``author`` and ``at`` sign the marks.

    Without ``old``, the new contract is compared with the standard text of the library.
    """

    old: str | None
    new: str
    formats: tuple[CompareFormat, ...]
    author: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Compared:
    """The comparison, what is proved of it, how closely the Word file marks it, and the files.

    ``width`` is « mot », « paragraphe » or « bloc »; empty without a Word file.
    """

    comparison: Comparison
    proof: Proof
    width: str
    published: Published

    @property
    def summary(self) -> str:
        """The summary in French, as lines of text."""
        return render_summary_text(self.comparison)

    @property
    def data(self) -> dict[str, Any]:
        """The comparison as JSON data, with the paths of the files."""
        files = [str(path) for path in self.published.written]
        return {**comparison_data(self.comparison, self.proof), "files": files}


def compare_versions(project: Project, request: CompareRequest, out: Path) -> Compared:
    """Compares two contracts and writes the wanted views into ``out``, all of them or none.

    The Word file comes with its proof beside it (``.preuve.json``); one that cannot be proved is
    refused, and nothing is written.
    """
    if request.old is None:
        comparison = compare_with_standard(project, load_contract(project, request.new))
    else:
        comparison = compare_sources(project, request.old, request.new)
    return publish_comparison(project.root, comparison, request, out)


def compare_sources(project: Project, old: str, new: str) -> Comparison:
    """Compares two contracts, each as ``load_contract`` takes it."""
    before = load_contract(project, old)
    return compare_contracts(before, load_contract(project, new))


@dataclass(frozen=True, slots=True)
class Gist:
    """What one line of a table says of a comparison.

    ``is_empty``: no document changes. ``substance`` counts the changes of substance, ``money``
    the amounts among them, each line and year once; ``main`` is the most important change in a
    sentence, empty when none is of substance.
    """

    is_empty: bool
    substance: int
    money: int
    main: str


def gist_of(comparison: Comparison) -> Gist:
    """A comparison in one line."""
    weighty = [change for change in comparison.changes if change.cls == "substance"]
    return Gist(
        is_empty=all(change.topic == "donnees-internes" for change in comparison.changes),
        substance=len(weighty),
        money=sum(change.topic == "financement" and change.typed for change in weighty),
        main=summarise(comparison)[0].text if weighty else "",
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


def publish_comparison(
    root: Path, comparison: Comparison, request: CompareRequest, out: Path
) -> Compared:
    """Renders the wanted views of a comparison, proves them and writes them: all or none."""
    old, new = comparison.old, comparison.new
    proof = prove(comparison.script, old, new)
    before = "standard" if comparison.old_name else product_stem(old.header)
    stem = f"comparaison-{before}-{product_stem(new.header)}"[:_LONGEST_STEM]
    products: dict[str, bytes] = {}
    width = ""
    if "docx" in request.formats:
        from contract_builder.compare.redline import render_compared, render_proof

        template = read_file(root / TEMPLATE, f"Le modèle « {root / TEMPLATE} » ne peut être lu")
        redline = render_compared(comparison, template, request.author, request.at)
        products[f"{stem}.docx"] = redline.docx
        products[f"{stem}.preuve.json"] = render_proof(redline.proof)
        proof = _both(proof, redline.proof.verdict)
        width = redline.proof.width
    if "pdf" in request.formats:
        from contract_builder.compare.views.summary_document import Signature
        from contract_builder.compare.views.summary_pdf import render_summary_pdf

        signature = Signature(request.author, request.at, proof, "docx" in request.formats)
        fonts = root / "templates" / "fonts"
        products[f"{stem}.pdf"] = render_summary_pdf(comparison, signature, fonts)
    products.update(_render_views(comparison, proof, request.formats, stem))
    return Compared(comparison, proof, width, publish(out, products))


def load_contract(project: Project, source: str) -> Contract:
    """The contract of a file, JSON or PDF that carries it, else of a reference « FINESS_EJ@N ».

    Raises ContractFileError when the file is damaged, of another schema, or holds no contract.
    """
    from contract_builder.render.contract_file import parse_contract_file

    path = Path(source)
    if path.exists():
        data = read_file(path)
    elif "@" in source and path.suffix not in (".json", ".pdf"):
        data = get_contract_json(project, source)
    else:
        raise UserError(
            f"« {source} » n’est ni un fichier de contrat (.json ou .pdf) qui existe, ni une "
            "version du registre, comme « 990000011@3 »."
        )
    try:
        return parse_contract_file(data)
    except ContractFileError as error:
        raise ContractFileError(f"« {source} » ne peut pas être comparé. {error}") from error


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
