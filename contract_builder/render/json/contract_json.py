"""A contract → its canonical JSON, whose SHA-256 is the version's identity.

Sorted keys, UTF-8, no spaces, money as decimal text, one final newline: equal contracts give equal
bytes. The schema is ``docs/schema/contract.schema.json``; a file names the oldest form that can say
its contract.
"""

import json
from hashlib import sha256
from typing import Any

from contract_builder.model import blocks
from contract_builder.model.contract import (
    SCHEMA_VERSION,
    AuthorisationRecord,
    BaselineRecord,
    CitedReference,
    Contract,
    ContractHeader,
    ContractTables,
    DecisionRecord,
    FactRecord,
    FundingRecord,
    JoinedFile,
    NegotiatedOrigin,
    Objective,
    Provenance,
    RecordedProblem,
    RowName,
    SheetChoice,
    Signatory,
    TargetRecord,
)
from contract_builder.render.json.codec import Codec

CODEC = Codec(
    names={
        ContractHeader: {
            "legal_name": "raison_sociale",
            "effective_date": "date_effet",
            "end_date": "date_fin",
            "agency": "ars",
            "campaign": "campagne",
            "title": "titre",
            "subtitle": "sous_titre",
            "cover_lines": "couverture",
            "signatories": "signataires",
        },
        Provenance: {
            "file": "fichier",
            "line": "ligne",
            "in_force_from": "en_vigueur_du",
            "reason": "motif",
            "negotiated": "negociation",
        },
        NegotiatedOrigin: {"state": "etat", "on": "le", "author": "auteur", "file": "fichier"},
        ContractTables: {
            "objectives": "objectifs",
            "targets": "cibles",
            "authorisations": "autorisations",
            "fundings": "financements",
            "references": "references",
            "joined_files": "annexes_jointes",
            "problems": "diagnostics",
            "facts": "faits",
            "decisions": "decisions",
            "sheets": "lignes_des_fiches",
        },
        Objective: {
            "title": "intitule",
            "objectives": "objectifs",
            "indicator_type": "type_indicateur",
        },
        TargetRecord: {
            "sheet": "fiche",
            "category": "categorie",
            "year": "annee",
            "text": "texte",
            "value": "valeur",
            "origin": "origine",
            "doubt": "doute",
            "repaired": "repare",
        },
        AuthorisationRecord: {
            "key": "cle",
            "labels": "libelles",
            "status": "statut",
            "authorised_on": "date_autorisation",
            "renewed_on": "date_renouvellement",
            "effective_on": "date_effet",
            "start_deadline": "date_limite",
            "started_on": "date_mise_en_oeuvre",
            "ends_on": "date_fin",
            "devices": "equipements",
        },
        Signatory: {"scope": "portee"},
        FundingRecord: {
            "key": "cle",
            "year": "annee",
            "envelope": "enveloppe",
            "sub_envelope": "sous_enveloppe",
            "measure": "mesure",
            "amount": "montant",
            "order_number": "arrete_numero",
            "order_date": "arrete_date",
            "payer": "payeur",
        },
        JoinedFile: {
            "number": "numero",
            "title": "titre",
            "completes": "complete",
            "file": "fichier",
        },
        CitedReference: {"status": "statut", "cited_in": "citee_dans"},
        RecordedProblem: {"severity": "gravite", "place": "lieu"},
        FactRecord: {"name": "nom", "kind": "genre", "value": "valeur", "words": "mots"},
        RowName: {"category": "categorie", "label": "libelle"},
        BaselineRecord: {
            "indicator": "indicateur",
            "year": "annee",
            "value": "valeur",
        },
        SheetChoice: {"rows": "lignes", "baselines": "valeurs_initiales"},
        DecisionRecord: {"kind": "genre", "retained": "retenu"},
    },
    tags={
        blocks.Text: "text",
        blocks.Field: "field",
        blocks.CrossReference: "reference",
        blocks.Gap: "gap",
        blocks.LineBreak: "break",
        blocks.Footnote: "footnote",
        blocks.Paragraph: "paragraph",
        blocks.ListBlock: "list",
        blocks.Note: "note",
        blocks.SubHeading: "subheading",
        blocks.Table: "table",
        blocks.Drawing: "drawing",
    },
)
_TABLES_WHEN_FILLED = ("annexes_jointes", "faits", "decisions", "lignes_des_fiches")
"""Tables younger than the schema: left out when empty, so that older contracts keep their hash."""

SCHEMA_VERSIONS = tuple(range(1, SCHEMA_VERSION + 1))
ALWAYS_PRESENT = ("number", "title", "blocks", "children", "provenance")


def contract_data(contract: Contract) -> dict[str, Any]:
    """The contract as plain data, in the shape that other programs rely on."""
    tables = CODEC.encode(contract.tables)
    return {
        "schema_version": contract.schema_version,
        "contract": CODEC.encode(contract.header),
        "library_version": contract.library_version,
        "sections": [complete_section(CODEC.encode(section)) for section in contract.sections],
        "tables": {
            name: tables.get(name, [])
            for name in CODEC.names[ContractTables].values()
            if name in tables or name not in _TABLES_WHEN_FILLED
        },
    }


def complete_section(section: dict[str, Any]) -> dict[str, Any]:
    """The data of a section with its main keys, empty or not, all below it too."""
    empty: dict[str, Any] = dict(zip(ALWAYS_PRESENT, ("", "", [], [], None), strict=True))
    children = [complete_section(child) for child in section.get("children", [])]
    return {**empty, **section, "children": children}


def render_json(contract: Contract) -> bytes:
    """The canonical bytes."""
    text = json.dumps(
        contract_data(contract), ensure_ascii=False, sort_keys=True, separators=(",", ":")
    )
    return (text + "\n").encode("utf-8", "surrogatepass")


def contract_sha256(contract: Contract) -> str:
    """The identity of this version: SHA-256 of the canonical bytes, in hexadecimal."""
    return sha256(render_json(contract)).hexdigest()
