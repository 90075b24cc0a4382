"""Which questions of different sources may be one: found by equal titles, equal answers, similar titles."""

import pytest
from django.core.management import call_command

from progress.merging import merge, undo
from questions.models import MergeProposal, Question, Source
from questions.proposals import FEW, Asked, Reason, find_pairs, propose_merges


def asked(*rows):
    """Each row is "source language title" or with a digest behind "|"; questions count from 1."""
    found = []
    for question, row in enumerate(rows, 1):
        said, _, digest = row.partition("|")
        source, language, title = said.split(" ", 2)
        found.append(Asked(question, int(source), language, title.strip(), digest.strip()))
    return found


@pytest.mark.parametrize(
    ("rows", "pairs"),
    [
        (["1 en What is BERT?", "2 en what is **BERT**"], {(1, 2): Reason.SAME_TITLE}),
        (["1 en What is BERT? | x", "2 en What is BERT | x"], {(1, 2): Reason.SAME}),
        (["1 en What is BERT? | x", "2 en Tell me all | x"], {(1, 2): Reason.SAME_ANSWER}),
        (["1 zh-hans 什么是 BERT？", "2 zh-hans 什么是BERT"], {(1, 2): Reason.SAME_TITLE}),
        (["1 en What is BERT?", "1 en What is BERT?"], {}),  # twins in one source
        (["1 en BERT", "2 zh-hans BERT"], {}),  # a translation is tied by its key
        (["1 en What is BERT?", "2 en Why do zebras have stripes?"], {}),
        (["1 en One |", "2 en Two |"], {}),  # no answer is no equal answer
        (["1 en How does LoRA save memory?", "2 en How does LoRA save so much memory?"], {(1, 2): Reason.SIMILAR}),
        (["1 zh-hans 为什么需要位置编码？", "2 zh-hans 为什么要位置编码"], {(1, 2): Reason.SIMILAR}),
        (["1 zh-hans 什么是Transformer模型", "2 zh-hans 什么是Transformer"], {(1, 2): Reason.SIMILAR}),
        (["1 en How does LoRA save memory?", "1 en How does LoRA save so much memory?"], {}),
        (["1 en What is A?", "2 en What is A?", "3 en What is A?"], dict.fromkeys([(1, 2), (1, 3), (2, 3)], 2)),
        (["1 en Summary"] * 6 + ["2 en Summary"], {}),  # what one source says all the time says nothing
    ],
)
def test_pairs(rows, pairs):
    assert {pair: reason for pair, (reason, _) in find_pairs(asked(*rows)).items()} == pairs


def test_of_many_that_are_equal_each_is_proposed_once():
    many = asked(*(f"{source} en What is BERT?" for source in range(1, FEW + 3)))
    assert sorted(find_pairs(many)) == [(1, n) for n in range(2, FEW + 3)]


def test_pairs_of_one_source_only():
    rows = asked("1 en A?", "2 en A?", "3 en B?", "2 en B?", "1 en C?", "3 en C?")
    assert sorted(find_pairs(rows, 2)) == [(1, 2), (3, 4)]


def test_a_question_with_notes_of_both_sources_is_not_proposed_with_either():
    rows = [*asked("1 en A?", "2 en A?"), Asked(1, 2, "en", "A, again?")]
    assert find_pairs(rows) == {}


def test_the_more_alike_come_first():
    rows = asked(
        "1 en one two three four five", "2 en one two three four five six", "3 en one two three four six seven"
    )
    ((pair, (reason, score)),) = find_pairs(rows).items()
    assert (pair, reason) == ((1, 2), Reason.SIMILAR)
    assert 0.9 < score < 1


# --- In the database ---------------------------------------------------------------------------------------------


@pytest.fixture
def ask(make_question):
    """ask("horses", "Why stripes?"): a question of that source."""

    def make(slug, title, answer="", language="en"):
        source, _ = Source.objects.get_or_create(
            slug=slug, defaults={"title": slug, "licence": "MIT", "mode": "full", "language": language}
        )
        question = make_question(title, answer)
        question.notes.update(source=source, language=language)
        return question

    return make


