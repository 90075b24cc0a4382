"""The Python in the notes runs, and prints what the comments beside it say."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from content.checks.notes import Entry
from content.checks.running import Ran, run_all

NUMBER = re.compile(r"[-−]?\d[\d,]*\.?\d*(?:e[-+]?\d+)?", re.I)
VALUE = re.compile(rf"{NUMBER.pattern}|[^\W\d_]+", re.I)
# The values that a comment beside a print begins with: `# (0.313, 0.269) margin 1.0`.
BESIDE = re.compile(
    rf"^\s*print\(.*#\s*((?:[\[({{]*(?:{NUMBER.pattern}|True|False)[\])}}%]*(?:[,，:：]|\s|$)\s?)+)", re.I
)
IT_PRINTS = re.compile(r"It prints ([^.;:]*(?:\.\d[^.;:]*)*)|(?:输出|打印|打印出)(?:为|是)?\s*([\d\[`][^。；，]*)")


@dataclass
class Example:
    entry: Entry
    offset: int  # of its first line in the answer
    code: str
    ran: Ran | None = None

    def finding(self, message, line=0):
        return self.entry.finding(message, self.offset + line)


def examples(languages) -> Iterator[Example]:
    """What is fenced as ```python; ```python no-run needs libraries or an accelerator."""
    for language in languages:
        for entry in language.entries:
            for block in entry.fences:
                if block.info.split() == ["python"]:
                    yield Example(entry, block.map[0] + 1, block.content)


def is_not_run(block):
    return block.info.split() == ["python", "no-run"]


def run(found, **limits):
    """Runs each piece of code once, though it stands in both languages."""
    pieces = list({example.code for example in found})
    ran = dict(zip(pieces, run_all(pieces, **limits), strict=True))
    for example in found:
        example.ran = ran[example.code]


def findings(languages, found):
    for example in found:
        if example.ran.error:
            yield example.finding(f"The code fails: {example.ran.error}", max(example.ran.error_line - 1, 0))
            continue
        for line, said in claims(example):
            printed = example.ran.printed.get(line, "") if line else example.ran.output
            if not _says(printed, said):
                got = " / ".join(printed.split("\n")).strip(" /")
                yield example.finding(f"The code prints “{got[:120]}”, and beside it stands “{said}”", max(line - 1, 0))
    yield from _differing(*languages)


def claims(example):
    """What is said to be printed: (line of the print, or 0 for all that was printed; the values)."""
    lines = example.code.rstrip().split("\n")
    for number, line in enumerate(lines, 1):
        if (match := BESIDE.search(line)) and number in example.ran.printed:
            yield number, match[1]
    last = len(lines)
    while last and lines[last - 1].startswith("#"):
        last -= 1
    yield from ((0, line.lstrip("# ")) for line in lines[last:] if example.ran.printed)
    for said in IT_PRINTS.findall(_paragraph_after(example)):
        yield 0, " / ".join(NUMBER.findall("".join(said)))


def _paragraph_after(example):
    after = example.entry.lines[example.offset + example.code.count("\n") + 1 :]
    return "\n".join(after).strip().split("\n\n")[0]


def _says(printed, said):
    """Whether the values of each part of `said` stand in `printed`, in this order; parts are divided by “ / ”."""
    there = _values(printed)
    return all(_holds(there, _values(part)) for part in said.split(" / "))


def _values(text):
    return [value.replace(",", "").rstrip(".").lower() for value in VALUE.findall(text.replace("−", "-"))]


def _holds(there, wanted):
    places = range(len(there) - len(wanted) + 1)
    return any(all(map(_same, there[i : i + len(wanted)], wanted)) for i in places)


def _same(printed, said):
    """A number may be said with fewer decimals than were printed."""
    if printed == said or "." not in printed:
        return printed == said
    try:
        return float(said) == round(float(printed), len(said.partition(".")[2]))
    except ValueError:
        return False


def _differing(one, other):
    """What is explained with code in one language is so in the other; words in it may differ."""
    for entry in one.entries:
        twin = other.by_key.get(entry.key)
        if twin and (here := len(entry.fences)) != (there := len(twin.fences)):
            yield entry.finding(f"{here} code blocks here and {there} in content/{other.code}.", -1)
