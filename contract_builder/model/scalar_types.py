"""Scalars that mean more than their Python type: how ``reading.records`` reads such a field.

For type checkers they are the plain type.
"""

from decimal import Decimal
from typing import Annotated

Euros = Annotated[Decimal, "euros"]
"""An amount of money, in euros, to the cent."""

FinessNumber = Annotated[str, "finess"]
"""A FINESS number: nine characters, without spaces; another text stays as written."""

Prose = Annotated[str, "prose"]
"""A text of several paragraphs: its ends of lines are part of it."""
