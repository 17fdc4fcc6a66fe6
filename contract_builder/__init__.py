"""contract-builder: writes, compares and keeps the CPOM of French regional health agencies."""

from importlib.metadata import PackageNotFoundError, version

try:
    __version__ = version("contract-builder")
except PackageNotFoundError:  # a checkout that was never installed
    __version__ = "0"
