"""Contract → one HTML page that stands alone, and its text read back."""

from functools import lru_cache
from html.parser import HTMLParser
from typing import TYPE_CHECKING

from contract_builder.errors import TemplateError
from contract_builder.model.contract import Contract
from contract_builder.model.french import long_date

if TYPE_CHECKING:
    from jinja2 import Template


def render_html(contract: Contract, template: str) -> bytes:
    """The page in UTF-8; TemplateError when the template cannot be used.

    Values are escaped by the template engine; it is sandboxed and strict.
    """
    from jinja2 import TemplateError as JinjaError

    try:
        page = _compile(template).render(contract=contract, header=contract.header)
    except JinjaError as error:
        message = f"Le modèle « contrat.html » ne peut être composé : {error}"
        raise TemplateError(message) from error
    return page.encode("utf-8", "xmlcharrefreplace")


@lru_cache(maxsize=4)
def _compile(template: str) -> "Template":
    from jinja2 import StrictUndefined
    from jinja2.sandbox import SandboxedEnvironment

    environment = SandboxedEnvironment(autoescape=True, undefined=StrictUndefined)
    environment.globals = {
        "kind_of": lambda value: type(value).__name__,
        "date_of": long_date,
        "namespace": environment.globals["namespace"],
    }
    return environment.from_string(template)


def extract_html_text(page: bytes) -> list[str]:
    """The texts of the contract's part of the page, in order, without list markers."""
    reader = _Reader()
    reader.feed(page.decode("utf-8"))
    reader.close()
    return reader.texts


class _Reader(HTMLParser):
    """Collects the text of ``main``, leaving out the provenance of clauses."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.texts: list[str] = []
        self._inside = 0
        self._hidden = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Enters the contract, or a part of the page that is not its text."""
        self._inside += tag == "main"
        self._hidden += tag == "details"

    def handle_endtag(self, tag: str) -> None:
        """Leaves what was entered."""
        self._inside -= tag == "main"
        self._hidden -= tag == "details"

    def handle_data(self, data: str) -> None:
        """Keeps what a reader of the contract sees."""
        if self._inside and not self._hidden and data.strip():
            self.texts.append(data)
