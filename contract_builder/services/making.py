"""The order of the steps: load → resolve → assemble → render → verify → publish.

User problems come back as values or as ``ProblemsError``; a document that is not what the contract
says raises ``InternalRenderError``.
"""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING, Literal
from zipfile import is_zipfile

from contract_builder.assembly.assemble import Assembly, assemble
from contract_builder.diagnostics import Problems, has_errors, in_file_order
from contract_builder.errors import (
    InternalRenderError,
    ProblemsError,
    TemplateError,
    UserError,
)
from contract_builder.files.publish import Published, product_folder, product_stem, publish
from contract_builder.files.read import read_file
from contract_builder.frozen import dataclass
from contract_builder.model.contract import Contract
from contract_builder.model.facts import Facts
from contract_builder.model.profile import Profile
from contract_builder.profiles.checks import check_profile
from contract_builder.profiles.facts import derive_facts
from contract_builder.profiles.joined_files import load_joined_files, read_joined_files
from contract_builder.services.instructing import (
    Instruction,
    is_instruction,
    render_instruction,
)
from contract_builder.services.project import Project
from contract_builder.services.templating import WORD_TEMPLATE, refuse_faulty_templates

if TYPE_CHECKING:
    from contract_builder.render.pdf import PdfStandard
    from contract_builder.render.products import PdfEngine

Format = Literal["docx", "pdf", "html", "json"]
FORMATS: tuple[Format, ...] = ("docx", "pdf", "html", "json")
DEFAULT_FORMATS: tuple[Format, ...] = ("docx", "pdf", "json")


@dataclass(frozen=True, slots=True)
class BuildOptions:
    """How a contract is built.

    ``strict`` refuses any warning, gaps included; with ``track_changes``, Word tracks every change
    that somebody makes in the file. ``instruction`` asks for the instruction file beside them; data
    alone have none.
    """

    formats: tuple[Format, ...] = DEFAULT_FORMATS
    strict: bool = False
    pdf_engine: "PdfEngine" = "typst"
    pdf_standard: "PdfStandard" = "a-3a"
    track_changes: bool = False
    instruction: bool = False


@dataclass(frozen=True, slots=True)
class Prepared:
    """A profile as resolved: its facts, its assembly when it has no error, all problems."""

    profile: Profile | None
    facts: Facts
    assembly: Assembly | None
    problems: Problems

    def instruction(self, problems: Problems, options: BuildOptions) -> Instruction | None:
        """What the instruction file is made from, with these problems; None when none is wanted."""
        if self.assembly is None or not options.instruction or options.formats == ("json",):
            return None
        return Instruction(self.assembly.notes, problems)


@dataclass(frozen=True, slots=True)
class Built:
    """A contract built and published, with the warnings that it records.

    ``templates`` are the files that gave the documents their form; ``follows`` are references of
    the stored versions that the profile says the contract follows.
    """

    contract: Contract
    published: Published
    problems: Problems
    page_count: int | None
    templates: tuple[Path, ...]
    follows: tuple[str, ...] = ()

    @property
    def documents(self) -> tuple[Path, ...]:
        """The files of the contract itself: what a version keeps the hashes of."""
        return tuple(path for path in self.published.written if not is_instruction(path.name))

    @property
    def instruction(self) -> tuple[Path, ...]:
        """The instruction file, in Word and HTML; empty when none was wanted."""
        return tuple(path for path in self.published.written if is_instruction(path.name))


def new_library_item(root: Path, kind: str, name: str, folder: str) -> Path:
    """Writes the skeleton of a new « clause », « fiche » or « reference »; the file's path."""
    from contract_builder.library.skeletons import (
        NewClause,
        NewReference,
        NewSheet,
        write_skeleton,
    )

    if kind == "clause":
        return write_skeleton(root, NewClause(name, folder))
    if kind == "fiche":
        return write_skeleton(root, NewSheet(name, folder))
    code, _, article = " ".join(name.split()).partition(" ")
    if not article:
        raise UserError(f"« {name} » n’est pas une référence : écrivez le code puis l’article.")
    return write_skeleton(root, NewReference(code.upper(), article))


def prepare(project: Project, path: Path) -> Prepared:
    """The profile at ``path``, checked and, when it has no error, assembled."""
    problems: Problems = []
    return prepare_profile(project, project.find_profile(path, problems), path.parent, problems)


def prepare_profile(
    project: Project, profile: Profile | None, folder: Path, problems: Problems
) -> Prepared:
    """A profile already loaded with ``problems``, checked and, without an error, assembled.

    ``folder`` is where its file stands: the files that it joins are found from there.
    """
    if profile is None:
        return Prepared(None, {}, None, problems)
    library, _ = project.open_library()
    facts = derive_facts(profile)
    found = check_profile(profile, library)
    joined = load_joined_files(profile, folder, project.root, found)
    if has_errors(problems):
        found = _without_stand_ins(found, problems)
    problems.extend(found)
    if has_errors(problems):
        return Prepared(profile, facts, None, problems)
    assembly = assemble(library, profile, facts, joined)
    return Prepared(profile, facts, assembly, [*problems, *assembly.problems])


def _without_stand_ins(found: Problems, told: Problems) -> Problems:
    """The errors that do not follow from a value already told to be wrong; no warning is sure."""
    wrong = {str(problem.place) for problem in told}
    return [
        problem
        for problem in found
        if problem.severity == "erreur" and str(problem.place) not in wrong
    ]


