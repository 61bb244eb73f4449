"""What the recipe runs for `make page`; Snakemake writes what it says of the clips above these lines."""

import sys
from pathlib import Path

sys.path.insert(0, str(Path.cwd()))

from renders.page import main

told = globals()["snakemake"]
code = main(told.output[0], told.params.title, told.params.clips)
if code:
    sys.exit(code)
