from __future__ import annotations

import json
from importlib.resources import files
from pathlib import Path

import pytest
from aislides_runtime.settings import SettingsError
from orchestrator_svc.brand_file import read_brand
from orchestrator_svc.render.brand import Brand, BrandFile
from orchestrator_svc.render.colour import contrast, difference, hue_of
from orchestrator_svc.render.html import render_html
from orchestrator_svc.render.palette import SERIES, faults
from orchestrator_svc.render.themes import load_theme, themes

RULES = files("orchestrator_svc.render").joinpath("html/deck.css")
EXAMPLE = Path(__file__).parents[4] / "examples/brand/northwind.yaml"


def branded(**fields):
    return Brand(BrandFile.model_validate({"name": "Acme", **fields}))


@pytest.mark.parametrize("theme", themes(), ids=lambda theme: theme.name)
@pytest.mark.parametrize(
    "primary", ["#ffd400", "#c8102e", "#000000", "#ffffff", "#00a3e0", "#7fba00", "#6d6e71"]
)
def test_tk2_any_brand_colour_ends_in_a_theme_that_holds_every_rule(theme, primary):
    dressed = branded(colours={"primary": primary}).dress(theme)
    assert faults(dressed.light) == []
    assert faults(dressed.dark) == []


def test_tk2_a_yellow_is_darkened_within_its_hue_and_reported():
    brand = branded(colours={"primary": "#ffd400"})
    accent = brand.dress(load_theme("professional")).light["accent"]
    assert contrast(accent, "#ffffff") >= 4.5
    assert abs(hue_of(accent) - hue_of("#ffd400")) < 3
    told = [str(move) for move in brand.corrections(load_theme("professional"))]
    assert told[0].startswith("accent: #ffd400 became #")
    assert "4.5:1 is needed" in told[0]


def test_br2_a_red_brand_keeps_another_red_for_bad_news():
    brand = branded(colours={"primary": "#b3261e"})
    light = brand.dress(load_theme("professional")).light
    assert difference(light["accent"], light["negative"]) >= 15
    assert any(
        "must not mean bad news" in str(m) for m in brand.corrections(load_theme("professional"))
    )


def test_a_sound_brand_is_used_as_given():
    brand = branded(colours={"primary": "#0b5fa5", "data": ["#0b5fa5", "#dd7800", "#449d9c"]})
    light = brand.dress(load_theme("professional")).light
    assert [light[name] for name in SERIES[:3]] == ["#0b5fa5", "#dd7800", "#449d9c"]
    assert [
        m for m in brand.corrections(load_theme("professional")) if "on dark" not in m.token
    ] == []


def test_the_example_dresses_a_deck(bundle):
    brand = read_brand(EXAMPLE, "professional")
    html = render_html(bundle, brand=brand).decode()
    assert html.count("data:image/svg+xml;base64,") == 2  # for light ground and for dark
    assert "<span>Northwind</span>" in html
    slides = html.split("<section")[1:]
    assert all("Northwind Traders" in slide and "Internal" in slide for slide in slides)
    assert "Northwind" not in render_html(bundle).decode()
    assert render_html(bundle, brand=brand).decode() == html


def test_texts_of_a_brand_are_text(bundle):
    brand = branded(footer="<b>&{{x}}", classification="'\"><script>")
    html = render_html(bundle, brand=brand).decode()
    assert "&lt;b&gt;&amp;{{x}}" in html
    assert "<script>'" not in html
    assert html.count("<script") == 2


@pytest.mark.parametrize(
    ("fields", "lines"),
    [
        ({"nmae": "x"}, ["nmae", "name"]),
        ({"name": "x", "colours": {"primary": "red"}}, ["colours.primary: must match"]),
        (
            {"name": "x", "colours": {"data": ["#000000"] * 5}},
            ["colours.data: must have at most 4"],
        ),
        (
            {"name": "x", "colours": {"data": ["#0b5fa5", "#0b5fa5", "#0b5fa5", "#0b5fa5"]}},
            ["choose another hue"],
        ),
        ({"name": "x", "colours": {"background": "#808080"}}, ["contrast"]),
        ({"name": "x", "locale": "German"}, ["locale"]),
        ({"name": "x", "footer": "a\nb"}, ["footer"]),
        ({"name": "x", "logo": {"light": "no.svg"}}, ["logo.light: the logo cannot be read"]),
        ({"name": "x", "logo": {"light": "bad.svg"}}, ["bad.svg", "script element"]),
        ({"name": "x", "logo": {"light": "data:image/svg+xml;base64,%%%"}}, ["is not base64"]),
    ],
)
def test_a_bad_brand_file_is_one_clear_line_for_each_fault(tmp_path, fields, lines):
    (tmp_path / "bad.svg").write_text(
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1 1"><script/></svg>'
    )
    path = tmp_path / "brand.json"
    path.write_text(json.dumps(fields))
    with pytest.raises(SettingsError) as told:
        read_brand(path, "professional")
    text = str(told.value)
    assert str(path) in text
    assert lines[-1] in text


def test_br1_a_logo_is_at_most_24_px_high():
    for theme in themes():
        assert theme.space["logo"] <= 24
    assert ".logo{height:var(--space-logo)" in RULES.read_text("utf-8")
