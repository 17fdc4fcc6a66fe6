"""What the file says about itself: title and language, and the manifest of the contract."""

from collections.abc import Iterable, Mapping
from typing import Final

from contract_builder.model.contract import Contract
from contract_builder.word.ooxml import XML_DECLARATION, escape, parse_xml
from contract_builder.word.package import RelatedPart, put_related_part

LANGUAGE: Final = "fr-FR"

CORE: Final = RelatedPart(
    "docProps/core.xml",
    "application/vnd.openxmlformats-package.core-properties+xml",
    "http://schemas.openxmlformats.org/package/2006/relationships/metadata/core-properties",
)
CUSTOM: Final = RelatedPart(
    "docProps/custom.xml",
    "application/vnd.openxmlformats-officedocument.custom-properties+xml",
    "http://schemas.openxmlformats.org/officeDocument/2006/relationships/custom-properties",
)

_CORE_NAMESPACES = (
    'xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties" '
    'xmlns:dc="http://purl.org/dc/elements/1.1/"'
)
_CUSTOM_NAMESPACES = (
    'xmlns="http://schemas.openxmlformats.org/officeDocument/2006/custom-properties" '
    'xmlns:vt="http://schemas.openxmlformats.org/officeDocument/2006/docPropsVTypes"'
)
_FORMAT_ID = "{D5CDD505-2E9C-101B-9397-08002B2CF9AE}"  # user-defined properties, MS-OSHARED 2.3.3
_FIRST_PROPERTY = 2  # 0 and 1 are reserved


def put_properties(parts: dict[str, bytes], contract: Contract, identity: str) -> None:
    """Write title, language and manifest; nobody's name and no date of making remain."""
    put_related_part(parts, CORE, render_core(contract))
    put_related_part(parts, CUSTOM, render_custom(manifest(contract, identity)))


def manifest(contract: Contract, identity: str) -> dict[str, str]:
    """The custom properties that identify a file when it comes back, empty ones left out."""
    header = contract.header
    values = {
        "cpom_code": header.code,
        "cpom_finess_ej": header.finess_ej,
        "cpom_type": header.type,
        "cpom_date_effet": header.effective_date.isoformat(),
        "cpom_version": str(header.version),
        "cpom_statut": header.status,
        "cpom_campagne": header.campaign,
        "cpom_bibliotheque": contract.library_version,
        "cpom_schema": str(contract.schema_version),
        "cpom_sha256": identity,
    }
    return {name: value for name, value in values.items() if value}


def read_identity(parts: Mapping[str, bytes]) -> str:
    """The SHA-256 of the contract that a Word file prints; empty when it does not say."""
    part = parts.get(CUSTOM.name)
    if part is None:
        return ""
    for item in parse_xml(part):
        if item.get("name") == "cpom_sha256":
            return "".join(str(text) for text in item.itertext()).strip()
    return ""


def render_core(contract: Contract) -> bytes:
    """``docProps/core.xml``: title, subject, agency, language, status, version."""
    header = contract.header
    title = f"{header.title} – {header.legal_name}"
    subject = f"CPOM {header.code} {header.subtitle}".strip()
    elements = (
        ("dc:title", title),
        ("dc:subject", subject),
        ("dc:creator", header.agency),
        ("dc:language", LANGUAGE),
        ("cp:keywords", f"CPOM ; {header.code} ; {header.finess_ej}"),
        ("cp:contentStatus", header.status),
        ("cp:version", str(header.version)),
    )
    return render_core_elements(elements)


def render_core_elements(elements: Iterable[tuple[str, str]]) -> bytes:
    """``docProps/core.xml`` with these elements, in order."""
    content = "".join(f"<{name}>{escape(value)}</{name}>" for name, value in elements)
    return _encode(f"<cp:coreProperties {_CORE_NAMESPACES}>{content}</cp:coreProperties>")


def render_custom(values: Mapping[str, str]) -> bytes:
    """``docProps/custom.xml`` with these text properties, in order."""
    content = "".join(
        f'<property fmtid="{_FORMAT_ID}" pid="{number}" name="{escape(name)}">'
        f"<vt:lpwstr>{escape(value)}</vt:lpwstr></property>"
        for number, (name, value) in enumerate(values.items(), _FIRST_PROPERTY)
    )
    return _encode(f"<Properties {_CUSTOM_NAMESPACES}>{content}</Properties>")


def _encode(xml: str) -> bytes:
    return (XML_DECLARATION + xml).encode()
