"""Keeps the verifier's reviewed list of neutral words, by the sense classes of WordNet.

    python scripts/neutral_words.py WORDNET_FOLDER             # sorts and checks the list
    python scripts/neutral_words.py WORDNET_FOLDER verb.stative # words of a class not yet known

The folder is `/usr/share/wordnet` of Debian's `wordnet-base`. With the package `wordfreq` there,
words that are not yet known come most frequent first. A word joins the list only when no figure
could make a sentence false by it: WordNet's classes find such words, a person chooses them.
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Final

ROOT: Final = Path(__file__).parent.parent / "services/orchestrator_svc/src"
LIST: Final = ROOT / "orchestrator_svc/verify/lexicon/en_neutral.txt"
CLASSES: Final = (
    *("adj.all", "adj.pert", "adv.all", "noun.Tops", "noun.act", "noun.animal", "noun.artifact"),
    *("noun.attribute", "noun.body", "noun.cognition", "noun.communication", "noun.event"),
    *("noun.feeling", "noun.food", "noun.group", "noun.location", "noun.motive", "noun.object"),
    *("noun.person", "noun.phenomenon", "noun.plant", "noun.possession", "noun.process"),
    *("noun.quantity", "noun.relation", "noun.shape", "noun.state", "noun.substance", "noun.time"),
    *("verb.body", "verb.change", "verb.cognition", "verb.communication", "verb.competition"),
    *("verb.consumption", "verb.contact", "verb.creation", "verb.emotion", "verb.motion"),
    *("verb.perception", "verb.possession", "verb.social", "verb.stative", "verb.weather"),
    "adj.ppl",
)
"""WordNet's lexicographer files, in the order of their numbers."""


def classes(folder: Path) -> dict[str, dict[str, str]]:
    """The words of each class, each with the part of speech of its most frequent sense there."""
    found: dict[str, dict[str, str]] = {}
    for speech in ("adj", "adv", "noun", "verb"):
        rows = (folder / f"data.{speech}").read_text().splitlines()
        of = {row[:8]: CLASSES[int(row.split(" ", 2)[1])] for row in rows if row[0] != " "}
        for row in (folder / f"index.{speech}").read_text().splitlines():
            if row[0] == " ":
                continue
            word, _, _, pointers, *rest = row.split()
            for sense in rest[int(pointers) + 2 :]:
                found.setdefault(of[sense], {}).setdefault(word, speech)
    return found


def reviewed() -> dict[str, set[str]]:
    """The list as it is, by class."""
    found: dict[str, set[str]] = {}
    for line in LIST.read_text().splitlines():
        if line and not line.startswith("#"):
            name, _, words = line.partition(": ")
            found.setdefault(name, set()).update(words.split())
    return found


def write(words: dict[str, set[str]]) -> None:
    """The list, sorted, under the comment that it begins with."""
    head = [line for line in LIST.read_text().splitlines() if line.startswith("#")]
    rows = [f"{name}: {' '.join(sorted(words[name]))}" for name in sorted(words)]
    LIST.write_text("\n".join((*head, *rows)) + "\n")


def unknown(among: dict[str, str]) -> list[str]:
    """Words of a class that the verifier does not know, most frequent first."""
    sys.path.insert(0, str(ROOT))
    from orchestrator_svc.verify.lexicon import lexicon_for

    known = lexicon_for("en").plain
    words = sorted(word for word in among if word.isalpha() and word not in known)
    try:
        from wordfreq import zipf_frequency
    except ImportError:
        return words
    return sorted(words, key=lambda word: -zipf_frequency(word, "en"))[:600]


def main() -> int:
    """Sorts and checks the list, or prints what else a class holds."""
    found = classes(Path(sys.argv[1]))
    if len(sys.argv) > 2:
        print(" ".join(unknown(found[sys.argv[2]])))
        return 0
    words = reviewed()
    misfiled = [f"{one} ({name})" for name in words for one in words[name] - found[name].keys()]
    if misfiled:
        print("not of that class in WordNet:", ", ".join(misfiled))
        return 1
    write(words)
    print(sum(map(len, words.values())), "words")
    return 0


if __name__ == "__main__":
    sys.exit(main())
