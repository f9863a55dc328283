"""Colours as numbers: WCAG contrast, CIE76 difference, colour-blind sight, shades of a hue."""

from __future__ import annotations

import colorsys
import math
from functools import lru_cache
from typing import Final

Rgb = tuple[float, float, float]

# Machado, Oliveira and Fernandes 2009, severity 1.0, on linear RGB.
_SIGHTS: Final[dict[str, tuple[Rgb, Rgb, Rgb]]] = {
    "normal": ((1, 0, 0), (0, 1, 0), (0, 0, 1)),
    "protan": (
        (0.152286, 1.052583, -0.204868),
        (0.114503, 0.786281, 0.099216),
        (-0.003882, -0.048116, 1.051998),
    ),
    "deutan": (
        (0.367322, 0.860646, -0.227968),
        (0.280085, 0.672501, 0.047413),
        (-0.011820, 0.042940, 0.968881),
    ),
    "tritan": (
        (1.255528, -0.076749, -0.178779),
        (-0.078411, 0.930809, 0.147602),
        (0.004733, 0.691367, 0.303900),
    ),
}
SIGHTS: Final = tuple(_SIGHTS)
"""Normal sight and three kinds of colour blindness."""


def contrast(one: str, other: str) -> float:
    """Contrast of two `#rrggbb` colours, from 1 to 21."""
    high, low = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


def difference(one: str, other: str, sight: str = "normal") -> float:
    """CIE76 distance of two colours as this sight sees them; below about 15 they are confused."""
    return math.dist(_lab(one, sight), _lab(other, sight))


def shades(colour: str) -> list[str]:
    """Every shade of the colour's hue and saturation, the nearest in lightness first."""
    hue, lightness, saturation = colorsys.rgb_to_hls(*_rgb(colour))
    made = {
        _hex(colorsys.hls_to_rgb(hue, step / 100, saturation)): abs(step / 100 - lightness)
        for step in range(101)
    }
    made[colour.lower()] = -1.0
    return sorted(made, key=lambda shade: made[shade])


def mixed(one: str, other: str, share: float) -> str:
    """The colour that lies `share` of the way from one to the other."""
    pairs = zip(_rgb(one), _rgb(other), strict=True)
    red, green, blue = (a + (b - a) * share for a, b in pairs)
    return _hex((red, green, blue))


def hue_of(colour: str) -> float:
    """Hue in degrees, 0 to 360; red is 0."""
    return colorsys.rgb_to_hls(*_rgb(colour))[0] * 360


def _rgb(colour: str) -> Rgb:
    return (int(colour[1:3], 16) / 255, int(colour[3:5], 16) / 255, int(colour[5:7], 16) / 255)


def _hex(rgb: Rgb) -> str:
    return "#" + "".join(f"{round(min(max(part, 0), 1) * 255):02x}" for part in rgb)


def _linear(rgb: Rgb) -> Rgb:
    red, green, blue = (
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in rgb
    )
    return (red, green, blue)


@lru_cache(maxsize=4096)
def _luminance(colour: str) -> float:
    red, green, blue = _linear(_rgb(colour))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


@lru_cache(maxsize=8192)
def _lab(colour: str, sight: str) -> Rgb:
    linear = _linear(_rgb(colour))
    red, green, blue = (
        min(max(sum(a * b for a, b in zip(row, linear, strict=True)), 0), 1)
        for row in _SIGHTS[sight]
    )
    x = (0.4124 * red + 0.3576 * green + 0.1805 * blue) / 0.95047
    y = 0.2126 * red + 0.7152 * green + 0.0722 * blue
    z = (0.0193 * red + 0.1192 * green + 0.9505 * blue) / 1.08883
    fx, fy, fz = (t ** (1 / 3) if t > 0.008856 else 7.787 * t + 16 / 116 for t in (x, y, z))
    return (116 * fy - 16, 500 * (fx - fy), 200 * (fy - fz))
