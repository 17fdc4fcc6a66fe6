"""Documents handed out by pages: what each kind is to a browser, and how one is sent."""

from collections.abc import Mapping
from typing import Final

from django.http import HttpResponse

CONTENT_TYPES: Final[Mapping[str, str]] = {
    "html": "text/html; charset=utf-8",
    "json": "application/json",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "pdf": "application/pdf",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}
"""Ending of a file → its type."""


def hand_out(name: str, data: bytes) -> HttpResponse:
    """The file ``name``, to be kept by the browser; KeyError for an ending that is not known."""
    response = HttpResponse(data, content_type=CONTENT_TYPES[name.rpartition(".")[2]])
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response
