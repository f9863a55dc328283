from __future__ import annotations

import base64
import hashlib
import os
import re
import subprocess
import sys

import html5lib
import pytest
from aislides.deck.v1 import deck_pb2, fact_pb2, table_pb2
from aislides_runtime.errors import InvalidRequest
from every_layout import every_layout
from orchestrator_svc.deck.text import parse_text
from orchestrator_svc.render.errors import RenderError
from orchestrator_svc.render.html import render_html

HTML = "{http://www.w3.org/1999/xhtml}"
ALLOWED = set(
    "html head meta title style script body main section div p h1 h2 h3 strong span aside table "
    "caption thead tbody tfoot tr th td pre code svg desc g rect line path circle text ol li "
    "details summary blockquote".split()
)
HOSTILE = [
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "\"'><svg/onload=alert(1)>",
    "{{7*7}} ${7*7} {% raw %}",
    "\u202eevil\u2066",
    "]]></title><script>alert(1)</script>",
    "NUL\x00 and \x1b[31m",
    "👩‍👩‍👧 日本語 العربية",
    "=1+1",
    "zero\u200bwidth\u200d\ufeff and \u2028 lines",
    "x" * 10_000,
]


def parsed(html: bytes):
    return html5lib.HTMLParser(strict=True).parse(html.decode())


def test_html_is_valid_and_holds_only_known_elements(bundle):
    tree = parsed(render_html(bundle))
    names = {
        element.tag.rsplit("}", 1)[-1] for element in tree.iter() if isinstance(element.tag, str)
    }
    assert names <= ALLOWED


def test_se1_policy_comes_first_and_hashes_fit(bundle):
    html = render_html(bundle).decode()
    head = html.split("<head>")[1]
    assert head.startswith('<meta charset="utf-8"><meta http-equiv="Content-Security-Policy"')
    policy = re.search(r'Content-Security-Policy" content="([^"]+)"', html)[1]
    policy = policy.replace("&#x27;", "'")
    style = re.search(r"<style>(.*?)</style>", html, re.DOTALL)[1]
    script = re.search(r"<script>(.*?)</script>", html, re.DOTALL)[1]
    for text in (style, script):
        digest = base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()
        assert f"'sha256-{digest}'" in policy
    assert "unsafe" not in policy
    assert " style=" not in html.replace(style, "")
    assert not re.search(r"\son\w+=", html.replace(script, ""))


@pytest.mark.parametrize("seed", ["0", "1", "20131231"])
def test_same_input_gives_the_same_bytes_in_another_process(seed, tmp_path):
    every = every_layout()
    path = tmp_path / "bundle"
    path.write_bytes(every.SerializeToString())
    code = (
        "import sys, hashlib\n"
        "from aislides.deck.v1 import deck_pb2\n"
        "from orchestrator_svc.render.html import render_html\n"
        "data = open(sys.argv[1], 'rb').read()\n"
        "html = render_html(deck_pb2.DeckBundle.FromString(data))\n"
        "print(hashlib.sha256(html).hexdigest())"
    )
    told = subprocess.run(
        [sys.executable, "-c", code, path],
        capture_output=True,
        text=True,
        env={**os.environ, "PYTHONHASHSEED": seed},
    )
    assert told.stdout.strip() == hashlib.sha256(render_html(every)).hexdigest(), told.stderr


def test_a_deck_of_ten_slides_is_at_most_200_kb(bundle):
    assert len(bundle.deck.slides) >= 9
    assert len(render_html(bundle)) <= 200_000


