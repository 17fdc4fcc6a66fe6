"""What CSP L6114-1 says of renewal, version by version.

A contract stays under the wording in force at its date of effect, to its term (ordonnance
n° 2020-1407, article 5, III). All versions known give the same two periods: the request one year
before the term, the answer within four months.
"""

from datetime import date

from contract_builder.frozen import dataclass
from contract_builder.model.dates import add_months, add_years

_YEARS_BEFORE_TERM = 1
_MONTHS_TO_ANSWER = 4
_NOT_GOVERNED = frozenset({"partenaire"})  # these contracts do not rest on L6114-1


@dataclass(frozen=True, slots=True)
class RenewalLaw:
    """One wording; ``since`` is the first date of effect that it governs.

    ``silence_renews``: no express decision within the time to answer is a tacit renewal.
    ``checked_on`` is the date of the text that was read.
    """

    since: date
    silence_renews: bool
    source: str
    checked_on: date


RENEWAL_LAWS: tuple[RenewalLaw, ...] = (
    RenewalLaw(
        since=date.min,
        silence_renews=False,
        source="CSP L6114-1, rédaction en vigueur au 2019-07-01, alinéa 5",
        checked_on=date(2019, 7, 1),
    ),
    RenewalLaw(
        since=date(2020, 11, 20),
        silence_renews=True,
        source="CSP L6114-1, version du 2020-11-20, alinéa 9",
        checked_on=date(2023, 12, 6),
    ),
)
"""In date order."""


def find_renewal_law(contract_type: str, effective_on: date) -> RenewalLaw | None:
    """The wording that governs a contract; None when the article does not bear on its type."""
    if contract_type in _NOT_GOVERNED:
        return None
    return next(law for law in reversed(RENEWAL_LAWS) if law.since <= effective_on)


def last_day_to_request(term: date) -> date:
    """The last day to ask for the renewal of a contract whose last day is ``term``."""
    return add_years(term, -_YEARS_BEFORE_TERM)


def last_day_to_answer(requested_on: date) -> date:
    """The last day for the agency to answer a request; from the next, its silence counts."""
    return add_months(requested_on, _MONTHS_TO_ANSWER)