def build(project: Project, path: Path, out: Path, options: BuildOptions) -> Built:
    """The contract of one profile, rendered, verified and written into ``out``.

    Raises ProblemsError with every problem when the profile or the library has errors, or any
    warning under ``strict``; nothing is written then.
    """
    _, library_problems = project.open_sound_library()
    prepared = prepare(project, path)
    told = refuse_faulty_word_template(project, options)
    problems = in_file_order([*library_problems, *prepared.problems, *told])
    refused = has_errors(problems) or (
        options.strict and any(problem.severity == "avertissement" for problem in problems)
    )
    if prepared.assembly is None or refused:
        raise ProblemsError(problems)
    contract = prepared.assembly.contract
    instruction = prepared.instruction(problems, options)
    made = publish_contract(project.root, contract, out, options, instruction)
    templates = find_used_templates(project.root, contract, options)
    follows = () if prepared.profile is None else prepared.profile.contrat.followed
    return Built(contract, made.published, problems, made.page_count, templates, follows)


def refuse_faulty_word_template(project: Project, options: BuildOptions) -> Problems:
    """The warnings and notes about the Word template, none when these options do without it.

    ProblemsError with the sentences of a check when it cannot be used.
    """
    if not _uses_word(options):
        return []
    return refuse_faulty_templates(project.root, [WORD_TEMPLATE], project.cache)


def _uses_word(options: BuildOptions) -> bool:
    """True when a Word file is wanted, or printed."""
    printed = "pdf" in options.formats and options.pdf_engine == "libreoffice"
    return printed or "docx" in options.formats


def find_used_templates(root: Path, contract: Contract, options: BuildOptions) -> tuple[Path, ...]:
    """The files that give the wanted documents their form."""
    return tuple(root / "templates" / name for name in _iter_template_names(contract, options))


def _iter_template_names(contract: Contract, options: BuildOptions) -> Iterator[str]:
    """The templates of the wanted formats; the page numbers of a Word file come from the PDF's."""
    word, pdf = "docx" in options.formats, "pdf" in options.formats
    if _uses_word(options):
        yield WORD_TEMPLATE
    if word or pdf:
        yield "contrat.typ"
    if pdf and contract.tables.joined_files:
        yield "annexe-jointe.typ"
    if "html" in options.formats:
        yield "contrat.html"


@dataclass(frozen=True, slots=True)
class RenderedContract:
    """Each document by its file name, the PDF's page count, and the contract's identity."""

    files: Mapping[str, bytes]
    page_count: int | None
    identity: str


def render_contract(root: Path, contract: Contract, options: BuildOptions) -> RenderedContract:
    """Each wanted document, in the order of the formats.

    Every one is verified. Raises ProblemsError when one is not what the contract says by the fault
    of its template.
    """
    from contract_builder.render.products import PdfChoice, WordChoice, render_all

    choice = PdfChoice(options.pdf_engine, options.pdf_standard)
    try:
        rendered = render_all(
            root / "templates",
            contract,
            options.formats,
            choice,
            joined=read_joined_files(contract, root) if "pdf" in options.formats else {},
            word=WordChoice(track_changes=options.track_changes),
        )
    except (InternalRenderError, TemplateError):
        refuse_faulty_templates(root, list(_iter_template_names(contract, options)))
        raise
    stem = product_stem(contract.header)
    products = {f"{stem}.{name}": rendered.files[name] for name in options.formats}
    return RenderedContract(products, rendered.page_count, rendered.identity)


@dataclass(frozen=True, slots=True)
class PublishedContract:
    """The documents of a contract: where they are, their bytes by file name, the PDF's page count.

    The instruction file is among them, the last.
    """

    published: Published
    files: Mapping[str, bytes]
    page_count: int | None


def publish_contract(
    root: Path,
    contract: Contract,
    out: Path,
    options: BuildOptions,
    instruction: Instruction | None = None,
) -> PublishedContract:
    """Renders and verifies each wanted document, then writes all of them.

    The documents come first among the paths. Raises as ``render_contract`` does.
    """
    rendered = render_contract(root, contract, options)
    products = dict(rendered.files)
    if instruction is not None:
        stem, identity = product_stem(contract.header), rendered.identity
        products.update(render_instruction(contract, instruction, products, stem, identity))
    return PublishedContract(publish(out, products), products, rendered.page_count)


def forget_documents() -> None:
    """Gives back the memory that the writers kept, in a process that makes many contracts."""
    from contract_builder.render.pdf.typst_memory import forget_typst_memory

    forget_typst_memory()


def print_word_file(path: Path, out: Path) -> Published:
    """The PDF of a Word file by LibreOffice, written into ``out``.

    UserError when the file cannot be read or converted, or is no such file.
    """
    from contract_builder.render.office import convert_to_pdf, get_packaged_fonts

    word = read_file(path)
    if not is_zipfile(BytesIO(word)):
        raise UserError(f"« {path} » n’est pas un fichier Word (.docx).")
    data = convert_to_pdf(word, get_packaged_fonts())
    return publish(out, {f"{path.stem}.pdf": data})


def contract_identity(contract: Contract) -> str:
    """The SHA-256 of what the contract says, whatever the state of the rest of the library."""
    from contract_builder.render.json import contract_sha256

    return contract_sha256(replace(contract, library_version=""))


def contract_folder(contract: Contract) -> str:
    """The name of a contract's folder among others, that ``identify_profile`` foretells."""
    return product_folder(contract.header.code)
