"""Writes fonts/widths.json: advance widths of the embedded fonts, in thousandths of the size."""

from __future__ import annotations

import json
import sys
from pathlib import Path

from fontTools.ttLib import TTFont


def widths(path: Path) -> dict[str, int]:
    """Advance width by character."""
    font = TTFont(path)
    scale = 1000 / font["head"].unitsPerEm
    metrics = font["hmtx"]
    return {
        chr(code): round(metrics[name][0] * scale)
        for code, name in sorted(font.getBestCmap().items())
    }


def main(folder: Path) -> None:
    """Reads the two weights in the folder."""
    table = {
        weight: widths(folder / f"inter-latin-{weight}-normal.woff2") for weight in ("400", "600")
    }
    text = json.dumps(table, ensure_ascii=True, separators=(",", ":"))
    (folder / "widths.json").write_text(text + "\n")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
