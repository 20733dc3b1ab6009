"""python -m citynet.cli"""

import sys

from citynet.cli import main

sys.exit(main())
