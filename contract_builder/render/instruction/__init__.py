"""The instruction file of a contract → Word and HTML. Internal to the agency, never sent."""

from contract_builder.render.instruction.page import render_instruction_html
from contract_builder.render.instruction.word import render_instruction_docx

__all__ = ["render_instruction_docx", "render_instruction_html"]
