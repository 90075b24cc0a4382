"""The search page: what is found, in which order, by whom."""

from urllib.parse import quote

import pytest
from django.contrib.auth.models import AnonymousUser
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from progress.models import Answered, Bookmark, Draft
from questions.models import Answer, Note, Question, Source, Topic
from questions.search import find, rebuild
from questions.search_words import RUN, fold, terms_of


def titles(response):
    return [result.question.titles["en"] for result in response.context["results"]]


def look_for(client, typed, **where):
    return client.get("/search/", {"q": typed, **where})


@pytest.fixture
def note(source):
    """note(question, "zh-hans", title="…", answer="…"): one more thing said about it."""

    def say(question, language="zh-hans", source=source, **said):
        return Note.objects.create(source=source, question=question, topic=question.topic, language=language, **said)

    return say


# --- What is found -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "typed",
    [
        "显存",
        "显",
        "存",
        "顯存",
        "微调时的显存",
        "kv",
        "KV缓存",
        "ｋｖ",
        "gpt-4o",
        "zero-3",
        "optim",
        "显存 gpt",
        "softmax",
        "n^2",
    ],
)
def test_found_in_the_reference_answer(client, make_question, typed):
    make_question(answer="微调时的显存：**KV 缓存**，GPT-4o，ZeRO-3，optimizer，$\\mathrm{softmax}(n^2)$。")
    make_question("Why manes?", "Sun.")
    assert titles(look_for(client, typed)) == ["Why stripes?"]


@pytest.mark.parametrize("typed", ["存显", "ptim", "4oo", "显存 sun", "quagga"])
def test_not_found(client, make_question, typed):
    make_question(answer="微调时的显存：KV 缓存，GPT-4o，optimizer。")
    make_question("Why manes?", "Sun.")
    response = look_for(client, typed)
    assert titles(response) == []
    assert typed in response.content.decode()


def test_markup_is_not_found(client, make_question):
    make_question(answer="**Bold** [link](https://example.org/quagga) `code`\n\n```python\nimport zebra\n```")
    assert titles(look_for(client, "strong")) == titles(look_for(client, "figure")) == []
    assert titles(look_for(client, "quagga")) == []
    assert len(titles(look_for(client, "import zebra"))) == 1


def test_a_question_in_two_languages_is_found_once(client, question, note):
    note(question, title="为什么有条纹？", answer="驱蝇 flies")
    assert titles(look_for(client, "flies")) == ["Why stripes?"]


def test_words_are_shown_where_they_stand_in_the_language_they_stand_in(client, question, note):
    note(question, title="斑马为何有<条纹>？", answer="为了驱赶**蝇虫**。")
    question.gather_titles()
    client.post("/i18n/setlang/", {"language": "en"})
    (result,) = look_for(client, "条纹").context["results"]
    assert (result.language, result.words_language) == ("zh-hans", "zh-hans")
    page = look_for(client, "蝇虫").content.decode()
    assert '<mark class="hit">蝇虫</mark>' in page
    assert "?lang=zh-hans" in page
    assert '斑马为何有&lt;<mark class="hit">条纹</mark>&gt;？' in look_for(client, "条纹").content.decode()


def test_best_first(client, make_question):
    """A fixed order, the same on both databases: title, part of the title, often, once; shorter titles first."""
    make_question("Once", "flies.")
    make_question("Often", "flies, flies and flies")
    make_question("A long title that speaks of flies and of more", "x")
    make_question("Flies?", "x")
    make_question("Both flies and lions here", "x")
    make_question("Lions", "about flies")
    make_question("Once more", "Flies, lions.")
    assert titles(look_for(client, "flies")) == [
        "Flies?",
        "Both flies and lions here",
        "A long title that speaks of flies and of more",
        "Often",
        "Once",
        "Lions",
        "Once more",
    ]
    assert titles(look_for(client, "flies lions")) == ["Both flies and lions here", "Lions", "Once more"]


CORPUS = [
    ("什么是注意力机制？", "注意力机制让模型看见全文。注意力的代价随长度平方增长，注意力可以分头。"),
    ("KV 缓存为什么省时间？", "缓存键和值，解码时不必重算。显存随长度增长。"),
    ("显存主要花在哪里？", "参数、梯度、优化器状态。KV 缓存在推理时占显存。LoRA 训练省显存。"),
    ("LoRA 是什么？", "低秩适配：冻结权重，只训练两个小矩阵。"),
    ("What is LoRA?", "Low-rank adaptation trains two small matrices beside frozen weights."),
    ("为什么 LoRA 微调省显存？", "优化器只为小矩阵保存状态。"),
    ("GPT-4o 与 GPT-4 有何不同？", "多模态。"),
    ("FlashAttention 快在哪里？", "分块计算注意力，少读写显存；attention 的结果不变。"),
    ("梯度检查点是什么？", "用重算换显存、显存、显存。"),
    ("Zero-3 切分什么？", "參數、梯度與優化器狀態都切分，顯存按卡數下降。"),
]
ORDER = {
    "显存": [2, 5, 8, 1, 7, 9],
    "lora": [3, 4, 5, 2],
    "LoRA 显存": [5, 2],
    "注意力": [0, 7],
    "缓存": [1, 2],
    "KV缓存": [1, 2],
    "gpt": [6],
    "gpt-4o": [6],
    "attention": [7],
    "flash": [7],
    "優化器狀態": [2, 9],
    "长度": [0, 1],
    "长度 显存": [1],
    "是什么": [3, 8],
    "什么": [0, 3, 8, 1, 9, 5],
    "matri": [4],
    "的": [0, 7],
    "绝无此词": [],
}


