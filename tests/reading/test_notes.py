"""What a folder of notes says: topics and questions in reading order."""

import textwrap

import pytest
from hypothesis import given
from hypothesis import strategies as st

from questions.markdown.reading.notes import read_notes


def notes_of(**files):
    """Reads files given as name=text; `__` in a name stands for a slash, and .md is added."""
    return read_notes(
        {f"{name.replace('__', '/')}.md": textwrap.dedent(text).lstrip("\n") for name, text in files.items()}
    )


def told(notes):
    """One line a question: its path, its parent's title after `<`, and its answer after `=`."""
    lines = []
    for question in notes.questions:
        parent = f" < {notes.questions[question.parent].title}" if question.parent is not None else ""
        answer = f" = {question.answer}" if question.answer else ""
        lines.append(f"{'/'.join(question.trail)}: {question.title}{parent}{answer}")
    return lines


INDEX = """
    # Animals

    Some words.

    - [x] **[Zebras](./zebras.md)**
      - [x] 1. Stripes
        - [x] 1. What are stripes?
        - [ ] 2. Why stripes?
      - [ ] 2. How fast?
      - [ ] 3. Where do they live?
        - [ ] 1. in the east
        - [ ] 2. in the south
    - [x] **[Cats]()**
      - [x] **[Big cats](./cats/big.md)**
        - [ ] 四、Which are there, and how do they differ?
          - [ ] 4.1 Lions
            - [ ] 4.1.1 What is a lion?
    - [ ] **[Birds](./birds.md)**

    ------
    ## **Donation**
    """


def test_index_with_tasks_and_links():
    notes = notes_of(README=INDEX)
    assert [topic.trail for topic in notes.topics] == [
        ("Zebras",),
        ("Zebras", "Stripes"),
        ("Cats",),
        ("Cats", "Big cats"),
        ("Cats", "Big cats", "Lions"),
        ("Birds",),
    ]
    assert told(notes) == [
        "Zebras/Stripes: What are stripes?",
        "Zebras/Stripes: Why stripes?",
        "Zebras: How fast?",
        "Zebras: Where do they live?",
        "Zebras: in the east < Where do they live?",
        "Zebras: in the south < Where do they live?",
        "Cats/Big cats: Which are there, and how do they differ?",
        "Cats/Big cats/Lions: What is a lion? < Which are there, and how do they differ?",
    ]


def test_index_takes_answers_from_the_files_it_links():
    zebras = """
        # Zebras

        ## Stripes

        ### 2. Why  stripes

        Flies.

        ### 3. What else?

        Nothing.

        ### 1. What are stripes?

        Hair.
        """
    notes = notes_of(README=INDEX, zebras=zebras)
    assert told(notes)[:3] == [
        "Zebras/Stripes: What are stripes? = Hair.",
        "Zebras/Stripes: Why stripes? = Flies.",
        "Zebras: How fast?",
    ]
    assert "Zebras: What else? = Nothing." in told(notes)
    assert notes.questions[0].file == "zebras.md"
    assert notes.questions[0].line == 13


def test_a_file_that_no_index_lists_is_appended():
    notes = notes_of(README=INDEX, extra__fish="# Fish\n\n## Do fish sleep?\n\nYes.\n\n## Do fish drink?\n\nSome.\n")
    assert told(notes)[-2:] == ["extra/Fish: Do fish sleep? = Yes.", "extra/Fish: Do fish drink? = Some."]


def test_keyed_headings_with_follow_ups_and_sections():
    text = """
        ---
        source: zoo
        licence: MIT
        ---
        # Zebras {#zebras .topic}

        About zebras.

        ## Why stripes? {#stripes difficulty=2}

        Flies.

        #### A heading of the answer

        More.

        ### Which flies? {#flies}

        Horseflies.

        ## Habits {#habits .topic}

        ### Do they sleep? {#sleep}
        """
    notes = notes_of(zebras=text)
    assert notes.manifest == {"source": "zoo", "licence": "MIT"}
    assert [(topic.key, topic.text) for topic in notes.topics] == [("zebras", "About zebras."), ("habits", "")]
    assert told(notes) == [
        "Zebras: Why stripes? = Flies.\n\n#### A heading of the answer\n\nMore.",
        "Zebras: Which flies? < Why stripes? = Horseflies.",
        "Zebras/Habits: Do they sleep?",
    ]
    assert [(q.key, q.difficulty, q.line) for q in notes.questions] == [
        ("stripes", 2, 9),
        ("flies", None, 17),
        ("sleep", None, 23),
    ]


