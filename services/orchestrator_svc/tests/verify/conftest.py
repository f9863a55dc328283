"""Lets these tests share their builders of results and recorded answers."""

import sys
from pathlib import Path

for room in ("facts", "verify"):
    folder = str(Path(__file__).parents[1] / room)
    if folder not in sys.path:
        sys.path.insert(0, folder)
