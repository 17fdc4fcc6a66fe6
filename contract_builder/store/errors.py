"""What the store refuses, and why it cannot answer."""

from contract_builder.errors import UserError


class StoreError(UserError):
    """The store cannot give a result; what it held before is untouched."""


class UnknownVersionError(StoreError):
    """A reference names a version that the store does not hold."""


class StaleStateError(StoreError):
    """Another state of a piece was kept since the one that this one was made from."""


class TamperedDataError(StoreError):
    """What was read is not what was written: a hash or the journal's chain does not agree."""