def test_list_items_with_indented_answers():
    text = """
        # Zebras

        1. 💡 **Why stripes?**
            <aside>
            Because of flies:

            1. horseflies
            2. tsetse flies

            </aside>

        2. 💡 **How fast?**

            65 km/h
        """
    assert told(notes_of(zebras=text)) == [
        "Zebras: Why stripes? = Because of flies:\n\n1. horseflies\n2. tsetse flies",
        "Zebras: How fast? = 65 km/h",
    ]


def test_details_and_summary():
    text = """
        # Zebras

        <details>
        <summary>Why <code>stripes</code>?</summary><br><b>

        Because of **flies**.

        </b></details>

        <details>
        <summary>How fast?</summary>

        65 km/h
        </details>
        """
    notes = notes_of(zebras=text)
    assert [question.title for question in notes.questions] == ["Why stripes?", "How fast?"]
    assert notes.questions[0].answer.endswith("Because of **flies**.")
    assert notes.questions[1].answer == "65 km/h"


@pytest.mark.parametrize("empty", ["TODO", "Answer here", "Answer:", "<b></b>", "[Back to top](#top)", "...", "待补充"])
def test_what_only_looks_like_an_answer_is_none(empty):
    notes = notes_of(zebras=f"# Zebras\n\n## Why stripes?\n\n{empty}\n\n## How fast?\n\n65 km/h\n")
    assert [question.answer for question in notes.questions] == ["", "65 km/h"]


def test_comments_in_code_are_no_headings():
    text = "# Zebras\n\n## How to count?\n\n```python\n# one?\n## two?\n```\n\n## Why?\n\nSo.\n"
    assert [question.title for question in notes_of(zebras=text).questions] == ["How to count?", "Why?"]


@pytest.mark.parametrize("name", ["CONTRIBUTING", "LICENSE", "CODE_OF_CONDUCT", "CHANGELOG", ".github__x"])
def test_papers_of_the_house_are_no_notes(name):
    notes = notes_of(**{"zebras": "# Z\n\n## Why?\n\nSo.\n", name: "# C\n\n## How to contribute?\n\nSo.\n"})
    assert [question.title for question in notes.questions] == ["Why?"]


@pytest.mark.parametrize(
    "matter",
    ["a: &x [1]\nb: *x", "a: !!python/object:os.system x", "just: [broken", "- list", ": : :", "a: " + "[" * 5000],
)
def test_hostile_front_matter_is_text(matter):
    notes = notes_of(zebras=f"---\n{matter}\n---\n# Z\n\n## Why?\n\nSo.\n")
    assert notes.manifest == {}
    assert "Why?" in [question.title for question in notes.questions]


@given(st.dictionaries(st.sampled_from(["README.md", "a.md", "b/c.md"]), st.text(), min_size=1))
def test_any_text_is_read(files):
    notes = read_notes(files)
    assert all(question.title for question in notes.questions)
    assert all(notes.topics[question.topic].trail == question.trail for question in notes.questions)


MARKDOWN = st.lists(
    st.sampled_from(
        ["# A", "## B?", "### C {#c}", "- x?", "  - y", "    text", "", "```", "<details>", "<summary>Q?</summary>",
         "</details>", "1. z", "> q", "---", "| a | b |", "|---|---|", "$$", "[a](a.md)", "- **[t](b/c.md)**"]
    ),
    max_size=30,
).map("\n".join)  # fmt: skip


@given(MARKDOWN, MARKDOWN)
def test_any_markdown_is_read(readme, note):
    notes = read_notes({"README.md": readme, "a.md": note, "b/c.md": note})
    for question in notes.questions:
        assert question.line >= 1
        assert question.parent is None or question.parent < len(notes.questions)
