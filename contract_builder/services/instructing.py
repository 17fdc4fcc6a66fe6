"""The instruction file of a contract, made beside its documents once these are verified.

Internal to the agency: it is written in the same set as the documents, recorded in no version, and
put in no archive.
"""

from collections.abc import Mapping, Sequence
from hashlib import sha256
from pathlib import PurePath

from contract_builder.assembly.typography import typeset
from contract_builder.diagnostics import Diagnostic, without_notes
from contract_builder.frozen import dataclass
from contract_builder.model.contract import Contract, RecordedProblem
from contract_builder.model.french import counted, enumerate_words
from contract_builder.model.instruction import (
    InstructionFile,
    InstructionIdentity,
    InstructionNotes,
    PassedCheck,
)

_SUFFIX = "-instruction"


def is_instruction(name: str) -> bool:
    """True for the file name of an instruction file, by which it stays out of what is sent."""
    return PurePath(name).stem.endswith(_SUFFIX)


@dataclass(frozen=True, slots=True)
class Instruction:
    """What is known before the documents are made: by the assembly, and by all the checks."""

    notes: InstructionNotes
    problems: Sequence[Diagnostic]

    @property
    def identity(self) -> str:
        """The SHA-256 of all that the file says beside what the contract says."""
        return sha256(repr((self.notes, without_notes(self.problems))).encode()).hexdigest()


def render_instruction(
    contract: Contract, known: Instruction, files: Mapping[str, bytes], stem: str, identity: str
) -> dict[str, bytes]:
    """The instruction file in Word and HTML, by file name; ``files`` are the documents by name.

    ``identity`` is the contract's.
    """
    from contract_builder.render.instruction import (
        render_instruction_docx,
        render_instruction_html,
    )

    told = without_notes(known.problems)
    file = InstructionFile(
        InstructionIdentity(contract.header, identity, contract.library_version),
        known.notes,
        tuple(
            RecordedProblem(item.code, item.severity, typeset(item.message), str(item.place))
            for item in told
        ),
        (*_checks_of_data(contract, len(told)), *_checks_of_files(contract, files)),
    )
    return {
        f"{stem}{_SUFFIX}.docx": render_instruction_docx(file),
        f"{stem}{_SUFFIX}.html": render_instruction_html(file),
    }


def _checks_of_data(contract: Contract, problem_count: int) -> Sequence[PassedCheck]:
    """What was verified of the library, the profile and the law before anything was made."""
    warnings = counted(problem_count, "avertissement")
    cited = len(contract.tables.references)
    texts = sum(1 for _ in contract.iter_sections())
    return (
        PassedCheck(
            "Bibliothèque et profil",
            typeset(
                "toutes les clés, valeurs, dates, conditions et références lues : aucune erreur, "
                f"{warnings}."
            ),
        ),
        PassedCheck(
            "Clauses et fiches",
            typeset(
                f"{texts} parties retenues d’après les conditions et la date d’effet, chaque "
                "champ et chaque renvoi résolu."
            ),
        ),
        PassedCheck(
            "Textes cités",
            typeset(
                f"{counted(cited, 'article cité', 'articles cités')} comparés au registre des "
                "références à la date d’effet (voir « Textes cités »)."
            ),
        ),
    )


_METHODS: Mapping[str, str] = {
    "docx": "structure du fichier contrôlée ; titres, paragraphes, listes, tableaux et notes relus "
    "dans le fichier et comparés au contrat, mot pour mot ; couverture et signatures contrôlées",
    "pdf": "texte relu page par page dans le fichier et comparé au contrat, mot pour mot ; "
    "couverture et signatures contrôlées",
    "html": "texte relu dans la page et comparé au contrat, mot pour mot",
    "json": "relu, et redevenu exactement le contrat",
}


def _checks_of_files(contract: Contract, files: Mapping[str, bytes]) -> Sequence[PassedCheck]:
    """How each document was read back, and the SHA-256 by which it can be known again."""
    checks = [
        PassedCheck(
            name,
            typeset(f"{_METHODS[PurePath(name).suffix[1:]]}. SHA-256 : {sha256(data).hexdigest()}"),
        )
        for name, data in files.items()
    ]
    joined = contract.tables.joined_files
    if joined:
        numbers = enumerate_words([item.number for item in joined])
        method = f"{numbers} : pages comptées, empreinte SHA-256 de chaque fichier au contrat."
        checks.append(PassedCheck("Fichiers joints", typeset(method)))
    return checks
