"""Specs with texts of hostile lengths in every place, by a seed."""

from __future__ import annotations

import random

from aislides.deck.v1 import deck_pb2, fact_pb2


def words(dice: random.Random, most: int = 120) -> str:
    """Nothing, one endless word, a script without spaces, or many words."""
    kind = dice.random()
    if kind < 0.05:
        return ""
    if kind < 0.25:
        return "W" * dice.randint(1, 400)
    if kind < 0.35:
        return "日本語テキスト" * dice.randint(1, 40)
    if kind < 0.4:
        return "👩‍👩‍👧 " * dice.randint(1, 60)
    if kind < 0.45:
        return "مرحبا بالعالم " * dice.randint(1, 40)
    return " ".join("abcdefghijklmnop"[: dice.randint(1, 14)] for _ in range(dice.randint(1, most)))


def text(said: str) -> fact_pb2.Text:
    return fact_pb2.Text(spans=[fact_pb2.Span(text=said)])


def spoil_slide(slide: deck_pb2.Slide, dice: random.Random) -> None:
    """Puts such texts in the slide, in place; alternates are shorter ones."""
    if dice.random() < 0.7:
        slide.headline.CopyFrom(text(words(dice) or "A headline"))
        for _ in range(dice.randint(0, 2)):
            slide.headline_alternates.append(text(words(dice, 30) or "Short"))
    if dice.random() < 0.5:
        slide.caption.CopyFrom(text(words(dice)))
    if dice.random() < 0.2:
        slide.kicker.CopyFrom(text(words(dice, 30)))
    while len(slide.points) < 5 and slide.points and dice.random() < 0.4:
        slide.points.add(lead=text("A claim"), text=text("A sentence."))
    for point in slide.points:
        if dice.random() < 0.5:
            point.lead.CopyFrom(text(words(dice, 30)))
        if dice.random() < 0.6:
            point.text.CopyFrom(text(words(dice)))
        for _ in range(dice.randint(0, 2)):
            point.text_alternates.append(text(words(dice, 20)))
    for _ in range(dice.randint(0, 3)):
        slide.footnotes.append(text(words(dice)))
    for kpi in slide.kpis:
        if dice.random() < 0.5:
            kpi.label.CopyFrom(text(words(dice)))
        if dice.random() < 0.3:
            kpi.comparison.CopyFrom(text(words(dice)))
    for exhibit in slide.exhibits:
        if dice.random() < 0.5:
            exhibit.caption.CopyFrom(text(words(dice)))
        for column in exhibit.table.columns if exhibit.HasField("table") else ():
            if dice.random() < 0.5:
                column.heading.CopyFrom(text(words(dice)))


def spoiled(bundle: deck_pb2.DeckBundle, seed: int) -> deck_pb2.DeckBundle:
    """The bundle with hostile slides, questions, SQL and cells."""
    dice = random.Random(seed)
    made = deck_pb2.DeckBundle()
    made.CopyFrom(bundle)
    made.deck.question = words(dice)
    for slide in made.deck.slides:
        spoil_slide(slide, dice)
    for _ in range(dice.randint(0, 2)):
        made.deck.remarks.append(text(words(dice, 40)))
    for item in made.results:
        item.source.sql = " ".join(words(dice) for _ in range(dice.randint(1, 8)))
        item.question, item.source.space_title = words(dice), words(dice)[:60]
        for column in item.columns:
            column.description = words(dice)
        for row in item.rows:
            for cell in row.values:
                if cell.WhichOneof("kind") == "text" and dice.random() < 0.5:
                    cell.text = words(dice)
    return made
