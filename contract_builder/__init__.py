"""contract-builder: writes, compares and keeps the CPOM of French regional health agencies."""


def get_software_version() -> str:
    """The version of the installed package; « 0 » in a checkout that was never installed.

    Asked for when it is shown: reading it takes longer than every other import of ``cpom --help``.
    """
    from importlib.metadata import PackageNotFoundError, version

    try:
        return version("contract-builder")
    except PackageNotFoundError:
        return "0"
