"""``python -m contract_builder`` is ``cpom``."""

import sys

from contract_builder.cli import main

sys.exit(main())
