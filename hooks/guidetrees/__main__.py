"""`python -m guidetrees`."""

import sys

from guidetrees.cli import main

sys.exit(main())
