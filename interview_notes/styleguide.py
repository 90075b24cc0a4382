"""Every component in every state on one page, for those who change them; only there while DEBUG is on."""

from datetime import UTC, datetime
from types import SimpleNamespace as Sample

from django import forms
from django.shortcuts import render
from django.views.decorators.http import require_safe

from progress.forms import DraftForm
from progress.marks import Marks
from questions.models import Answer
from questions.search_words import pieces, terms_of

NOW = datetime(2026, 1, 31, 9, 30, tzinfo=UTC)
LONG = "如果想要在某个模型基础上做全参数微调，究竟需要多少显存？请按参数、梯度、优化器状态与激活分别估算。"
SECTIONS = ["KV 缓存及其压缩", "批处理、调度与分页注意力", "投机解码", "FlashAttention"]


class SampleForm(forms.Form):
    name = forms.CharField(help_text="Letters and digits.")
    agrees = forms.BooleanField()


def question(pk, title, language="zh-hans", **facts):
    facts = {"marks": Marks(), "has_answer": False, "answer_count": 0, "is_follow_up": False} | facts
    return Sample(pk=pk, title=title, title_html=title, language=language, get_absolute_url="#", **facts)


def result(kind, title, words, language="zh-hans", **facts):
    about = question(1, title, language, topic=topic("推理面", 3), **{"retired_at": None} | facts)
    terms = terms_of("KV 缓存")
    shown = {"title": pieces(title, terms), "words": pieces(words, terms), "title_html": ""}
    return Sample(question=about, address="#", kind=kind, language=language, words_language=language, **shown)


def topic(title, total, answered=0, bookmarked=0, below=()):
    counts = {"total": total, "answered": answered, "bookmarked": bookmarked, "drafts": 0}
    shown = {"pk": 1, "title": title, "title_html": title, "language": "zh-hans"}
    return Sample(get_absolute_url="#", children_nodes=below, **shown, **counts)


def answer(state, reason=""):
    shown = Answer.State(state)
    about = {"question": question(1, LONG), "author": "ada", "language": "zh-hans", "submitted_at": NOW}
    html = "<p><strong>注意力掩码</strong>不同。</p>"
    return Sample(
        state=state, get_state_display=shown.label, reason=reason, html=html, get_absolute_url="#", pk=1, **about
    )


@require_safe
def styleguide(request):
    source = Sample(title="LLM Interview Notes", author="Zoe", licence="CC-BY-4.0", commit="9f3c2a7b51", pk=1)
    source.get_absolute_url = source.url = "#"
    context = {
        "plain": question(1, "什么是涌现能力？", has_answer=True),
        "rows": [
            question(1, "什么是涌现能力？", has_answer=True),
            question(2, "Prefix LM 与 Causal LM 有什么区别？", marks=Marks(answered=NOW), has_answer=True),
            question(3, "它们的注意力掩码分别长什么样？", marks=Marks(drafted=NOW), is_follow_up=True),
            question(4, LONG, marks=Marks(NOW, NOW, NOW), has_answer=True, answer_count=12),
            question(5, "x" * 90, "en", marks=Marks(answered=NOW, changed=NOW)),
        ],
        "marked": question(6, "", marks=Marks(NOW, NOW, NOW)),
        "topics": [
            topic("基础面", 11, 7, 3),
            topic("进阶面", 7, 7, 0, [topic("复读机问题", 3, 3), topic("LLaMA 系列", 4, 4)]),
            topic("显存问题面", 0),
        ],
        "groups": [Sample(depth=1, topic=topic(title, 3)) for title in SECTIONS],
        "answers": [answer("pending"), answer("published"), answer("returned", "请补充例子。"), answer("withdrawn")],
        "note": Sample(source=source, file="fundamentals.md", url="#"),
        "filters": [
            {"label": "全部", "count": 11, "url": "#", "current": True},
            {"label": "未会", "count": 4, "url": "#", "current": False},
        ],
        "draft_form": DraftForm.holding("**KV cache** $O(n)$", 1),
        "form": SampleForm(),
        "wrong": SampleForm({"name": ""}, prefix="wrong"),
        "typed": "KV 缓存",
        "results": [
            result("note", "KV 缓存为什么省时间？", "解码时不必重算，KV 缓存存下每一层的键和值。"),
            result("draft", LONG, "我的草稿：KV 缓存随长度线性增长。", marks=Marks(NOW, NOW, NOW)),
            result("answer", "x" * 90, "Without a hit in its title.", "en", retired_at=NOW),
        ],
        "page": Sample(
            number=2,
            paginator=Sample(num_pages=3),
            has_previous=True,
            has_next=True,
            previous_page_number=1,
            next_page_number=3,
        ),
    }
    return render(request, "styleguide.html", context)
