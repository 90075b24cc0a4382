"""From the text of a heading or list item to the title a reader sees."""

import re
import unicodedata
from dataclasses import dataclass, field
from functools import lru_cache
from html import unescape
from itertools import pairwise
from urllib.parse import unquote

_ATTRIBUTES = re.compile(
    r"\s*(?<!\\)\{\s*((?:[#.][^\s{}]+|[\w-]+=[^\s{}]+)(?:\s+(?:[#.][^\s{}]+|[\w-]+=[^\s{}]+))*)\s*\}\s*$"
)
_TASK = re.compile(r"^\[[ xX]\]\s+")
# No pattern here may look ahead without bound from many places: a note may hold a hundred thousand hostile titles.
# Left to right: what stands behind a backslash opens no code, and a backslash inside code is one.
_LITERAL = re.compile(r"\\([!-/:-@\[-`{-~])|(?<!`)(`+)(?!`)(.+?)(?<!`)\2(?!`)", re.S)
_IMAGE = re.compile(r"!\[([^\[\]]*)\]\((?:[^()]|\([^()]*\))*\)")
_LINK = re.compile(
    r"(?<!!)\[((?:[^\[\]]|\[[^\[\]]*\])*)\]\(\s*(<[^<>]*>|(?:[^\s()]|\([^()]*\))*)(?:\s+[\"'(][^)]{0,300})?\s*\)"
)
_WIKI = re.compile(r"\[\[([^\[\]|]+)(?:\|([^\[\]]*))?\]\]")
_MARKUP = re.compile(r"[`*_\[\]<>&\\\x00]")
_OPENS_STRONG = re.compile(r"^\W*(\*\*|__|<b>|<strong>)")
_TAG = re.compile(r"</?[a-zA-Z][^<>]*>")
_STRONG = re.compile(r"(?:\*\*(?=\S)((?:[^*]|\*(?!\*))+?)(?<=\S)\*\*|__(?=\S)((?:[^_]|_(?!_))+?)(?<=\S)__)")
_EMPHASIS = re.compile(
    r"(?<![\w*])\*(?=[^\s*])([^*]+?)(?<=[^\s*])\*(?![\w*])|(?<!\w)_(?=[^\s_])((?:[^_]|(?<=\w)_(?=\w))+?)(?<=[^\s_])_(?!\w)"
)
_KEPT = re.compile(r"\x00(\d+)\x00")
_EMOJI = "\u2190-\u21ff\u25a0-\u25ff\u2600-\u27bf\u2b00-\u2bff\U0001f300-\U0001faff\ufe0f\u200d"
_ORNAMENT = re.compile(rf"^(?:[\s{_EMOJI}]|:[a-z][a-z0-9_]+:)+(?=\S)")
_ORNAMENT_BEHIND = re.compile(rf"(?<=[^\s{_EMOJI}])[\s{_EMOJI}]+$")
_ASIDE = re.compile(
    r"^\s*\[+\s*[↑⬆]\s*\]+(?:\([^()]*\))?\s*|\s*\[{1,2}(?:src|source|ref|来源|出处)\]{1,2}(?:\((?:[^()]|\([^()]*\))*\))?\]?\s*$",
    re.I,
)
_QUESTION = re.compile(
    r"[?？]\s*[)）]?\s*$|什么|为何|为啥|啥|如何|怎么|怎样|咋|哪些|哪个|哪里|哪几|多少|几种|几个|是否|吗\b|呢\b|区别|异同"
    r"|^(?:请|试)?(?:谈谈|谈一谈|说说|说一说|说下|说一下|聊聊|聊一聊|讲讲|讲一讲|讲一下|讲下|简述|简单(?:介绍|说|描述|谈|讲)|描述|解释|介绍|列举|举例|推导|手写|手撕|阐述|写出|写一)"
    r"|^(?:what|why|how|when|where|which|who|whose|can|could|do|does|did|is|are|was|were|has|have|should|would|will"
    r"|explain|describe|name|list|discuss|compare|contrast|define|differentiate|implement|write|create|given|suppose"
    r"|imagine|mention|tell|give|show|find|prove|derive|calculate|consider|design|true or false"
    r"|in which|in what|for what|on what"
    r"|what's|what’s|who's|how's)\b",
    re.I,
)
_LABEL = re.compile(
    r"^\s*(?:(?:QA|Q\s*&\s*A|Q|Question|问题|题目|面试题|面试官|问)\s*[.#]?\s*(?:\d+(?:[.-]\d+)*)?\s*[：:.．、)）]"
    r"|(?:Q|Question\s|问题|题目|面试题)\s*\d+(?=\s))\s*(?=\S)",
    re.I,
)

