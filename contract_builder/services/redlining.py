"""The Word file of a comparison: from the files handed out, else from files made again.

A file that the user names is used or refused, never replaced; one that was found beside the
contracts gives way with a remark that names it.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from pathlib import Path
from typing import Final

from contract_builder.compare.comparison import Comparison
from contract_builder.compare.redline import (
    Delivered,
    FrameSide,
    Redline,
    check_author,
    find_obstacles,
    render_compared,
    tell_frame_changes,
)
from contract_builder.errors import InternalError, InternalRenderError, TemplateError, UserError
from contract_builder.files.read import read_file
from contract_builder.model.contract import Contract
from contract_builder.services.delivered import WordFile, describe_template
from contract_builder.services.templating import WORD_TEMPLATE, refuse_faulty_word_file

TEMPLATE: Final = Path("templates") / WORD_TEMPLATE
_TEMPLATE_OF_PDF: Final = Path("templates") / "contrat.typ"

RecordedTemplate = Callable[[Contract], str]
"""The SHA-256 of the Word template that made the recorded version of a contract; empty when
unknown."""


@dataclass(frozen=True, slots=True)
class WordPair:
    """The Word files handed out for both sides; ``are_given`` when the user names one of them."""

    old: WordFile | None
    new: WordFile | None
    are_given: bool

    @property
    def names(self) -> str:
        """The files in French, by their paths."""
        paths = [f"« {file.path} »" for file in (self.old, self.new) if file is not None]
        return " et ".join(paths)


@dataclass(frozen=True, slots=True)
class WordView:
    """The redline with its proof, or why there is none; what to know of it, and of its sources."""

    redline: Redline | None = None
    refusal: str = ""
    is_internal: bool = False
    remarks: tuple[str, ...] = ()


class RedlineMaker:
    """Makes the redline of one comparison; ``root`` is the working folder."""

    def __init__(self, root: Path, comparison: Comparison, recorded: RecordedTemplate) -> None:
        self._root = root
        self._comparison = comparison
        self._recorded = recorded

    def make(self, pair: WordPair, author: str, at: datetime) -> WordView:
        """The redline of the files handed out, else of files made again with today's template.

        Raises UserError for an author that cannot be written.
        """
        check_author(author)
        remarks: tuple[str, ...] = ()
        try:
            template = read_file(self._root / TEMPLATE)
            delivered = self._complete(pair)
            if pair.old is not None or pair.new is not None:
                made, reason = self._join(delivered, template, author, at)
                if made is not None:
                    return WordView(made, remarks=self._tell_templates(pair, template))
                if pair.are_given:
                    return WordView(refusal=_refuse(pair, reason))
                remarks = (_replaced(pair, reason, delivered.template_name),)
                pair = WordPair(None, None, are_given=False)
                delivered = self._complete(pair)
            refuse_faulty_word_file(self._root / TEMPLATE)
            made = render_compared(self._comparison, template, author, at, delivered)
        except UserError as error:
            return WordView(refusal=str(error))
        except InternalError as error:
            reason = f"Le fichier Word des changements n’a pu être fait : {error}"
            return WordView(refusal=reason, is_internal=True)
        return WordView(made, remarks=(*remarks, *self._tell_templates(pair, template)))

    def _join(
        self, delivered: Delivered, template: bytes, author: str, at: datetime
    ) -> tuple[Redline | None, str]:
        """The redline of files handed out, or in French why they cannot be told in one."""
        made = None
        try:
            made = render_compared(self._comparison, template, author, at, delivered)
        except (UserError, InternalError) as error:
            return None, str(error).rstrip(".")
        except LookupError:
            return None, "leurs parties ne se correspondent pas"
        return made, ""

    def _complete(self, pair: WordPair) -> Delivered:
        """The files handed out, and page numbers for those that are made again."""
        return Delivered(
            None if pair.old is None else pair.old.data,
            None if pair.new is None else pair.new.data,
            describe_template(self._root / TEMPLATE),
            {} if pair.old is not None else self._find_pages(self._comparison.old),
            {} if pair.new is not None else self._find_pages(self._comparison.new),
        )

    def _find_pages(self, contract: Contract) -> dict[str, int]:
        """The pages of the contents as the PDF engine counts them; none when it cannot."""
        from contract_builder.render.pdf import render_pdf
        from contract_builder.render.products import read_text_template

        path = self._root / _TEMPLATE_OF_PDF
        if not path.is_file():
            return {}
        try:
            template = read_text_template(path.parent, path.name)
            return dict(render_pdf(contract, template, path.parent / "fonts").pages)
        except (UserError, TemplateError, InternalRenderError):
            return {}

    def _tell_templates(self, pair: WordPair, template: bytes) -> tuple[str, ...]:
        """The sides made again whose recorded version was made with another template."""
        today = sha256(template).hexdigest()
        told = []
        for word, contract, file in (
            ("L’ancien", self._comparison.old, pair.old),
            ("Le nouveau", self._comparison.new, pair.new),
        ):
            if file is None and self._recorded(contract) not in ("", today):
                told.append(
                    f"{word} contrat a été enregistré avec un autre modèle que « {TEMPLATE} » tel "
                    "qu’il est aujourd’hui : son fichier recomposé n’est pas celui qui a été remis."
                )
        return tuple(told)


def tell_files(root: Path, comparison: Comparison, pair: WordPair) -> tuple[str, ...]:
    """What differs between both Word files handed out beside the contracts, in French.

    Nothing unless both are at hand, nor without a template to tell what comes from the contracts.
    """
    if pair.old is None or pair.new is None:
        return ()
    try:
        template = read_file(root / TEMPLATE)
        changes = tell_frame_changes(
            FrameSide(pair.old.data, comparison.old, template),
            FrameSide(pair.new.data, comparison.new, template),
        )
        obstacles = find_obstacles(pair.old.data, pair.new.data)
    except UserError:
        return ()
    if obstacles:
        named = ", ".join(obstacles)
        changes = (*changes, f"Diffère aussi, sans que Word puisse le marquer : {named}.")
    return changes


def _refuse(pair: WordPair, reason: str) -> str:
    return (
        f"Le fichier Word des changements n’est pas écrit avec {pair.names} : {reason}. Rien n’a "
        "été recomposé à la place d’un fichier nommé ; sans fichier Word nommé, ce qui ne peut "
        "servir est recomposé."
    )


def _replaced(pair: WordPair, reason: str, template: str) -> str:
    return (
        f"fichiers remis laissés de côté, {pair.names} : {reason}. Le fichier des changements est "
        f"fait de contrats recomposés avec {template} ; sa preuve ne porte pas sur les fichiers "
        "remis."
    )