@pytest.mark.parametrize("typed", ORDER)
def test_the_same_order_on_both_databases(client, make_question, typed):
    for title, answer in CORPUS:
        make_question(title, answer)
    found = titles(look_for(client, typed))
    expected = [CORPUS[n][0] for n in ORDER[typed]]
    assert found == expected


# --- Whatever stands in a text is found ---------------------------------------------------------------------------

LETTERS = st.text("注意力机制显存顯存kv4oＫ ，。-é", max_size=12)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(texts=st.lists(st.tuples(LETTERS, LETTERS), min_size=3, max_size=3), data=st.data())
def test_what_stands_there_is_found(make_question, texts, data):
    rows = list(Note.objects.order_by("pk")) or [make_question().notes.get() for _ in range(3)]
    for row, (title, text) in zip(rows, texts, strict=True):
        Note.objects.filter(pk=row.pk).update(title=title, answer_html=text)
    Note.follow([row.pk for row in rows])
    title, text = data.draw(st.sampled_from(texts))
    whole = data.draw(st.sampled_from([title, text]))
    start = data.draw(st.integers(0, max(0, len(whole) - 1)))
    typed = whole[start : start + data.draw(st.integers(1, 6))]
    terms = terms_of(typed)
    hits = find(Question.objects.live(), terms, AnonymousUser())
    found = {hit.question_id for hit in hits.found}
    truth = {row.question_id for row, said in zip(rows, texts, strict=True) if holds(said, typed)}
    assert (truth if terms else set()) <= found


def holds(said, typed):
    """Without an index: runs of letters stand in the title or the text, Latin words at the beginning of one."""
    folded = [fold(part) for part in said]
    for part in fold(typed).split():
        runs = RUN.findall(part)
        for n, run in enumerate(runs):
            if run.isascii():
                words = [word for text in folded for word in RUN.findall(text) if word.isascii()]
                is_last = n == len(runs) - 1 and len(run) > 1
                there = any(word.startswith(run) if is_last else word == run for word in words)
            else:
                there = any(run in text for text in folded)
            if not there:
                return False
    return True


@pytest.mark.parametrize("language", ["en", "zh-hans"])
def test_what_both_languages_say_is_shown_in_the_readers(client, question, note, language):
    note(question, title="为什么有条纹？", answer="苍蝇 flies")
    question.gather_titles()
    client.post("/i18n/setlang/", {"language": language})
    (result,) = look_for(client, "flies").context["results"]
    assert (result.language, result.words_language) == (language, language)


# --- Who finds what ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("state", "finders"),
    [
        ("published", "ada bo cleo nobody"),
        ("pending", "ada cleo"),
        ("returned", "ada cleo"),
        ("withdrawn", "ada cleo"),
    ],
)
def test_answers(signed_in, client, ada, bo, cleo, question, state, finders):
    answer = Answer.objects.submit(question, ada, "A **quagga**.", "en")
    if state != "pending":
        {
            "published": lambda: answer.publish(cleo),
            "returned": lambda: answer.return_to_author(cleo, "No."),
            "withdrawn": answer.withdraw,
        }[state]()
    browsers = {"nobody": client, **{user.username: signed_in(user) for user in (ada, bo, cleo)}}
    found = [name for name, browser in browsers.items() if titles(look_for(browser, "quagga"))]
    assert sorted(found) == finders.split()


def test_drafts_are_found_by_their_owner_only(signed_in, client, ada, bo, cleo, question):
    Draft.objects.keep(ada, question, "My quagga", 0)
    assert [result.kind for result in look_for(signed_in(ada), "quagga").context["results"]] == ["draft"]
    for browser in (signed_in(bo), signed_in(cleo), client):
        response = look_for(browser, "quagga")
        assert titles(response) == []
        assert response.context["total"] == 0


