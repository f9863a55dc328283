"""What every slide has: kicker, headline, footer, notes; and the cover, which has little else."""

from __future__ import annotations

from typing import Final

from aislides.deck.v1 import deck_pb2, fact_pb2

from orchestrator_svc.deck.complete import cited
from orchestrator_svc.render.errors import RenderError
from orchestrator_svc.render.fit import Fitted
from orchestrator_svc.render.fit.headline import cover_size
from orchestrator_svc.render.fit.text import SLACK, cut_to_lines
from orchestrator_svc.render.html.appendix import method_note
from orchestrator_svc.render.html.slides import BODIES, KICKERS
from orchestrator_svc.render.layout import BOXES, FRAME
from orchestrator_svc.render.markup import Markup, join, tag, void
from orchestrator_svc.render.measure import BOLD, REGULAR, shorten, width, wrap
from orchestrator_svc.render.scene import Scene

SUBTITLE_LIMIT: Final = 240
"""Characters that the line below a cover's headline holds."""
SOURCE_LINES: Final = 2


def slide_html(scene: Scene, fitted: Fitted, position: int, total: int, finding: int) -> Markup:
    """One slide as a section; `finding` numbers the findings from 1."""
    slide = fitted.slide
    if slide.layout == deck_pb2.LAYOUT_COVER:
        inner, headline, kind = _cover(scene, slide), scene.plain(slide.headline), "cover"
    else:
        inner, headline, kind = _content(scene, fitted, position, finding)
    notes = scene.rich(slide.notes)
    return tag(
        "section",
        tag("div", inner, class_="canvas"),
        tag("aside", notes, class_="notes", hidden=True) if notes else None,
        id=f"{slide.id}-{position}" if fitted.continued else slide.id,
        class_=f"slide {kind}",
        aria_label=scene.say("slide", number=position, total=total, headline=headline),
        data_slide=position,
    )


def _cover(scene: Scene, slide: deck_pb2.Slide) -> Markup:
    deck = scene.bundle.deck
    above = scene.plain(slide.kicker), scene.rich(slide.kicker)
    if not above[0].strip():
        above = _space_title(scene), join(_space_title(scene))
    kicker = _one_line(scene, *above, step="body", room=BOXES["cover"]["kicker"].width)
    subtitle = scene.rich(deck.subtitle) or scene.rich(slide.caption) or join(deck.question)
    plain = scene.plain(slide.headline)
    step = cover_size(scene, plain)
    lines = wrap(plain, 1060, scene.theme.size(step), BOLD, tracking=scene.theme.tracking["cover"])
    if len(scene.plain(deck.subtitle) or deck.question) > SUBTITLE_LIMIT:
        subtitle = join(cut_to_lines(deck.question, 1060, scene.theme.size("subtitle"), REGULAR, 3))
    return join(
        tag("div", "", class_="band"),
        _brand(scene),
        tag("p", kicker, class_="box kicker"),
        tag("h1", scene.rich(slide.headline), class_=f"box headline step-{step}"),
        tag("p", subtitle, class_=f"box subtitle after-{step}-{min(len(lines), 3)}"),
        _footer(join(*_prepared(scene)), 1),
    )


def _content(scene: Scene, fitted: Fitted, position: int, finding: int) -> tuple[Markup, str, str]:
    slide = fitted.slide
    draw = BODIES.get(fitted.kind)
    if draw is None:
        known = slide.layout in deck_pb2.Layout.values()
        name = deck_pb2.Layout.Name(slide.layout) if known else slide.layout
        raise RenderError.at(slide.id, "layout", f"{name} is no layout that can be drawn")
    appendix = slide.layout == deck_pb2.LAYOUT_APPENDIX
    plain = scene.plain(slide.headline)
    headline = scene.rich(slide.headline)
    if not plain.strip():
        if not appendix:
            raise RenderError.at(slide.id, "headline", "a slide needs a headline")
        plain = scene.say("appendix-headline")
        headline = join(plain)
    if appendix:  # its queries stand right below one line
        room, size = FRAME["headline"].width * SLACK, scene.theme.size("headline")
        headline = (
            headline if width(plain, size, BOLD) <= room else join(shorten(plain, room, size, BOLD))
        )
    body = draw(scene, fitted)
    source = _sources(scene, slide)
    if appendix:
        source = join("".join(f"{part} · " for part in _label(scene)), method_note(scene))
    flags = {
        "two-line": fitted.lines > 1,
        "small-headline": fitted.small_headline,
        fitted.step: bool(fitted.step),
        "bare": fitted.bare,
        "continued": fitted.continued or fitted.kind == "words",
    }
    kind = " ".join([fitted.kind, *(name for name, on in flags.items() if on)])
    kicker = _kicker(scene, fitted, finding)
    inner = join(
        tag("p", kicker, class_="box kicker"),
        tag("h2", headline, class_="box headline"),
        body,
        _footer(source, position),
    )
    return inner, plain, kind