@pytest.mark.parametrize("text", HOSTILE)
def test_se4_hostile_text_is_shown_and_never_markup(text):
    bundle = every_layout()
    said = fact_pb2.Text(spans=[fact_pb2.Span(text=text)])
    deck = bundle.deck
    deck.question = deck.written_by = deck.classification = text
    deck.title.CopyFrom(said)
    deck.subtitle.CopyFrom(said)
    deck.remarks.append(said)
    for slide in deck.slides:
        for name in ("kicker", "headline", "caption", "notes"):
            getattr(slide, name).CopyFrom(said)
        slide.footnotes.append(said)
        for point in slide.points:
            point.lead.CopyFrom(said)
            point.text.CopyFrom(said)
        for kpi in slide.kpis:
            kpi.label.CopyFrom(said)
            kpi.comparison.CopyFrom(said)
        for exhibit in slide.exhibits:
            exhibit.caption.CopyFrom(said)
            for column in exhibit.table.columns if exhibit.HasField("table") else ():
                column.heading.CopyFrom(said)
    for item in bundle.results:
        item.source.sql = item.source.space_title = item.question = text
        for column in item.columns:
            column.description = text
        for row in item.rows:
            for cell in row.values:
                if cell.WhichOneof("kind") == "text":
                    cell.CopyFrom(table_pb2.Value(text=text + cell.text))
    html = render_html(bundle)
    names = {e.tag.rsplit("}", 1)[-1] for e in parsed(html).iter() if isinstance(e.tag, str)}
    assert names <= ALLOWED
    assert not re.search(b"[\x00\x1b]|\xe2\x80\xae|\xe2\x81\xa6", html)
    assert html.count(b"<script") == 2


def test_every_digit_a_reader_sees_says_where_it_comes_from(bundle):
    tree = parsed(render_html(bundle))
    body = tree.find(f"{HTML}body")
    told = ("data-ref", "data-row", "data-tick", "data-slide-number", "data-source", "data-sql")
    told += ("data-count",)
    unexplained = []

    def walk(element, explained):
        name = element.tag.rsplit("}", 1)[-1] if isinstance(element.tag, str) else ""
        if name in {"script", "style", "title", "desc"}:
            return
        explained = explained or any(key in element.attrib for key in told)
        if not explained and re.search(r"\d", element.text or ""):
            unexplained.append(element.text)
        for child in element:
            walk(child, explained)
            if not explained and re.search(r"\d", child.tail or ""):
                unexplained.append(child.tail)

    walk(body, False)
    allowed = re.compile(
        r"^(Finding \d+|Prepared 21 Nov 2026.*|Words: test\..*sentences checked.*|"
        r".*2013\??|How did departure delays develop in 2013\?)$"
    )
    named = {"Frontier"}
    strange = [
        text for text in unexplained if not allowed.match(text.strip()) and text not in named
    ]
    assert strange == []


@pytest.mark.parametrize(
    ("spoil", "words"),
    [
        (lambda s: s.exhibits[0].chart.ClearField("result_id"), "no result"),
        (lambda s: setattr(s.exhibits[0].chart, "x", "nope"), "nope"),
        (lambda s: s.exhibits[0].chart.y.__setitem__(0, "gone"), "gone"),
        (lambda s: s.ClearField("exhibits"), "needs an exhibit"),
        (lambda s: setattr(s, "layout", 0), "LAYOUT_UNSPECIFIED"),
    ],
)
def test_a_spec_that_cannot_be_drawn_names_slide_and_field(bundle, spoil, words):
    slide = next(s for s in bundle.deck.slides if s.layout == deck_pb2.LAYOUT_FINDING)
    spoil(slide)
    with pytest.raises(RenderError, match=words) as refused:
        render_html(bundle)
    assert slide.id in refused.value.field_violations[0].field


def test_an_unknown_theme_lists_those_there_are(bundle):
    with pytest.raises(InvalidRequest, match="professional"):
        render_html(bundle, theme="neon")


def test_hl1_a_headline_too_long_takes_an_alternate_then_the_smaller_step(bundle):
    slide = next(s for s in bundle.deck.slides if s.layout == deck_pb2.LAYOUT_FINDING)
    slide.headline.CopyFrom(parse_text("A very long headline " * 12))
    slide.headline_alternates.append(parse_text("A short headline says it"))
    assert b"A short headline says it" in render_html(bundle)
    del slide.headline_alternates[:]
    slide.headline.CopyFrom(parse_text("words " * 27))
    assert b"small-headline" in render_html(bundle)
