"""What of the lines below a question is its answer, and what only surrounds it."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from questions.markdown.reading.folds import inside_of

_LONE_TAGS = re.compile(
    r"^(?:</?(?:aside|div|center|p|b|br|strong|span|font|details|hr|section)\b[^<>]*>|<a\s+(?:name|id)=[^<>]*>(?:</a>)?|<!--[^<>]*-->|💡|\s)+$",
    re.I,
)
_RULE = re.compile(r"^\s*([-*_])(?:\s*\1){2,}\s*$")
_HASHTAGS = re.compile(r"^\s*#[^\s#]\S*(?:\s+#[^\s#]\S*)*\s*$")
_TO_TOP = {"backtotop", "top", "backtothetop", "backtocontents", "backtotableofcontents", "tableofcontents", "gototop"}
_TO_TOP |= {"回到顶部", "返回顶部", "返回目录", "回到目录", "回顶部", "目录"}
_PLACEHOLDER = re.compile(
    r"^(?:todo|tbd|tba|wip|\.{2,}|…+|(?:your)?(?:answer|solution)s?(?:goes)?(?:here)?[:：]?|clickfortheanswer|clickheretoseetheanswer"
    r"|clickherefortheanswer|comingsoon|tobe(?:added|done|continued|answered)|noansweryet"
    r"|(?:参考)?答案?[:：]?|待补充|待更新|待完善|待续|未完待续|略|暂无|暂无答案|点击查看答案)[.。!！…]*$",
    re.I,
)
_MARKS = re.compile(r"<[^<>]*>|[\s*_>#\-\[\]]")
_WORD = (
    r"(?:(?:the|sample|suggested|short|model)\s+)?"
    r"(?:answers?|solutions?|ans|参考答案|参考回答|标准答案|答案|解答|回答|答)"
)
_LABEL = re.compile(rf"^[\W_]*{_WORD}(?:\s*\d+)?\s*[:：.]?[\W_]*$", re.I)
_SURE_LABEL = re.compile(r"^[\W_]*(?:answers?|ans|参考答案|参考回答|标准答案|答案|答)\b", re.I)
_INLINE_LABEL = re.compile(rf"^\s*(\*\*|__|)(?:A|{_WORD})\s*\d*\s*(?:\1\s*[:：]|[:：]\s*\1)\s*(?=\S)", re.I)
_SHOW = re.compile(
    rf"^[\W_]*(?:(?:show|see|view|reveal|click|expand|open|toggle|查看|点击|展开|显示|详细).{{0,40}}|{_WORD}(?:\s*\d+)?|hint|explanation|解析|详情)[\W_]*$",
    re.I,
)
_OPENED = re.compile(r"^\s*(?:<br\s*/?>\s*)*")
_CLOSER = re.compile(r"</(details|div|center|p|font|section|aside)>", re.I)
_TRAILING = re.compile(r"\s*</?(b|br|p|div|strong|center|aside)\s*/?>\s*$", re.I)


@dataclass(slots=True)
class Answer:
    """`lines` are the first and the last in its file, from 1; `before` is what the question shows unanswered."""

    text: str = ""
    lines: tuple | None = None
    before: str = ""


def is_answer_label(text):
    """Whether words above something only say that it is an answer: "Answer:", "参考答案"."""
    return len(text) < 60 and bool(_LABEL.match(text))


def is_placeholder(text):
    """Whether a text only stands where one is to come: "TODO", "...", "点击查看答案"."""
    return len(text) < 60 and bool(_PLACEHOLDER.match(_MARKS.sub("", text)))


def is_show_label(text):
    """Whether a summary only says that there is something to unfold: "Show", "点击查看"."""
    text = re.sub(r"<[^<>]*>", "", text).strip()
    return not text or (len(text) < 60 and bool(_SHOW.match(text)))


@dataclass(slots=True)
class Finder:
    """Finds the answer in lines [start, end) of a page, in which `blocks` stand, when it is called."""

    page: object
    blocks: Sequence
    start: int
    end: int

    def __call__(self):
        return answer_below(self.page, self.blocks, self.start, self.end)


def answer_below(page, blocks, start, end):
    """The answer in lines [start, end) of a page, in which `blocks` stand."""
    lines = page.lines
    for i, block in enumerate(blocks):
        if block.kind == "details" and _hides_answer(block, page) and not _worth(lines, block.end, end):
            before = clean(lines[start : block.start], start).text
            answer = clean(inside_of(block, lines), block.body)
            if answer.text:
                answer.before = before
                return answer
        elif block.start >= start and _labels(block, page):
            before = clean(lines[start : block.start], start).text
            answer = clean(lines[block.start + 1 : end], block.start + 1)
            answer.before = before
            return answer
        elif i and block.kind == "text" and page.labels_answers and _INLINE_LABEL.match(block.title):
            answer = clean(lines[block.start : end], block.start)
            answer.before = clean(lines[start : block.start], start).text
            return answer
    return clean(lines[start:end], start)


def _hides_answer(block, page):
    title = re.sub(r"<[^<>]*>", "", block.title)
    return is_answer_label(title) or (is_show_label(title) and page.hides_answers)


def _labels(block, page):
    """Whether a block says that the answer follows: with that word, or with one that other files have there too."""
    title = block.title.partition("\n")[0] if block.kind in ("heading", "text") else ""
    if not title or not is_answer_label(title):
        return False
    return bool(_SURE_LABEL.match(title)) or page.title(block).text.casefold() in page.recurring


def is_labelled_answer(text):
    """Whether a paragraph begins with a label such as "A:" and goes on."""
    return bool(_INLINE_LABEL.match(text[:60]))


def _worth(lines, start, end):
    """Whether anything that counts stands in lines [start, end)."""
    return any(not _surrounds(line) for line in lines[start:end])


def clean(texts, first):
    """The answer in `texts`, lines of a file from number `first` on, counted from 0."""
    start, end = 0, len(texts)
    while start < end and _surrounds(texts[start]):
        start += 1
    if start < end and _LABEL.match(texts[start]) and len(texts[start]) < 60:
        start += 1
        while start < end and _surrounds(texts[start]):
            start += 1
    while end > start and _surrounds(texts[end - 1]):
        end -= 1
    end = _balanced(texts, start, end)
    kept = _undent([line for line in texts[start:end] if line.strip().lower() not in ("<aside>", "</aside>")])
    if not kept:
        return Answer()
    kept[0] = _INLINE_LABEL.sub(r"", kept[0]) if kept[0][:40].lstrip("*_ ")[:1] in "AaSsTt参标答解回" else kept[0]
    if "<" in kept[0]:
        kept[0] = _without_opened(kept)
    text = _without_closed("\n".join(kept)) if kept[-1].rstrip().endswith(">") else "\n".join(kept)
    if text.startswith("<b>") and text.endswith("</b>") and text.count("<b>") == 1:
        text = text[3:-4].strip("\n")
    bare = _MARKS.sub("", text[:2000])
    if len(bare) < 40 and _PLACEHOLDER.match(bare):
        return Answer()
    if not bare and not re.search(r"<(?:img|video|iframe|svg)|!\[", text):
        return Answer()
    return Answer(text, (first + start + 1, first + end))


def _balanced(texts, start, end):
    """`end`, or the line behind the last of those cut off that closes what is opened before it."""
    closers = [(i, tag.lower()) for i in range(end, min(len(texts), end + 20)) for tag in _CLOSER.findall(texts[i])]
    if not closers:
        return end
    kept = "\n".join(texts[start:end]).lower()
    open_tags = {tag: kept.count(f"<{tag}") - kept.count(f"</{tag}") for _, tag in closers}
    for i, tag in closers:
        if open_tags[tag] > 0 and tag != "aside":
            open_tags[tag] -= 1
            end = i + 1
    return end


def _surrounds(line):
    """Whether a line at the edge of an answer is no part of it."""
    line = line.strip()
    if not line:
        return True
    if len(line) > 300:
        return False
    if line[0] in "<💡" and _LONE_TAGS.match(line):
        return True
    if line[0] in "-*_" and _RULE.match(line):
        return True
    if line[0] == "#" and _HASHTAGS.match(line):
        return True
    return ("#" in line or "(" in line or len(line) < 30) and _leads_to_top(line)


def _leads_to_top(line):
    lowered = line.lower()
    if not any(word in lowered for word in ("top", "contents", "顶", "目录", "⬆", "↑", "🔝")):
        return False
    words = re.sub(r"<[^<>]*>|\]\([^()]*\)", "", lowered)
    letters = "".join(ch for ch in words if ch.isalpha())
    return letters in _TO_TOP or (not letters and "(#" in line)


def _undent(kept):
    """Without the indentation of the first line, which is that of a list item around; code keeps what it has more."""
    if not kept or kept[0][:1] not in " \t":
        return kept
    kept = [line.expandtabs(4) if "\t" in line[:40] else line for line in kept]
    width = len(kept[0]) - len(kept[0].lstrip(" "))
    return [line[min(width, len(line) - len(line.lstrip(" "))) :] for line in kept]


def _without_opened(kept):
    first = _OPENED.sub("", kept[0])
    match = re.match(r"<(b|p|strong)>\s*(?=\S)", first, re.I)
    if match and f"</{match.group(1).lower()}>" not in first.lower():
        first = first[match.end() :]
    return first


def _without_closed(text):
    """Without closing tags at the end whose opening ones are not in the text."""
    while match := _TRAILING.search(text[-40:]):
        tag = match.group(1).lower()
        cut = text[: len(text) - len(match.group(0))]
        lowered = cut.lower()
        if tag != "br" and ("/" not in match.group(0) or lowered.count(f"<{tag}>") > lowered.count(f"</{tag}>")):
            break
        text = cut
    return text
