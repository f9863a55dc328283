from __future__ import annotations

import re
from importlib.resources import files

import pytest
from orchestrator_svc.render.themes import load_theme, themes


def luminance(colour):
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    lin = [c / 12.92 if c <= 0.03928 else ((c + 0.055) / 1.055) ** 2.4 for c in parts]
    return 0.2126 * lin[0] + 0.7152 * lin[1] + 0.0722 * lin[2]


def contrast(one, other):
    high, low = sorted((luminance(one), luminance(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize("theme", themes(), ids=lambda theme: theme.name)
@pytest.mark.parametrize("mode", ["light", "dark"])
def test_tk2_text_and_marks_stand_out(theme, mode):
    colours = getattr(theme, mode)
    for text in ("ink", "ink-2", "accent", "positive", "negative"):
        for ground in ("surface", "panel"):
            assert contrast(colours[text], colours[ground]) >= 4.5, (text, ground)
    assert contrast(colours["ink"], colours["tint"]) >= 4.5
    for mark in ("mute", "series-1", "series-2", "series-3", "series-4"):
        assert contrast(colours[mark], colours["surface"]) >= 2.99, mark


def test_tk1_no_literal_colour_or_font_size_outside_theme_files():
    folder = files("orchestrator_svc.render")
    css = folder.joinpath("html/deck.css").read_text()
    assert not re.search(r"#[0-9a-fA-F]{3,8}\b", css)
    assert not re.search(r"font-size:\s*\d", css)
    for path in ("html", "charts", "html/slides"):
        for file in folder.joinpath(path).iterdir():
            if file.name.endswith((".py", ".js")):
                text = file.read_text()
                assert not re.search(r"[\"'](#[0-9a-fA-F]{3,8})[\"']", text), file.name


def test_the_smallest_sizes_are_readable():
    sizes = load_theme("professional").sizes
    assert sizes["footer"] >= 11
    assert sizes["label"] >= 12
    assert sizes["axis"] >= 12
    assert (
        min(value for name, value in sizes.items() if name not in {"footer", "phone-footer"}) >= 13
    )
