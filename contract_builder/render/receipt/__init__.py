"""The receipt of files that left → data and a page that checks them by itself."""

from contract_builder.render.receipt.data import receipt_data, render_receipt_json
from contract_builder.render.receipt.page import render_receipt_html

__all__ = ["receipt_data", "render_receipt_html", "render_receipt_json"]
