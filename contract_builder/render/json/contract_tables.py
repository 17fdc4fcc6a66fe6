"""The header and the tables of a contract's JSON that a follow-up rests on, the rest unread.

What a view of a whole region asks of hundreds of contracts; several times as fast as all of it.
"""

import json
from typing import Any

from contract_builder.model.contract import (
    ContractHeader,
    ContractTables,
    FundingRecord,
    Objective,
    TargetRecord,
)
from contract_builder.render.json.codec import DecodeError
from contract_builder.render.json.contract_json import CODEC
from contract_builder.render.json.contract_reading import parse_contract

_TEXT_OPENS, _TABLES_OPEN = ',"sections":[', '],"tables":{'
"""What stands round the sections in canonical JSON. A text holds no quotation mark without a stroke
before it, and no object but the contract has both keys."""

_KINDS: dict[str, Any] = {
    "objectives": tuple[Objective, ...],
    "targets": tuple[TargetRecord, ...],
    "fundings": tuple[FundingRecord, ...],
}
"""The tables that are read, and what each holds."""


def parse_followed_tables(data: bytes) -> tuple[ContractHeader, ContractTables]:
    """Header, objectives, targets and financing lines of a contract; its other tables are empty.

    Another form than canonical JSON is read whole. ContractFileError when it is no contract.
    """
    text = data.decode("utf-8", "replace")
    before, opens, rest = text.partition(_TEXT_OPENS)
    _, closes, tables = rest.rpartition(_TABLES_OPEN)
    if opens and closes:
        try:
            content: Any = json.loads(f'{before},"tables":{{{tables}')
            header: ContractHeader = CODEC.decode(ContractHeader, content["contract"], "contract")
            found = {
                name: content["tables"][key]
                for name, key in CODEC.names[ContractTables].items()
                if name in _KINDS
            }
            return header, ContractTables(
                **{name: CODEC.decode(_KINDS[name], rows, name) for name, rows in found.items()}
            )
        except (DecodeError, ValueError, KeyError, TypeError, RecursionError):
            pass  # the whole reading words what is wrong
    contract = parse_contract(data)
    kept = {name: getattr(contract.tables, name) for name in _KINDS}
    return contract.header, ContractTables(**kept)