def _kicker(scene: Scene, fitted: Fitted, finding: int) -> Markup:
    """The line above the headline, on one line."""
    slide = fitted.slide
    plain, said = scene.plain(slide.kicker), scene.rich(slide.kicker)
    if not plain.strip():
        phrase = KICKERS.get(slide.layout)
        plain = scene.say(phrase) if phrase else scene.say("finding", number=finding)
        said = join(plain)
    if fitted.continued:
        plain = scene.say("continued", kicker=plain)
        said = join(plain)
    return _one_line(scene, plain, said, step="kicker", room=FRAME["kicker"].width)


def _one_line(scene: Scene, plain: str, said: Markup, *, step: str, room: float) -> Markup:
    """What is said if it fits on one spaced-out line, else as much of its plain words as does."""
    size, room = scene.theme.size(step), room * SLACK
    taken = width(plain, size, BOLD, tracking=scene.theme.tracking["kicker"])
    if taken <= room:
        return said
    return join(shorten(plain, room * width(plain, size, BOLD) / taken, size, BOLD))


def _footer(source: Markup, position: int) -> Markup:
    return join(
        tag("div", "", class_="box rule"),
        tag("p", source, class_="box source"),
        tag("p", position, class_="box number", data_slide_number=True),
    )


def _prepared(scene: Scene) -> list[str]:
    deck = scene.bundle.deck
    parts = []
    if deck.HasField("prepared_at"):
        parts.append(scene.say("prepared", day=scene.day(deck.prepared_at)))
    as_of = as_of_day(scene, [result.id for result in scene.bundle.results])
    if as_of:
        parts.append(scene.say("data-as-of", day=as_of))
    parts += _label(scene)
    return [" · ".join(parts)]


def _brand(scene: Scene) -> Markup | None:
    """The logo and the name, at the top of the cover."""
    brand = scene.brand
    if brand is None:
        return None
    logos = {"light": brand.logo, "dark": brand.logo_dark}
    drawn = [
        void("img", class_=f"logo for-{ground}", src=data, alt="")
        for ground, data in logos.items()
        if data
    ]
    return tag("div", *drawn, tag("span", brand.file.name), class_="box brand")


def _label(scene: Scene) -> list[str]:
    """What stands in the footer of every slide: the brand's line, and who may see the deck."""
    brand = scene.brand.file if scene.brand else None
    classified = scene.bundle.deck.classification or (brand.classification if brand else "")
    return [part for part in (brand.footer if brand else "", classified) if part]


def _space_title(scene: Scene) -> str:
    titles = dict.fromkeys(r.source.space_title for r in scene.bundle.results)
    return " · ".join(title for title in titles if title)


def _sources(scene: Scene, slide: deck_pb2.Slide) -> Markup:
    ids = list(slide.source_result_ids)
    if not ids:
        found: dict[str, None] = {}
        for exhibit in slide.exhibits:
            found.setdefault(exhibit.table.result_id or exhibit.chart.result_id)
        for fact_id in cited(slide):
            for result_id in scene.facts[fact_id].result_ids if fact_id in scene.facts else ():
                found.setdefault(result_id)
        ids = [result.id for result in scene.bundle.results if result.id in found]
    notes = list(slide.footnotes)
    label = "".join(f"{part} · " for part in _label(scene))
    if not ids:
        return join(label.removesuffix(" · "), *_footnotes(scene, label, notes))
    numbers = [str(scene.number_of_query(result_id)) for result_id in ids]
    told = numbers[0]
    if len(numbers) > 1:
        told = scene.say("and", first=", ".join(numbers[:-1]), last=numbers[-1])
    titles = dict.fromkeys(
        result.source.space_title for result in scene.bundle.results if result.id in ids
    )
    space = " · ".join(scene.say("quoted", text=title) for title in titles if title)
    as_of = as_of_day(scene, ids)
    which = "source-one" if len(numbers) == 1 else "source-many"
    text = label + scene.say(which, space=space, numbers=told)
    dated = f" {scene.say('as-of', day=as_of)}" if as_of else ""
    said = cut_to_lines(text + dated, 1060, scene.theme.size("footer"), REGULAR, SOURCE_LINES)
    return join(tag("span", said, data_source=",".join(ids)), *_footnotes(scene, said, notes))


def _footnotes(scene: Scene, before: str, notes: list[fact_pb2.Text]) -> list[Markup]:
    """The footnotes that fit the footer's two lines."""
    shown = []
    for note in notes:
        before = f"{before} {scene.plain(note)}"
        if len(wrap(before, 1030, scene.theme.size("footer"))) > SOURCE_LINES:
            break
        shown.append(join(" ", scene.rich(note)))
    return shown


def as_of_day(scene: Scene, result_ids: list[str]) -> str:
    """The day of the newest of these results; empty when unknown."""
    moments = [
        result.source.completed_at
        for result in scene.bundle.results
        if result.id in result_ids and result.source.HasField("completed_at")
    ]
    newest = max(moments, key=lambda moment: moment.ToNanoseconds(), default=None)
    return scene.day(newest) if newest else ""