@pytest.mark.parametrize("mark", [Bookmark, Answered, Draft])
def test_a_retired_question_is_found_by_those_with_marks_on_it(signed_in, client, ada, bo, question, mark):
    mark.objects.create(user=ada, question=question)
    Question.objects.update(retired_at=timezone.now())
    assert titles(look_for(signed_in(ada), "stripes")) == ["Why stripes?"]
    assert titles(look_for(signed_in(bo), "stripes")) == titles(look_for(client, "stripes")) == []


def test_what_was_taken_down_is_not_found(client, question, take_down):
    take_down(question.notes.get())
    assert titles(look_for(client, "flies")) == []
    assert titles(look_for(client, "stripes")) == ["Why stripes?"]


def test_a_title_that_was_taken_down_is_not_found(client, question, take_down):
    take_down(question.notes.get(), takes_titles=True)
    assert titles(look_for(client, "stripes")) == titles(look_for(client, "flies")) == []


def test_words_are_not_shown_even_where_the_index_has_not_followed(client, question):
    Note.objects.update(retired_at=timezone.now())
    response = look_for(client, "flies")
    assert titles(response) == []
    assert "dislike" not in response.content.decode()


# --- Where -------------------------------------------------------------------------------------------------------


@pytest.fixture
def herd(make_question, note, topic, ada):
    """Flies on Zebras and on Stripes below it, on Lions; by another source; in Chinese; without an answer; marked."""
    stripes = Topic.objects.create(key="stripes", slug="stripes", parent=topic, titles={"en": "Stripes"})
    lions = Topic.objects.create(key="lions", slug="lions", titles={"en": "Lions"})
    other = Source.objects.create(slug="other", title="Other", licence="MIT", mode="full", language="en")
    make_question("Zebra flies")
    make_question("Stripe flies", on=stripes)
    make_question("Lion flies", "", on=lions)
    chinese = make_question("Chinese", "x", on=lions)
    note(chinese, title="苍蝇 flies", answer="x")
    make_question("Other", "x", on=lions).notes.update(title="Other flies", source=other)
    Note.follow(Note.objects.values_list("pk", flat=True))
    Bookmark.objects.create(user=ada, question=Question.objects.get(titles__en="Zebra flies"))


@pytest.mark.parametrize(
    ("where", "found"),
    [
        ({}, ["Chinese", "Lion flies", "Other", "Stripe flies", "Zebra flies"]),
        ({"topic": "zebras"}, ["Stripe flies", "Zebra flies"]),
        ({"topic": "stripes"}, ["Stripe flies"]),
        ({"topic": "nowhere"}, []),
        ({"source": "other"}, ["Other"]),
        ({"source": "nowhere"}, []),
        ({"language": "zh-hans"}, ["Chinese"]),
        ({"answered": "on"}, ["Chinese", "Other", "Stripe flies", "Zebra flies"]),
        ({"mark": "bookmarked"}, ["Zebra flies"]),
        ({"mark": "unanswered", "topic": "lions"}, ["Chinese", "Lion flies", "Other"]),
        ({"topic": "lions", "language": "en", "answered": "on"}, ["Other"]),
    ],
)
def test_filters(signed_in, ada, herd, where, found):
    response = look_for(signed_in(ada), "flies", **where)
    assert sorted(result.question.titles["en"] for result in response.context["results"]) == found
    assert response.status_code == 200


@pytest.mark.parametrize("where", [{"language": "xx"}, {"mark": "x"}, {"topic": "\x00"}])
def test_a_forged_filter(client, db, where):
    assert look_for(client, "flies", **where).status_code == 400


def test_marks_need_a_reader(client, question):
    response = look_for(client, "flies", mark="answered")
    assert response.url == f"/accounts/login/?next={quote('/search/?q=flies&mark=answered')}"


def test_pages(client, make_question):
    for n in range(25):
        make_question(f"Zebra {n:02}")
    first, second = look_for(client, "zebra"), look_for(client, "zebra", page=2)
    assert (len(titles(first)), len(titles(second)), first.context["total"]) == (20, 5, 25)
    assert not set(titles(first)) & set(titles(second))
    assert 'href="?q=zebra&amp;page=2"' in first.content.decode()


def test_only_the_best_are_listed(client, make_question, monkeypatch):
    monkeypatch.setattr("questions.search.MOST", 3)
    for n in range(5):
        make_question(f"Other {n}", "zebra")
    make_question("Zebra")
    response = look_for(client, "zebra")
    assert titles(response)[0] == "Zebra"
    assert (response.context["total"], response.context["is_cut"]) == (3, True)


def test_titles_that_fill_the_list_are_enough(client, make_question, monkeypatch):
    monkeypatch.setattr("questions.search.MOST", 3)
    for n in range(5):
        make_question(f"Zebra {n}", "zebra")
    make_question("Other", "zebra")
    response = look_for(client, "zebra")
    assert titles(response) == ["Zebra 0", "Zebra 1", "Zebra 2"]
    assert response.context["is_cut"]


# --- What people type ---------------------------------------------------------------------------------------------

