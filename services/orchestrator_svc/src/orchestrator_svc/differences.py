"""What changed between two revisions: slides, words, figures, exhibits, and who leads."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import zip_longest

from aislides.deck.v1 import deck_pb2, fact_pb2
from aislides.orchestrator.v1 import orchestrator_service_pb2 as pb

from orchestrator_svc.deck.text import print_text, print_value, template

LEADER = "first"
"""Name of the value that says who leads, in facts that rank."""


def changes_between(before: deck_pb2.DeckBundle, after: deck_pb2.DeckBundle) -> Iterator[pb.Change]:
    """The changes, in slide order; last the claims that flipped. None for equal revisions."""
    old = {slide.id: slide for slide in before.deck.slides}
    new = {slide.id: slide for slide in after.deck.slides}
    facts = (_facts(before), _facts(after))
    locales = (before.deck.locale, after.deck.locale)
    for slide_id in [*new, *(name for name in old if name not in new)]:
        if slide_id not in old:
            said = print_text(new[slide_id].headline, facts[1], locales[1])
            yield pb.Change(kind=pb.CHANGE_KIND_SLIDE_ADDED, slide_id=slide_id, after=said)
        elif slide_id not in new:
            said = print_text(old[slide_id].headline, facts[0], locales[0])
            yield pb.Change(kind=pb.CHANGE_KIND_SLIDE_REMOVED, slide_id=slide_id, before=said)
        else:
            yield from _in_slide(old[slide_id], new[slide_id], facts, locales)
    yield from _leaders(facts, locales)


def _in_slide(
    old: deck_pb2.Slide,
    new: deck_pb2.Slide,
    facts: tuple[Mapping[str, fact_pb2.Fact], Mapping[str, fact_pb2.Fact]],
    locales: tuple[str, str],
) -> Iterator[pb.Change]:
    texts = (_texts(old), _texts(new))
    nothing = fact_pb2.Text()
    for field in dict.fromkeys([*texts[0], *texts[1]]):
        was, became = texts[0].get(field, nothing), texts[1].get(field, nothing)
        printed = print_text(was, facts[0], locales[0]), print_text(became, facts[1], locales[1])
        if printed[0] != printed[1]:
            same_words = template(was) == template(became)
            yield pb.Change(
                kind=pb.CHANGE_KIND_FIGURE if same_words else pb.CHANGE_KIND_TEXT,
                slide_id=new.id,
                field=field,
                before=printed[0],
                after=printed[1],
            )
    for position, (was_shown, shown) in enumerate(zip_longest(old.exhibits, new.exhibits)):
        if was_shown != shown:
            yield pb.Change(
                kind=pb.CHANGE_KIND_EXHIBIT, slide_id=new.id, field=f"exhibits[{position}]"
            )


def _texts(slide: deck_pb2.Slide) -> dict[str, fact_pb2.Text]:
    """The texts of a slide by field, key figures as texts of one reference."""
    found = {"headline": slide.headline, "caption": slide.caption, "notes": slide.notes}
    for position, kpi in enumerate(slide.kpis):
        found[f"kpis[{position}]"] = fact_pb2.Text(spans=[fact_pb2.Span(value=kpi.value)])
    for position, point in enumerate(slide.points):
        found[f"points[{position}].lead"] = point.lead
        found[f"points[{position}].text"] = point.text
    return found


def _leaders(
    facts: tuple[Mapping[str, fact_pb2.Fact], Mapping[str, fact_pb2.Fact]],
    locales: tuple[str, str],
) -> Iterator[pb.Change]:
    for fact_id in facts[0].keys() & facts[1].keys():
        was, leads = (
            _leader(side[fact_id], locale) for side, locale in zip(facts, locales, strict=True)
        )
        if was and leads and was != leads:
            yield pb.Change(
                kind=pb.CHANGE_KIND_CLAIM,
                field=f"{fact_id}.{LEADER}",
                before=was,
                after=leads,
                summary=f"{was} no longer leads; {leads} does",
            )


def _leader(fact: fact_pb2.Fact, locale: str) -> str:
    return next((print_value(value, locale) for value in fact.values if value.name == LEADER), "")


def _facts(bundle: deck_pb2.DeckBundle) -> dict[str, fact_pb2.Fact]:
    return {fact.id: fact for fact in bundle.facts}
