import pytest
from aislides_analyst import revise

SLIDES = [
    {"id": "s1", "layout": "cover", "headline": "Delays peaked in {f1.peak_period}"},
    {"id": "s2", "layout": "summary", "headline": "Delays stood at {f1.mean}"},
    {"id": "s3", "layout": "finding", "headline": "Delays peaked", "exhibit": {"x": "month"}},
    {
        "id": "s4",
        "layout": "finding",
        "headline": "{f2.first} had the highest delay",
        "caption": "Average delay by origin airport",
        "exhibit": {"x": "origin"},
    },
    {
        "id": "s5",
        "layout": "finding",
        "headline": "Among airlines {f3.first} leads",
        "exhibit": {"x": "airline"},
    },
    {"id": "s6", "layout": "recommendation", "headline": "Look first at {f1.peak_period}"},
    {"id": "s7", "layout": "limits", "headline": "The figures do not show causes"},
]
ALL = [slide["id"] for slide in SLIDES]

FOLLOWED = [
    ("Remove slide 3", "s1 s2 s4 s5 s6 s7"),
    ("please drop slides 3, 4 and six", "s1 s2 s5 s7"),
    ("Delete the last slide", "s1 s2 s3 s4 s5 s6"),
    ("leave out the recommendations", "s1 s2 s3 s4 s5 s7"),
    ("Remove the slide about airlines", "s1 s2 s3 s4 s6 s7"),
    ("drop the part on origin airports", "s1 s2 s3 s5 s6 s7"),
    ("at most 4 slides please", "s1 s2 s3 s4"),
    ("Shorten it to three slides", "s1 s2 s3"),
    ("Focus on airlines", "s1 s2 s5 s7"),
    ("keep only slides 1 and 5", "s1 s2 s5 s7"),
    ("Move slide 5 to the front", "s1 s5 s2 s3 s4 s6 s7"),
    ("move slide 3 after slide 5", "s1 s2 s4 s5 s3 s6 s7"),
    ("move the second slide to the end", "s1 s3 s4 s5 s6 s7 s2"),
    ("Swap slides 3 and 4", "s1 s2 s4 s3 s5 s6 s7"),
]
NOT_FOLLOWED = [
    "Make it more exciting",
    "Remove slide 12",
    "Drop the slide about weather",
    "Add profit by region",
    "Move slide 9 to the front",
    "Translate it into German",
    "Remove all slides",
    "",
]


@pytest.mark.parametrize(("instruction", "left"), FOLLOWED)
def test_an_instruction_that_rules_can_follow(instruction, left):
    revised = revise({"instruction": instruction, "slides": SLIDES})
    assert [slide["id"] for slide in revised["slides"]] == left.split()


@pytest.mark.parametrize("instruction", NOT_FOLLOWED)
def test_any_other_leaves_the_deck_as_it_was(instruction):
    revised = revise({"instruction": instruction, "slides": SLIDES})
    assert revised == {"slides": [{"id": name} for name in ALL]}
