# SPDX-License-Identifier: GPL-2.0-or-later
"""The helpers beside these tests, importable by their own names."""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))
