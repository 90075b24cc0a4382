"""Each source is well formed, and the same paper is named the same wherever it stands."""

import re
from collections import defaultdict
from dataclasses import dataclass

from content.checks.notes import SOURCES, Entry

MOST = 4
ARXIV = re.compile(r"arxiv\.org/(?:abs|pdf)/([^)\s]*)|arXiv:([^\]\s)]*)")
ID = re.compile(r"(\d\d)(0[1-9]|1[0-2])\.(\d{4,5})")
ADDRESS = re.compile(r"\]\((https?://[^)]*)\)")
YEAR = re.compile(r"\b(?:19|20)\d\d\b")


@dataclass
class Reference:
    entry: Entry
    offset: int  # of its line in the answer
    text: str

    @property
    def arxiv(self):
        """Its arXiv ids as written: in the address and in the words."""
        return [address or word for address, word in ARXIV.findall(self.text)]

    @property
    def years(self):
        """Years it states, outside titles in brackets and addresses."""
        said = re.sub(r"https?://\S+?(?=[)\s]|$)|\[[^\]]*\]", "", self.text)
        return [int(year) for year in YEAR.findall(said)]

    @property
    def title(self):
        linked = re.match(r"- \[(?!arXiv)(.+?)\]\(", self.text)
        written = re.match(r"- (.+?), [^,]*?(?:, \d{4}|et al\.)", self.text)
        return next((match[1] for match in (linked, written) if match), "")

    def finding(self, message):
        return self.entry.finding(f"{message}: {self.text[2:90]}", self.offset)


def references(entry):
    label = SOURCES[entry.language]
    start = entry.lines.index(label) + 1 if label in entry.lines else len(entry.lines)
    return [Reference(entry, i, line) for i, line in enumerate(entry.lines[start:], start) if line.startswith("- ")]


def findings(languages):
    for language in languages:
        for entry in language.entries:
            found = references(entry)
            if len(found) > MOST:
                yield entry.finding(f"{len(found)} sources, which should be {MOST} at most.", found[0].offset)
            for reference in found:
                yield from _malformed(reference)
            yield from _malformed_in_text(entry)
    yield from _unlike(languages)
    yield from _differing(languages)


def _malformed(reference):
    if "](http" not in reference.text:
        yield reference.finding("A source without an address")
    for arxiv in reference.arxiv:
        if not (match := ID.fullmatch(arxiv)) or len(match[3]) != (5 if arxiv >= "1501" else 4):
            yield reference.finding(f"{arxiv} is no arXiv id (YYMM.NNNNN)")
        elif not reference.years:
            yield reference.finding("A paper without its year")
        elif all(abs(2000 + int(match[1]) - year) > 1 for year in reference.years):
            yield reference.finding(f"arXiv:{arxiv} is of 20{match[1]}, and the year beside it {reference.years[0]}")
    if len(set(reference.arxiv)) > 1:
        yield reference.finding(f"Two papers in one line ({', '.join(reference.arxiv)})")


def _malformed_in_text(entry):
    for i, line in enumerate(entry.prose):
        for address, word in ARXIV.findall(line):
            if not ID.match(address or word):
                yield entry.finding(f"{address or word} is no arXiv id (YYMM.NNNNN).", i)


def _unlike(languages):
    """One paper, one title; one title, one paper."""
    titles, papers = defaultdict(dict), defaultdict(dict)
    for reference in _all(languages):
        for arxiv in reference.arxiv[:1]:
            if reference.title:
                titles[arxiv].setdefault(_folded(reference.title), reference)
                papers[_folded(reference.title)].setdefault(arxiv, reference)
    for arxiv, by_title in titles.items():
        first, *others = by_title.values()
        for other in others:
            if _is_short_for(first.title, other.title):
                continue
            yield other.finding(f"arXiv:{arxiv} is “{first.title}” in {first.entry.file} and “{other.title}” here")
    for by_paper in papers.values():
        first, *others = by_paper.values()
        for other in others:
            yield other.finding(f"This title is arXiv:{first.arxiv[0]} in {first.entry.file}, line {first.entry.line}")


def _differing(languages):
    """An answer names the same papers in every language."""
    one, other = languages
    for entry in one.entries:
        twin = other.by_key.get(entry.key)
        if twin and (here := _papers(entry)) != (there := _papers(twin)):
            yield entry.finding(f"Sources differ from content/{other.code}: {', '.join(sorted(here ^ there))}", -1)


def _papers(entry):
    return {paper for reference in references(entry) for paper in reference.arxiv or ADDRESS.findall(reference.text)}


def _all(languages):
    return (reference for language in languages for entry in language.entries for reference in references(entry))


def _is_short_for(one, other):
    """Whether one title is the beginning of the other: “Lost in the Middle”."""
    short, long = sorted((_folded(one), _folded(other)), key=len)
    return long.startswith(short)


def _folded(title):
    return re.sub(r"\W+", " ", re.sub(r"\(.*?\)", "", title).replace("&", "and")).strip().casefold()
