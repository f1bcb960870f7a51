"""How easily parents read our documents: the Flesch-Kincaid grade of each, measured on the text that is sent.

    python -m benchmarks.reading

The law's own words and the district's are counted too. A test holds every one at grade 8 or below.
"""

from __future__ import annotations

import re

AIM = 8.0


def reading_grade(text: str) -> float:
    """Return the Flesch-Kincaid grade; a line of a list counts as a sentence, a heading as none."""
    bare = re.sub(r"<[^>]*>|\S+@\S+|https?:\S+", "", text)
    bare = re.sub(r"(\d)\.(?=\d)|\b([A-Z])\.(?=[A-Z]\.)|(?<=U\.S)\.|(?<=Inc)\.", r"\1\2", bare)
    sentences: list[list[str]] = []
    for block in re.split(r"\n\s*\n|\n(?=\s*(?:[-]|\d+\.) )", bare):
        for sentence in re.split(r"(?<=[.!?])\s+", " ".join(block.split())):
            words = re.findall(r"[A-Za-z’']+", sentence)
            if len(words) >= 4:
                sentences.append(words)
    words = [word for sentence in sentences for word in sentence]
    return 0.39 * len(words) / len(sentences) + 11.8 * sum(map(syllables, words)) / len(words) - 15.59


def syllables(word: str) -> int:
    letters = re.sub(r"[^a-z]", "", word.lower())
    letters = re.sub(r"(?:[^laeiouy]es|[^dt]ed|[^laeiouy]e)$", "", letters)
    return max(1, len(re.findall(r"[aeiouy]{1,2}", letters)))


def main() -> None:
    """Print the grade of each document for families."""
    from dataflows.reporting.kinds import KINDS as KNOWN
    from dataflows.reporting.kinds import Reader
    from tests.notices import KINDS, write_kind

    for kind, vendor in KINDS:
        if KNOWN[kind].reader is Reader.FAMILIES:
            grade = reading_grade(write_kind(kind, vendor, ".txt").content.decode())
            print(f"{kind:24} grade {grade:4.1f}  aim {AIM:.1f} {'met' if grade <= AIM else 'missed'}")


if __name__ == "__main__":
    main()