LABEL_START = re.compile(
    r"^[\W_]*(?:Q\s*&\s*A|QA|Q|Question|问题|面试题|题目|面试官|问)\s*[.#]?\s*(?:\d+(?:[.-]\d+)*)?[*_]*\s*[：:.．)）、]\s*[*_]*\s*\S",
    re.I,
)
ANSWER_START = re.compile(r"^[\W_]*(?:A|Ans|Answer|答案?|回答|解答)\s*\d*\s*[*_]*\s*[：:.]", re.I)

_HAN_NUMBER = "[零〇一二三四五六七八九十百千两]+"
_NUMBERING = re.compile(
    rf"""^\s*(?:
        第\s*(?:{_HAN_NUMBER}|\d+)\s*(?:章|节|讲|篇|部分|题|问)\s*[：:、.．]?\s* |
        [（(【\[]\s*(?:{_HAN_NUMBER}|\d+(?:\.\d+)*|[ivx]{{1,4}}|[a-z])\s*[)）】\]]\s*[、.．：:]?\s* |
        {_HAN_NUMBER}\s*[、．：:]\s* |
        {_HAN_NUMBER}\s*\.\s* |
        \#\s*\d+\s*[.、：:)）]?\s+ |
        \d+(?:\.\d+)+\s*[.、．：:)）]?(?=\s|[^\d\s.%xX×kKmMgGbB])\s* |
        \d+\s*[、．：:)）]\s* |
        \d+\s*\.(?!\d)\s* |
        \d\ufe0f?\u20e3\s* | [①-⑳]\s* |
        [ivx]{{1,4}}\s*[.)、]\s+ |
        [a-zA-Z]\s*[.)、]\s+ |
        (?:chapter|part|section)\s+(?:\d+|[ivx]{{1,5}})\s*[.：:\-–—]\s*
    )(?=\S)""",
    re.X | re.I,
)
_MAY_BE_NUMBERED = re.compile(r"[^a-zA-Z]|[a-zA-Z]{1,4}\s*[.)、]|Q|Question|Chapter|Part|Section", re.I)
_BARE_NUMBER = re.compile(r"^\s*(\d+)\s+(?=\S)")
_PAIR_NUMBER = re.compile(r"^\s*(\d{1,3})[-–](\d{1,3})\s*[：:.、]?\s+(?=\S)")
_SHOWN = re.compile(r"```|~~~|\n\s*`\s*\n|<pre\b|<code>\s*\n")
_WORDS = re.compile(r"\w")
_BULLET = re.compile(r"^\s*(?:[*+-]|\d+\.)\s+", re.M)
_BULLET_BEHIND = re.compile(r"\s*\x01")
_LONGEST = 2000  # characters of a title that are looked at; more is no title, and patterns must not wade through it

_NO_ATTRIBUTES = {}


@dataclass(frozen=True, slots=True)
class Title:
    """`text` is what a reader sees; `attributes` come from a trailing `{#key .class name=value}`."""

    text: str
    key: str = ""
    classes: frozenset = frozenset()
    attributes: dict = field(default_factory=dict, hash=False)
    href: str | None = None  # target of the first link in it; "" for an empty one
    link: str = ""  # the words of that link
    is_strong: bool = False
    is_task: bool = False
    is_labelled: bool = False  # the author calls it a question: "Q1: …"
    _asks: bool | None = field(default=None, init=False, compare=False, repr=False)  # found when it is asked for

    @property
    def links_note(self):
        """Whether it links to another Markdown file beside its own."""
        return bool(self.href and "://" not in self.href and re.search(r"\.(?:md|markdown)(?:#|$)", self.href, re.I))

    @property
    def is_link(self):
        """Whether it is a link and nothing else."""
        return self.href is not None and bool(self.link) and len(self.text) <= len(self.link) + 2

    @property
    def asks(self):
        """Whether it is phrased as a question."""
        if self._asks is None:
            object.__setattr__(self, "_asks", self.is_labelled or bool(_QUESTION.search(self.text)))
        return self._asks