def waiting():
    return list(MergeProposal.objects.waiting().values_list("first", "second"))


def test_proposed_and_never_merged(ask):
    one, other = ask("a", "Why stripes?"), ask("b", "Why stripes")
    assert propose_merges() == 1
    assert waiting() == [(one.pk, other.pk)]
    assert Question.objects.live().count() == 2


def test_looking_twice_finds_nothing_new(ask):
    ask("a", "Why stripes?"), ask("b", "Why stripes")
    propose_merges()
    before = list(MergeProposal.objects.values())
    assert propose_merges() == 0
    assert list(MergeProposal.objects.values()) == before


def test_a_refusal_is_remembered(ask, cleo):
    ask("a", "Why stripes?"), ask("b", "Why stripes")
    propose_merges()
    MergeProposal.objects.get().refuse(by=cleo)
    assert propose_merges() == 0
    assert waiting() == []
    assert MergeProposal.objects.get().decided_by == cleo


def test_a_refusal_holds_for_the_question_it_became(ask, cleo):
    a, b, c = ask("a", "Why stripes?"), ask("b", "Why stripes"), ask("c", "why stripes")
    propose_merges()
    MergeProposal.objects.get(first=b, second=c).refuse(by=cleo)
    merge(a, b, by=cleo)
    MergeProposal.objects.filter(decided_at=None).delete()
    propose_merges()
    assert waiting() == []


def test_what_is_proposed_of_a_question_follows_it_into_another(ask, cleo):
    a, b, c = ask("a", "Why stripes?"), ask("b", "Why stripes"), ask("c", "why stripes")
    propose_merges()
    MergeProposal.objects.get(first=b, second=c).delete()
    done = merge(b, a, by=cleo)
    assert waiting() == [(b.pk, c.pk)]
    assert MergeProposal.objects.get(accepted=True).decided_by == cleo
    undo(done, by=cleo)
    assert sorted(waiting()) == [(a.pk, b.pk), (a.pk, c.pk)]
    propose_merges()
    assert sorted(waiting()) == [(a.pk, b.pk), (a.pk, c.pk), (b.pk, c.pk)]


def test_what_is_not_alike_any_more_does_not_wait(ask, cleo):
    one, _ = ask("a", "Why stripes?"), ask("b", "Why stripes")
    refused = [ask("a", "How fast?"), ask("b", "How fast")]
    propose_merges()
    MergeProposal.objects.between(*refused).get().refuse(by=cleo)
    one.notes.update(title="Something else?")
    propose_merges()
    assert waiting() == []
    assert MergeProposal.objects.count() == 1


def test_after_an_import_only_its_source_is_looked_at(ask):
    ask("a", "Why stripes?"), ask("b", "Why stripes")
    ask("b", "How fast?"), ask("c", "How fast")
    assert propose_merges(Source.objects.get(slug="c")) == 1
    assert propose_merges(Source.objects.get(slug="a")) == 1
    assert len(waiting()) == 2


def test_a_source_alone_in_its_language_costs_one_query(ask, django_assert_num_queries):
    ask("a", "Why stripes?"), ask("b", "为什么？", language="zh-hans")
    alone = Source.objects.get(slug="a")
    with django_assert_num_queries(1):
        assert propose_merges(alone) == 0


@pytest.mark.parametrize("rows", [3, 30])
def test_no_query_a_row(ask, django_assert_num_queries, rows):
    for n in range(rows):
        ask("a", f"Why {n}?"), ask("b", f"Why {n}")
    with django_assert_num_queries(5):  # the notes; begin, what stands, the proposals, end
        assert propose_merges() == rows


def test_by_command(ask, capsys):
    ask("a", "Why stripes?"), ask("b", "Why stripes")
    call_command("propose_merges")
    assert capsys.readouterr().out == "1 proposals are new; 1 wait for a curator.\n"
