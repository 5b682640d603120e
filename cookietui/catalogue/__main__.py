"""Makes the one file of the built-in catalogue anew: ``python -m cookietui.catalogue``."""

import sys

from cookietui.catalogue.compiling import COMPILED, compiled
from cookietui.catalogue.loading import BUILT_IN, read_built_in


def main() -> int:
    """Read what people edit, and write what the program reads."""
    policies, kinds = read_built_in()
    (BUILT_IN / COMPILED).write_bytes(compiled(policies, kinds))
    return 0


if __name__ == "__main__":
    sys.exit(main())
