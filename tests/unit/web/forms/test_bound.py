"""What a form shows of a file's values: as French people write them, and read back the same."""

import pytest

from contract_builder.web.forms.bound import Binder, BoundField, BoundGroup, ValueSource, show_value
from contract_builder.web.forms.fields import Control, FieldShape, shape_of_key
from contract_builder.web.forms.posted import write_value


def shape(control: Control) -> FieldShape:
    """A field of one kind."""
    return FieldShape("champ", "Champ", "", control, is_required=False)


@pytest.mark.parametrize(
    ("control", "kept", "shown"),
    [
        ("date", "2025-07-01", "01/07/2025"),
        ("montant", "19741.00", "19\u202f741,00\u00a0€"),
        ("nombre", "4.25", "4,25"),
        ("nombre", "2024", "2024"),
    ],
)
def test_a_value_is_shown_in_french_and_read_back_the_same(
    control: Control, kept: str, shown: str
) -> None:
    seen = show_value(shape(control), kept)
    assert seen.replace("\u00a0", " ") == shown.replace("\u202f", " ").replace("\u00a0", " ")
    assert write_value(shape(control), seen) == kept


@pytest.mark.parametrize(
    ("control", "written"),
    [
        ("date", "2025-02-31"),
        ("date", "été"),
        ("montant", "environ"),
        ("nombre", "1.250"),
        ("texte", "2025-07-01"),
    ],
)
def test_what_has_no_french_form_is_shown_as_it_is_written(control: Control, written: str) -> None:
    assert show_value(shape(control), written) == written


def test_another_source_that_says_the_same_is_not_told_as_different() -> None:
    sources = {"contrat.date_effet": ValueSource("2025-07-01", "région", "")}
    group = Binder({}, sources, ()).bind(
        shape_of_key("contrat"), {"date_effet": "2025-07-01", "date_fin": "2030-06-30"}
    )
    assert isinstance(group, BoundGroup)
    field = next(part for part in group.parts if part.name == "contrat.date_effet")
    assert isinstance(field, BoundField)
    assert (field.value, field.elsewhere) == ("01/07/2025", "")
