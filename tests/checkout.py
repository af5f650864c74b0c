# SPDX-License-Identifier: GPL-2.0-or-later
"""Name the checkout ``carte_cp3``, whatever its folder is called."""

import importlib.util
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]

if "carte_cp3" not in sys.modules:
    spec = importlib.util.spec_from_file_location(
        "carte_cp3", ROOT / "__init__.py", submodule_search_locations=[str(ROOT)]
    )
    package = importlib.util.module_from_spec(spec)
    sys.modules["carte_cp3"] = package
    spec.loader.exec_module(package)