def read_title(source, numbered=True):
    """Takes the title apart, leaving numbering that needs its neighbours to be judged (see drop_bare_numbers)."""
    text = " ".join(source[:_LONGEST].split())
    attributes = _ATTRIBUTES.search(text) if text.endswith("}") else None
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
    if "[" in text:
        text = _ASIDE.sub("", text)
    link = _LINK.search(text) if "](" in text else None
    wiki = None if link or "[[" not in text else _WIKI.search(text)
    strong = bool(_OPENS_STRONG.match(text))
    plain = plain_title(text)
    clean = strip_numbering(plain) if numbered else plain
    return Title(
        text=clean,
        key=key,
        classes=frozenset(classes),
        attributes=named or _NO_ATTRIBUTES,
        href=unquote(link.group(2).strip("<>")) if link else wiki.group(1).strip() if wiki else None,
        link=plain_title(link.group(1)) if link else (wiki.group(2) or wiki.group(1)).strip() if wiki else "",
        is_strong=strong,
        is_task=bool(task),
        is_labelled=bool(_LABEL.match(plain)),
    )


def read_summary(source):
    """The title in a summary, and what else it shows: code below the question, say."""
    if "\n" not in source.strip():
        return read_title(source), ""
    cut = _SHOWN.search(source)
    head, behind = (source[: cut.start()], source[cut.start() :]) if cut else (source, "")
    if not _WORDS.search(_TAG.sub("", head)):
        head, behind = source, ""
    listed = _BULLET_BEHIND.sub(", ", _BULLET.sub("\x01", head)).replace(":, ", ": ")
    return read_title(listed.lstrip(", ")), behind.strip()


def plain_title(text):
    """The words of a title without its markup; code keeps its characters."""
    if not _MARKUP.search(text):
        return _without_ornaments(text)
    kept = []

    def keep(match):
        kept.append(match.group(match.lastindex).strip())
        return f"\x00{len(kept) - 1}\x00"

    text = _LITERAL.sub(keep, text.replace("\x00", ""))
    if "[" in text:
        text = _WIKI.sub(lambda m: m.group(2) or m.group(1), _IMAGE.sub(r"\1", text))
        text = _LINK.sub(r"\1", text)
    if "<" in text:
        text = _TAG.sub("", text)
    for _ in range(3):
        if "*" not in text and "_" not in text:
            break
        text = _EMPHASIS.sub(_inner, _STRONG.sub(_inner, text))
    text = unescape(text)
    if kept:
        text = _KEPT.sub(lambda m: kept[int(m.group(1))], text)
    return _without_ornaments(text)


def _inner(match):
    return match.group(1) or match.group(2)


def _without_ornaments(text):
    if text and not (text[0].isalnum() and text[-1].isascii() and text[-1] not in " \t"):
        text = _ORNAMENT_BEHIND.sub("", _ORNAMENT.sub("", text))
    return " ".join(text.split())


def strip_numbering(text):
    """Without numbers and labels before the words: 1. 一、 Q1: (2) 第三章."""
    for _ in range(3):  # "一、Q1: 1. Why?"
        if not _MAY_BE_NUMBERED.match(text):
            break
        stripped = _NUMBERING.sub("", _LABEL.sub("", text, count=1), count=1)
        if stripped == text:
            break
        text = _ORNAMENT.sub("", stripped)
    return text.strip()


def drop_bare_numbers(titles, alone=False):
    """`1 Why` … `2 How` lose their numbers where neighbours count on; "3 worst mistakes?" alone keeps its own.

    So do `1-1 Why` … `1-2 How`, and a lone `1 Why` if `alone` says that it is a number.
    """
    if alone:
        ones = [match for title in titles if (match := _BARE_NUMBER.match(title))]
        if len(ones) == 1 and ones[0].group(1) == "1":
            return [_BARE_NUMBER.sub("", title, count=1) for title in titles]
    return _drop_counted(_drop_counted(titles, _BARE_NUMBER), _PAIR_NUMBER)


def _drop_counted(titles, pattern):
    matches = [pattern.match(title) for title in titles]
    counted = [tuple(map(int, match.groups())) for match in matches if match]
    steps = sum(
        after[-1] == before[-1] + 1 or (after[0] > before[0] and after[-1] == 1) for before, after in pairwise(counted)
    )
    if len(counted) < 2 or steps * 2 < len(counted) - 1:
        return titles
    return [title[match.end() :] if match else title for title, match in zip(titles, matches, strict=True)]


@lru_cache(maxsize=20_000)
def normalise(text):
    """What two spellings of one title share: its letters and digits, NFKC, in lower case; all of it if it has none."""
    folded = unicodedata.normalize("NFKC", text).casefold()
    return "".join(ch for ch in folded if ch.isalnum()) or "".join(folded.split())
