from __future__ import annotations

import re
from importlib.resources import files

import pytest
from aislides_runtime.errors import InvalidRequest
from orchestrator_svc.render.colour import contrast, mixed
from orchestrator_svc.render.palette import SERIES, corrected, faults
from orchestrator_svc.render.themes import NAMES, load_theme, series_labels, themes

RENDER = files("orchestrator_svc.render")
COLOUR = re.compile(
    r"#(?:[0-9a-fA-F]{3,4}|[0-9a-fA-F]{6}|[0-9a-fA-F]{8})\b|\b(?:rgba?|hsla?|oklch)\(\s*\d"
)
NAMED = re.compile(r"[:\s](?:black|white|gr[ae]y|red|green|blue|orange|yellow|navy)\s*[;}!]")
LENGTH = re.compile(r"(?<![\w.-])\d*\.?\d+(?:px|pt|rem)\b")
FONT = re.compile(r"font(?:-family)?:\s*(?!inherit|var\()[^;}]*")


@pytest.mark.parametrize("theme", themes(), ids=lambda theme: theme.name)
@pytest.mark.parametrize("mode", ["light", "dark"])
def test_tk2_text_and_marks_stand_out_and_data_colours_differ_in_every_sight(theme, mode):
    colours = getattr(theme, mode)
    assert faults(colours) == []
    for label in series_labels(colours).values():
        assert contrast(label, colours["surface"]) >= 4.5
    css = theme.variables().split("@media")[0 if mode == "light" else 1]
    for token in (*SERIES, "mute"):
        over = re.search(rf"--over-{token.removeprefix('series-')}:(#\w+)", css)[1]
        assert contrast(over, colours[token]) >= 4.5, token
    for letter, token in (("q", "accent"), ("n", "negative")):
        for name, depth in theme.depths.items():
            over = re.search(rf"--over-{letter}{name}:(#\w+)", css)[1]
            assert contrast(over, mixed(colours["surface"], colours[token], depth)) >= 4.5, name


def test_all_themes_have_the_same_tokens():
    kept = {(frozenset(theme.light), frozenset(theme.dark)) for theme in themes()}
    assert len(kept) == 1
    assert [theme.name for theme in themes()] == list(NAMES)


def test_tk2_a_weak_colour_is_moved_within_its_hue_and_the_move_is_told():
    colours = dict(load_theme("professional").light) | {"accent": "#7ab8ff", "series-2": "#0a5a9f"}
    made, moves = corrected(colours, ["accent", *SERIES])
    assert faults(made) == []
    assert {move.token for move in moves} >= {"accent"}
    accent = next(move for move in moves if move.token == "accent")
    assert str(accent).startswith("accent: #7ab8ff became #")
    assert "contrast 2.1:1 on surface #ffffff, 4.5:1 is needed" in accent.reason


def test_a_sound_theme_is_not_touched():
    colours = load_theme("professional").light
    assert corrected(colours, list(colours)[:1]) == (colours, [])


def sources():
    for folder in ("html", "html/slides", "charts", "."):
        for file in RENDER.joinpath(folder).iterdir():
            if file.name.endswith((".css", ".py", ".js")):
                yield pytest.param(file, id=f"{folder}/{file.name}")


@pytest.mark.parametrize("file", list(sources()))
def test_tk1_no_literal_colour_size_or_font_outside_token_files(file):
    text = file.read_text("utf-8")
    if file.name.endswith(".py"):
        # Colours and lengths can only reach a deck through a string.
        text = "\n".join(
            re.findall(r"\"[^\"\n]*\"|'[^'\n]*'", re.sub(r'""".*?"""', "", text, flags=re.S))
        )
    found = COLOUR.findall(text)
    if file.name.endswith(".css"):
        text = re.sub(r"@media[^{]*", "", text)  # a media query cannot name a token
        found += NAMED.findall(text) + LENGTH.findall(text) + FONT.findall(text)
        found += re.findall(r"font-size:\s*(?!var\(|inherit)[^;}]*", text)
    assert found == []


def test_rs4_paper_is_light_in_every_theme_and_dark_asks_nobody():
    for theme in themes():
        css = theme.variables()
        root, _, rest = css.partition("@media screen")
        assert f"--surface:{theme.light['surface']}" in root
        assert ("(prefers-color-scheme:dark)" in rest) == (theme.mode == "auto")


def test_an_unknown_theme_is_refused_with_the_known_ones():
    with pytest.raises(
        InvalidRequest, match="choose one of professional, ibcs, dark, warm"
    ) as told:
        load_theme("../secrets")
    assert told.value.field_violations[0].field == "theme"


def test_the_smallest_sizes_are_readable():
    for theme in themes():
        small = {name: value for name, value in theme.sizes.items() if "footer" in name}
        assert min(small.values()) >= 12
        assert min(value for name, value in theme.sizes.items() if name not in small) >= 14
