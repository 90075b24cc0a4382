"""What stands in note files for their own sake: tables of contents, references, calls for contributions."""

import re
from urllib.parse import unquote

from questions.markdown.reading.titles import normalise

_CONTENTS = re.compile(
    r"^\W*(?:(?:table\s+of\s+)?contents?|toc|目\s*录|文章目录|本章目录|目录结构|导航)\W*$",
    re.I,
)
_APART = re.compile(
    r"^\W*(?:references?|bibliography|citations?|further\s+readings?|(?:additional|useful|other|external)?\s*(?:links|resources|readings?)"
    r"|see\s+also|related\s+(?:topics|projects|links|posts|resources|repositories)|contribut\w*(?:\s+\w+){0,3}|contributors?|credits?|acknowledge?ments?|licen[cs]e|disclaimer"
    r"|star[\s-]*history|stargazers|donations?|sponsors?(?:hip)?|backers|support(?:\s+(?:us|me|this\s+project))?|changelog|authors?|about(?:\s+(?:me|the\s+authors?))?|contact(?:\s+(?:us|me))?|feedback"
    r"|installation|getting\s+(?:started|involved)|code\s+of\s+conduct|sources?"
    r"|参考(?:资料|文献|链接|文章|书籍|来源|阅读)?|引用|延伸阅读|推荐阅读|扩展阅读|相关(?:链接|阅读|文章|资料|推荐)|致谢|鸣谢|贡献者?(?:名单|指南)?|版权(?:声明|说明)?|许可证?|开源协议|免责声明"
    r"|公众号|联系(?:我|我们|方式|作者)|关于(?:作者|我|我们)|作者(?:介绍|简介)?|捐赠|赞助|打赏|加群|交流群|更新日志|公告|star\s*趋势)\W*$",
    re.I,
)
_WRAPPER = re.compile(
    r"^\W*(?:(?:interview\s+)?(?:questions?(?:\s+by\s+(?:category|topic))?|q\s*&\s*a|qa|faqs?|questions?\s*(?:&|and)\s*answers?)|问题|面试题|题目|题库|问答|正文|面试题目|问题列表)\W*$",
    re.I,
)
_TARGET = re.compile(r"\]\(\s*<?([^)\s>]*)")
_LINKS = re.compile(r"!?\[[^\[\]]*\]\([^()]*\)")


def heads_contents(text):
    """Whether a heading announces a table of contents."""
    return len(text) < 60 and bool(_CONTENTS.match(text))


def stands_apart(text):
    """Whether a heading announces what belongs to no question: references, licence, contributors."""
    return len(text) < 60 and bool(_APART.match(text))


def only_wraps(text):
    """Whether a heading says no more than that questions follow."""
    return len(text) < 60 and bool(_WRAPPER.match(text))


def without_furniture(blocks, page):
    """`blocks` without tables of contents and without headings that stand apart; what they hold of worth moves up."""
    kept, run = [], []
    for block in blocks:
        if block.kind == "item":
            run.append(block)
            continue
        kept += _list(run, page)
        run = []
        if block.kind == "heading":
            kept += _heading(block, page)
        elif not _is_contents(block, page):
            kept.append(block)
    return kept + _list(run, page)


def _heading(block, page):
    words = page.title(block).text if len(block.title) < 200 else ""
    block.children = without_furniture(block.children, page)
    contents = heads_contents(words)
    if not contents and not stands_apart(words):
        return [block]
    children, block.children = block.children, []
    block.kind = "apart"
    if contents:
        return [block] + [
            child for child in children if child.kind != "item" or any("](" in item.title for item in child.walk())
        ]
    return [block, *[child for child in children if child.kind == "heading" and page.title(child).asks]]


def _list(run, page):
    """A list, unless most of its items lead to places in this very file."""
    if not run:
        return run
    anchors = others = 0
    for root in run:
        for item in root.walk():
            if item.kind == "item" and not item.items:
                if leads_within(item.title, page.name):
                    anchors += 1
                else:
                    others += 1
    if anchors <= others:
        return run
    page.contents.update(
        normalise(page.title(item).text) for root in run for item in root.walk() if item.kind == "item"
    )
    return []


def leads_within(title, name):
    """Whether a title is a link to a place in the file `name` that it stands in."""
    match = _TARGET.search(title) if "](" in title else None
    if not match:
        return "[[#" in title
    target, sharp, _ = match.group(1).partition("#")
    if not sharp:
        return False
    if not target:
        return True
    return "://" in target and unquote(target).rpartition("/")[2] == name.rpartition("/")[2]


def _is_contents(block, page):
    if block.kind == "table":
        rows = page.lines[block.start : block.end]
        return sum("](#" in row for row in rows) * 2 > len(rows)
    if block.kind == "text" and len(block.title) < 20_000:
        if block.title.strip(" \\").lower() in ("[toc]", "[[toc]]", "toc", "[toc\\]"):
            return True
        return "](#" in block.title and not re.search(r"\w", _LINKS.sub("", block.title))
    return block.kind == "details" and any(leads_within(item.title, page.name) for item in block.items[:1])
