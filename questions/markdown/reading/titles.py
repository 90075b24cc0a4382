"""From the text of a heading or list item to the title a reader sees."""

import re
import unicodedata
from dataclasses import dataclass, field
from functools import lru_cache
from html import unescape
from itertools import pairwise
from urllib.parse import unquote

_ATTRIBUTES = re.compile(r"\s*\{\s*((?:[#.][^\s{}]+|[\w-]+=[^\s{}]+)(?:\s+(?:[#.][^\s{}]+|[\w-]+=[^\s{}]+))*)\s*\}\s*$")
_TASK = re.compile(r"^\[[ xX]\]\s+")
_CODE = re.compile(r"(`+)(.+?)\1", re.S)
_IMAGE = re.compile(r"!\[([^\]]*)\]\([^)]*\)")
_LINK = re.compile(r"(?<!!)\[((?:[^\[\]]|\[[^\]]*\])*)\]\(\s*(<[^>]*>|(?:[^\s()]|\([^()]*\))*)(?:\s+[\"'(][^)]*)?\s*\)")
_TAG = re.compile(r"</?[a-zA-Z][^<>]*>")
_STRONG = re.compile(r"(\*\*|__)(?=\S)(.+?)(?<=\S)\1")
_EMPHASIS = re.compile(r"(?<![\w*])\*(?=[^\s*])(.+?)(?<=[^\s*])\*(?![\w*])|(?<!\w)_(?=[^\s_])(.+?)(?<=[^\s_])_(?!\w)")
_ESCAPE = re.compile(r"\\([!-/:-@\[-`{-~])")
_ORNAMENT = re.compile(r"^[\s\u2600-\u27bf\U0001f300-\U0001faff\ufe0f\u200d]+(?=\S)")
_QUESTION = re.compile(
    r"[?？]\s*$|什么|为何|为什么|如何|怎么|怎样|哪些|哪个|哪里|多少|几种|是否|吗\b|区别|"
    r"^(?:what|why|how|when|where|which|who|can|could|do|does|did|is|are|should|would|explain|describe|name|list)\b",
    re.I,
)

_HAN_NUMBER = "[零〇一二三四五六七八九十百千两]+"
_NUMBERING = re.compile(
    rf"""^\s*(?:
        第\s*(?:{_HAN_NUMBER}|\d+)\s*(?:章|节|讲|篇|部分|题|问)\s*[：:、.．]?\s* |
        (?:Q|Question|问题|题目|面试题)\s*\.?\s*\d+(?:\.\d+)*\s*[：:、.．)）]\s* |
        Q\s*[：:]\s* |
        [（(【\[]\s*(?:{_HAN_NUMBER}|\d+(?:\.\d+)*|[ivx]{{1,4}}|[a-z])\s*[)）】\]]\s*[、.．：:]?\s* |
        {_HAN_NUMBER}\s*[、．：:]\s* |
        \d+(?:\.\d+)+\s*[.、．：:)）]?(?=\s|[^\d\s.%xX×kKmMgGbB])\s* |
        \d+\s*[、．：:)）]\s* |
        \d+\s*\.(?!\d)\s* |
        [ivx]{{1,4}}\s*[.)、]\s+ |
        [a-zA-Z]\s*[.)、]\s+
    )(?=\S)""",
    re.X | re.I,
)
_BARE_NUMBER = re.compile(r"^\s*(\d+)\s+(?=\S)")


@dataclass(frozen=True)
class Title:
    """`text` is what a reader sees; `attributes` come from a trailing `{#key .class name=value}`."""

    text: str
    key: str = ""
    classes: frozenset = frozenset()
    attributes: dict = field(default_factory=dict, hash=False)
    href: str | None = None  # target of the first link in it; "" for an empty one
    is_strong: bool = False
    is_task: bool = False

    @property
    def links_note(self):
        """Whether it links to another Markdown file beside its own."""
        return bool(self.href and "://" not in self.href and re.search(r"\.(?:md|markdown)(?:#|$)", self.href, re.I))

    @property
    def asks(self):
        """Whether it is phrased as a question."""
        return bool(_QUESTION.search(self.text))


def read_title(source):
    """Takes the title apart, leaving numbering that needs its neighbours to be judged (see drop_bare_numbers)."""
    text = " ".join(source.split())
    attributes = _ATTRIBUTES.search(text)
    key, classes, named = "", set(), {}
    if attributes:
        text = text[: attributes.start()]
        for part in attributes.group(1).split():
            if part[0] == "#":
                key = part[1:]
            elif part[0] == ".":
                classes.add(part[1:])
            else:
                name, _, value = part.partition("=")
                named[name] = value.strip("\"'")
    task = _TASK.match(text)
    text = text[task.end() :] if task else text
    link = _LINK.search(text)
    strong = bool(re.match(r"^\W*(\*\*|__|<b>|<strong>)", text))
    return Title(
        text=_strip_numbering(plain_title(text)),
        key=key,
        classes=frozenset(classes),
        attributes=named,
        href=unquote(link.group(2).strip("<>")) if link else None,
        is_strong=strong,
        is_task=bool(task),
    )


def plain_title(text):
    """The words of a title without its markup; code keeps its characters."""
    kept = []

    def keep(match):
        kept.append(match.group(match.lastindex).strip())
        return f"\x00{len(kept) - 1}\x00"

    text = _ESCAPE.sub(keep, _CODE.sub(keep, text))
    text = _IMAGE.sub(r"\1", text)
    text = _LINK.sub(r"\1", text)
    text = _TAG.sub("", text)
    for _ in range(3):
        text = _EMPHASIS.sub(lambda m: m.group(1) or m.group(2), _STRONG.sub(r"\2", text))
    text = unescape(text)
    text = re.sub(r"\x00(\d+)\x00", lambda m: kept[int(m.group(1))], text)
    text = _ORNAMENT.sub("", text)
    return " ".join(text.split())


def _strip_numbering(text):
    for _ in range(2):  # "一、1. Why?"
        text = _NUMBERING.sub("", text, count=1)
    return text.strip()


def drop_bare_numbers(titles):
    """`1 Why` … `2 How` lose their numbers where neighbours count on; "3 worst mistakes?" alone keeps its own."""
    numbers = [int(match.group(1)) if (match := _BARE_NUMBER.match(title)) else None for title in titles]
    counted = [number for number in numbers if number is not None]
    steps = sum(after == before + 1 for before, after in pairwise(counted))
    if len(counted) < 2 or steps * 2 < len(counted) - 1:
        return titles
    return [
        _BARE_NUMBER.sub("", title, count=1) if n is not None else title
        for title, n in zip(titles, numbers, strict=True)
    ]


@lru_cache(maxsize=100_000)
def normalise(text):
    """What two spellings of one title share: its letters and digits, NFKC, in lower case; all of it if it has none."""
    folded = unicodedata.normalize("NFKC", text).casefold()
    return "".join(ch for ch in folded if ch.isalnum()) or "".join(folded.split())
