"""What the parts of a library mean together: every problem beyond the form of each file.

A check is a function from the library to its problems; ``LIBRARY_CHECKS`` is the whole list.
Fields, cross-references and tables in the texts are checked where their names are known
(``assembly``).
"""

from collections.abc import Callable, Iterable

from contract_builder.diagnostics import Diagnostic, Problems
from contract_builder.library.checks.clauses import (
    check_clause_dates,
    check_clause_versions,
    check_clauses_used,
)
from contract_builder.library.checks.follow_up import check_follow_up_rules
from contract_builder.library.checks.identifiers import check_identifiers
from contract_builder.library.checks.notes import (
    check_doubtful_targets,
    check_points_to_verify,
    check_source_remarks,
)
from contract_builder.library.checks.outlines import (
    check_campaigns,
    check_coverages,
    check_outline_clauses,
    check_outline_names,
    check_plan_dates,
)
from contract_builder.library.checks.references import (
    check_citations_declared,
    check_declared_references,
    check_reference_ends,
    check_registry,
    check_source_documents,
)
from contract_builder.library.checks.sheets import (
    check_data_names,
    check_sheet_years,
    check_target_categories,
)
from contract_builder.library.checks.targets import check_target_values
from contract_builder.model.library import Library

LibraryCheck = Callable[[Library], Iterable[Diagnostic]]

LIBRARY_CHECKS: tuple[LibraryCheck, ...] = (
    check_identifiers,
    check_clause_dates,
    check_clause_versions,
    check_clauses_used,
    check_outline_clauses,
    check_outline_names,
    check_plan_dates,
    check_campaigns,
    check_follow_up_rules,
    check_coverages,
    check_target_categories,
    check_sheet_years,
    check_target_values,
    check_data_names,
    check_source_documents,
    check_declared_references,
    check_registry,
    check_reference_ends,
    check_citations_declared,
    check_points_to_verify,
    check_source_remarks,
    check_doubtful_targets,
)


def check_library(library: Library) -> Problems:
    """Every problem of every check, in the order of ``LIBRARY_CHECKS``."""
    return [problem for check in LIBRARY_CHECKS for problem in check(library)]
