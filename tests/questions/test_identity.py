"""Questions are recognised through every edit that leaves them a trait; nothing else is ever applied."""

from dataclasses import dataclass, replace

from hypothesis import given, settings
from hypothesis import strategies as st

from questions import identity
from questions.identity import Known, propose, recognise
from questions.markdown.reading.notes import read_notes
from questions.markdown.reading.titles import normalise


@dataclass(frozen=True)
class Said:
    """A question as its author knows it: `who` never appears in the notes."""

    who: int
    title: str
    answer: str
    topic: str
    file: str


def written(saids, numbering="{}. "):
    """The notes an author would write, one file after the other, and who stands where in them."""
    files, order = {}, []
    for file in sorted({said.file for said in saids}):
        lines = []
        for topic in dict.fromkeys(said.topic for said in saids if said.file == file):
            lines += [f"# {topic}", ""]
            for n, said in enumerate(s for s in saids if (s.file, s.topic) == (file, topic)):
                lines += [f"## {numbering.format(n + 1)}{said.title}", "", said.answer, ""]
                order.append(said.who)
        files[file] = "\n".join(lines)
    return files, order


def known(files):
    notes = read_notes(files)
    return [
        Known(q.key, identity.place(q.file, q.trail), normalise(q.title), identity.digest(q.answer))
        for q in notes.questions
    ]


def recognised(before, after, **how):
    """Who of `after` is taken for whom of `before`, as pairs of `who`."""
    old_files, old_order = written(before)
    new_files, new_order = written(after, **how)
    old, new = known(old_files), known(new_files)
    assert len(old) == len(old_order)
    assert len(new) == len(new_order)
    return {new_order[i]: old_order[j] for i, j in recognise(new, old).items()}


# Titles may repeat (twins); answers tell everyone apart.
@st.composite
def trees(draw):
    places = draw(st.lists(st.tuples(st.sampled_from("ABC"), st.sampled_from("xy")), min_size=1, max_size=12))
    titles = draw(st.lists(st.integers(0, 6), min_size=len(places), max_size=len(places)))
    saids = [
        Said(
            who,
            f"What is thing {title}?",
            f"Thing told by author number {who}, in words of its own.",
            f"Topic {t}",
            f"{t}{f}.md",
        )
        for who, (title, (t, f)) in enumerate(zip(titles, places, strict=True))
    ]
    return sorted(saids, key=lambda said: (said.file, said.topic))


@given(trees())
def test_the_same_notes_are_recognised_whole(tree):
    assert recognised(tree, tree) == {said.who: said.who for said in tree}


@given(trees(), st.randoms())
def test_order_and_numbering_do_not_matter(tree, chance):
    shuffled = list(tree)
    chance.shuffle(shuffled)
    shuffled.sort(key=lambda said: (said.file, said.topic))
    assert recognised(tree, shuffled, numbering="（{}）") == {said.who: said.who for said in tree}


@given(trees())
def test_renamed_files_and_topics_do_not_matter(tree):
    moved = [replace(said, file=f"elsewhere/{said.file}", topic=f"New {said.topic}") for said in tree]
    assert recognised(tree, moved) == {said.who: said.who for said in tree}


@given(trees(), st.data())
def test_random_edits_keep_everyone_who_keeps_a_trait(tree, data):
    """Each question may vanish, move, get a new title, or — if its title is nobody else's — a new answer."""
    titles = [said.title for said in tree]
    after, survivors = [], set()
    for said in tree:
        edits = ["keep", "vanish", "move", "rename"] + ["reword"] * (titles.count(said.title) == 1)
        edit = data.draw(st.sampled_from(edits))
        if edit == "vanish":
            continue
        survivors.add(said.who)
        if edit == "move":
            said = replace(said, topic="Topic Z", file="z.md")
        elif edit == "rename":
            said = replace(said, title=f"In what way is {said.who} called now?")
        elif edit == "reword":
            said = replace(said, answer=f"Said again by {said.who}, and quite differently from before.")
        after.append(said)
    for n in range(data.draw(st.integers(0, 4))):
        after.insert(
            0,
            Said(
                100 + n, f"A question never asked before, {n}?", f"Answer never given before, {n}.", "Topic N", "n.md"
            ),
        )
    found = recognised(tree, after)
    assert {who: found.get(who) for who in survivors} == {who: who for who in survivors}
    assert not [who for who in found if who >= 100]


@given(trees())
def test_a_new_twin_before_an_old_one_takes_nothing(tree):
    twins = [replace(said, who=100 + said.who, answer=f"A newcomer's answer, number {said.who}.") for said in tree]
    both = [one for pair in zip(twins, tree, strict=True) for one in pair]
    assert recognised(tree, both) == {said.who: said.who for said in tree}


@settings(max_examples=50)
@given(trees(), trees())
def test_nobody_is_taken_for_two(one, other):
    found = recognised(one, other)
    assert len(set(found.values())) == len(found)


def test_a_short_answer_identifies_nobody():
    old = [Known("", ("a",), "x", identity.digest("Yes."))]
    new = [Known("", ("a",), "y", identity.digest("Yes."))]
    assert recognise(new, old) == {}


def test_an_answer_that_two_share_identifies_nobody():
    same = identity.digest("An answer long enough to be compared.")
    old = [Known("", ("a",), "x", same)]
    new = [Known("", ("a",), "y", same), Known("", ("a",), "z", same)]
    assert recognise(new, old) == {}


def test_a_live_twin_goes_before_a_retired_one():
    old = [Known("", ("a",), "x", is_live=False), Known("", ("a",), "x")]
    assert recognise([Known("", ("a",), "x")], old) == {0: 1}


def test_similar_titles_are_proposed_best_first_and_once():
    new = [(0, "How does LoRA save memory?"), (1, "What is RoPE?")]
    old = [(0, "How does LoRA save the memory?"), (1, "How does LoRA save memory in training?"), (2, "Who won?")]
    assert [(i, j) for i, j, score in propose(new, old)] == [(0, 0)]
