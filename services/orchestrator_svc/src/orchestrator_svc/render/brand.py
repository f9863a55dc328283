"""A brand: name, logo, colours, footer, classification and locale over any theme."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import Annotated, Final

from aislides_runtime.settings import Section
from pydantic import Field

from orchestrator_svc.render.colour import contrast, difference, hue_of, mixed, shades
from orchestrator_svc.render.palette import APART, SERIES, TEXT, Correction, corrected, faults
from orchestrator_svc.render.themes import Theme

Colour = Annotated[str, Field(pattern=r"^#[0-9a-fA-F]{6}$")]
Line = Annotated[str, Field(max_length=80, pattern=r"^[^\x00-\x1f\x7f]*$")]
RED: Final = 25
"""Degrees around red in which a brand's colour could be read as bad news."""


class BrandColours(Section):
    """Colours as `#rrggbb`; what is left out stays the theme's."""

    primary: Colour | None = None
    ink: Colour | None = None
    background: Colour | None = None
    data: Annotated[tuple[Colour, ...], Field(max_length=len(SERIES))] = ()
    """Data colours in order; the first is `primary` when this is left out."""


class BrandLogo(Section):
    """Files beside the brand file, or `data:` URIs; PNG or SVG."""

    light: str
    """For light ground."""
    dark: str | None = None
    """For dark ground; the one for light ground when left out."""


class BrandFonts(Section):
    """Installed fonts to prefer; text is measured as the embedded font, so widths must be alike."""

    family: Annotated[str, Field(pattern=r"^[A-Za-z0-9 _-]{1,60}$")]
    metric_compatible: bool = False
    """The brand's word that the font is as wide as Inter; without it the font is not used."""


class BrandFile(Section):
    """What a brand file may hold."""

    name: Annotated[Line, Field(min_length=1)]
    logo: BrandLogo | None = None
    colours: BrandColours = BrandColours()
    fonts: BrandFonts | None = None
    footer: Line = ""
    """Stands in the footer of every slide."""
    classification: Line = ""
    """Such as Internal; stands on every slide of a deck that has none of its own."""
    locale: Annotated[str, Field(pattern=r"^([a-z]{2,3}(-[A-Z]{2})?)?$")] = ""
    """Locale of decks whose request names none."""


# Compared by identity, like a theme: style sheets are kept by it.
@dataclass(frozen=True, eq=False)
class Brand:
    """A checked brand. `logo` and `logo_dark` are `data:` URIs or empty."""

    file: BrandFile
    logo: str = ""
    logo_dark: str = ""
    _dressed: dict[Theme, tuple[Theme, list[Correction]]] = field(default_factory=dict, repr=False)

    def dress(self, theme: Theme) -> Theme:
        """The theme in the brand's colours, every rule of contrast and difference held."""
        return self._dress(theme)[0]

    def corrections(self, theme: Theme) -> list[Correction]:
        """Colours that had to be moved for that, light ones first."""
        return self._dress(theme)[1]

    def _dress(self, theme: Theme) -> tuple[Theme, list[Correction]]:
        if theme not in self._dressed:
            light, moved = _in_colours(theme.light, self.file.colours, dark=False)
            dark, moved_too = _in_colours(theme.dark, self.file.colours, dark=True)
            told = [replace(move, token=f"{move.token} on dark") for move in moved_too]
            fonts = dict(theme.fonts)
            if self.file.fonts and self.file.fonts.metric_compatible:
                fonts["text"] = f'"{self.file.fonts.family}",{fonts["text"]}'
            made = replace(theme, light=light, dark=dark, fonts=fonts, _kept={})
            self._dressed[theme] = (made, moved + told)
        return self._dressed[theme]


def unfit(brand: Brand, theme: Theme) -> list[str]:
    """Why the brand's colours cannot be used, one line each; empty when they can."""
    dressed = brand.dress(theme)
    return [
        f"colours: {fault.token} {fault.reason}; choose another hue"
        for fault in faults(dressed.light)
    ]


def _in_colours(
    tokens: dict[str, str], colours: BrandColours, *, dark: bool
) -> tuple[dict[str, str], list[Correction]]:
    made = dict(tokens)
    if not dark:  # dark ground stays the theme's: a brand's white cannot be turned into it
        made |= _ground(made, colours)
    if colours.primary:
        made["accent"] = colours.primary.lower()
        made["tint"] = _tint(made, (0.25, 0.18, 0.12) if dark else (0.15, 0.11, 0.07))
    made, moves = corrected(made, ["ink", "ink-2", "accent", "positive", "negative"])
    if colours.primary:
        made[SERIES[0]] = made["accent"]
        moved = _not_bad_news(made)
        if moved:
            moves.append(moved)
            made["negative"] = moved.used
    for token, colour in zip(SERIES, colours.data, strict=False):
        made[token] = colour.lower()
    made, more = corrected(made, ["mute", "axis", *SERIES])
    return made, moves + more


def _tint(colours: dict[str, str], shares: tuple[float, ...]) -> str:
    """The strongest tint that the accent itself can still be read on."""
    accent, surface = colours["accent"], colours["surface"]
    tints = [mixed(surface, accent, share) for share in shares]
    return next((tint for tint in tints if contrast(accent, tint) >= TEXT), tints[0])


def _ground(tokens: dict[str, str], colours: BrandColours) -> dict[str, str]:
    """Ink and ground, and the greys between them."""
    if not (colours.background or colours.ink):
        return {}
    surface = (colours.background or tokens["surface"]).lower()
    ink = (colours.ink or tokens["ink"]).lower()
    shares = {"panel": 0.04, "grid": 0.09, "stage": 0.1, "line": 0.16, "mute": 0.5, "axis": 0.5}
    between = {token: mixed(surface, ink, share) for token, share in shares.items()}
    return {"surface": surface, "ink": ink, "ink-2": mixed(surface, ink, 0.75)} | between


def _not_bad_news(colours: dict[str, str]) -> Correction | None:
    """Another red for bad news when the brand's own colour is red (BR2)."""
    accent, negative = colours["accent"], colours["negative"]
    red = min(hue_of(accent), 360 - hue_of(accent)) <= RED
    if not red or difference(accent, negative) >= APART:
        return None
    for shade in shades(negative):
        clear = all(contrast(shade, colours[on]) >= TEXT for on in ("surface", "panel", "tint"))
        if clear and difference(accent, shade) >= APART:
            reason = f"the brand's colour {accent} is red too, and must not mean bad news"
            return Correction("negative", negative, shade, reason)
    return None