TYPED = [
    '"', "*", "AND", "a AND", "NOT x", "a:b", "title:x", "(' OR 1=1 --", "!!", "' & '", "：：", "^a", "a*", "{x y}",
    "NEAR(a b)", "\\", "%", "_", "\x00", "a\x00b", "😀", "\ufffd", "=模", "+模", "<script>", "x" * 200, "长" * 200,
    " ".join("abcdefghijklmnopqrstuvwxyz" * 3), "'; DROP TABLE questions_note; --", "\u202eabc", "１２３", "ß", "ﷺ",
]  # fmt: skip


@pytest.mark.parametrize("typed", TYPED)
@pytest.mark.parametrize("path", ["/search/", "/search/suggest/"])
def test_anything_can_be_typed(client, question, path, typed):
    assert client.get(path, {"q": typed}).status_code == 200


@pytest.mark.parametrize("raw", ["%ED%A0%80", "%FF%FE", "%00", "%", "a%ED%A0%80b"])
def test_bytes_that_are_no_text(client, question, raw):
    assert client.get(f"/search/?q={raw}").status_code == 200


def test_too_much_is_said_so_beside_the_field(client, db):
    response = look_for(client, "长" * 10_000)
    assert response.status_code == 400
    assert 'id="search-error"' in response.content.decode()
    assert response.context["results"] == []
    assert client.get("/search/suggest/", {"q": "长" * 10_000}).status_code == 200


@pytest.mark.parametrize("typed", ["", "   ", "😀", "*"])
def test_nothing_to_look_for(client, question, typed):
    response = look_for(client, typed)
    assert (response.status_code, titles(response)) == (200, [])


def test_what_is_typed_is_escaped(client, db):
    page = look_for(client, '<script>alert("x")</script>').content.decode()
    assert "<script>alert" not in page
    assert "&lt;script&gt;alert" in page


def test_takes_no_post(client, db):
    assert client.post("/search/").status_code == client.post("/search/suggest/").status_code == 405


def test_it_is_not_for_search_engines(client, question):
    assert '<meta name="robots" content="noindex">' in look_for(client, "flies").content.decode()


@pytest.mark.parametrize("path", ["/", "/topics/", "/sources/"])
def test_there_is_a_search_field_on_every_page(client, topic, path):
    page = client.get(path).content.decode()
    assert 'role="search" action="/search/"' in page
    assert 'class="tool tool-icon search-link" href="/search/"' in page


# --- Suggestions --------------------------------------------------------------------------------------------------


def test_suggestions_are_titles(client, make_question):
    make_question("Zebras & lions")
    make_question("Other", "zebras")
    page = client.get("/search/suggest/?q=zeb").content.decode()
    assert page.count('role="option"') == 1
    assert '<mark class="hit">Zeb</mark>ras &amp; lions' in page
    assert "<html" not in page


def test_suggestions_are_few_and_kept_by_nobody_else(client, make_question):
    for n in range(12):
        make_question(f"Zebra {n}")
    response = client.get("/search/suggest/?q=zebra")
    assert response.content.decode().count('role="option"') == 8
    assert "private" in response["Cache-Control"]


def test_suggestions_know_what_is_retired(signed_in, client, ada, question):
    Bookmark.objects.create(user=ada, question=question)
    Question.objects.update(retired_at=timezone.now())
    assert 'role="option"' in signed_in(ada).get("/search/suggest/?q=stripes").content.decode()
    assert 'role="option"' not in client.get("/search/suggest/?q=stripes").content.decode()


# --- As many queries for thirty as for three ----------------------------------------------------------------------


@pytest.mark.parametrize("rows", [3, 30])
@pytest.mark.parametrize("where", ["", "&topic=zebras&source=zebra-notes&language=en&answered=on"])
def test_queries(signed_in, client, ada, make_question, django_assert_num_queries, rows, where):
    for n in range(rows):
        question = make_question(f"Zebra {n}")
        Draft.objects.keep(ada, question, "zebra", 0)
        Answered.objects.create(user=ada, question=question)
    reader = signed_in(ada)
    reader.get("/search/?q=zebra")  # kinds of content are asked for once a process
    with django_assert_num_queries(3):  # hits, words and names, questions
        client.get(f"/search/?q=zebra{where}")
    with django_assert_num_queries(6):  # and session, reader, marks
        reader.get(f"/search/?q=zebra{where}")
    with django_assert_num_queries(2):
        client.get("/search/suggest/?q=zebra")


# --- The index ----------------------------------------------------------------------------------------------------


def test_rebuilt_it_finds_the_same(client, make_question):
    for title, answer in CORPUS:
        make_question(title, answer)
    before = {typed: titles(look_for(client, typed)) for typed in ORDER}
    rebuild()
    assert {typed: titles(look_for(client, typed)) for typed in ORDER} == before
