"""Notes that somebody wrote to break the reader: never a crash or a hang, and cost grows with size, not faster."""

import time

import pytest

from questions.markdown.reading.notes import read_notes
from questions.markdown.reading.titles import read_title

N = 2000  # of everything below; the same at 50 times the size was measured by hand
LONGEST = 1.0  # seconds

NOTES = {
    "a long line": "# A\n\n" + "x" * 100 * N,
    "a long line of markup": "# A\n\n" + "x *y* `z [a](b " * 10 * N,
    "a long heading": "# " + "[a" * 50 * N,
    "a heading of emoji": "# " + "🚀" * 50 * N,
    "questions": "# A\n\n" + "## Why?\n\nSo.\n\n" * N,
    "items": "# A\n\n" + "- Why?\n" * N,
    "items with answers": "# A\n\n" + "1. Why?\n\n   So.\n\n" * N,
    "items with answers below": "# A\n\n" + "1. Why?\n\nSo.\n\n" * N,
    "summaries": "<details>\n<summary>Why?</summary>\n\nSo.\n\n</details>\n\n" * N,
    "bold paragraphs": "# A\n\n" + "**Why?**\n\nSo.\n\n" * N,
    "labels": "# A\n\n" + "Q: Why?\nA: So.\n\n" * N,
    "rows": "|Question|Answer|\n|---|---|\n" + "|Why?|So|\n" * N,
    "nested items": "".join("  " * i + "- a\n" for i in range(N // 4)),
    "nested markers": "- " * 5 * N + "a",
    "nested quotes": ">" * 5 * N + " a",
    "nested brackets": "# " + "[" * 5 * N + "\n\n" + "[" * 5 * N,
    "nested details": "<details><summary>a?</summary>\n\n" * (N // 2) + "</details>\n\n" * (N // 2),
    "details never closed": "<details>\n\n" * N,
    "divs never closed": "<div>\n\n" * N,
    "headings never closed": "<h1>" * N + "\n" + "<h1>a</h1>\n" * N,
    "comments never closed": "<!--" * N,
    "fences never closed": "```\n" * (N + 1),
    "dollars": "# A\n\n## Why?\n\n" + "$" * 100_000,
    "front matter never closed": "---\na: b\n" * N,
    "deep front matter": "---\na: " + "[" * 9000 + "\n---\n# A\n\n## Why?\n\nSo.",
    "a YAML bomb": "---\na: &a [x,x]\nb: &b [*a,*a]\nc: &c [*b,*b]\n---\n# A\n\n## Why?\n\nSo.",
    "a YAML object": "---\na: !!python/object/apply:os.system [x]\n---\n# A\n\n## Why?\n\nSo.",
    "scripts": "# A\n\n## Why?<script>x</script>\n\n<style>y</style><base href=z></textarea>" * (N // 10),
    "pipes": "|" * 50 * N + "\n" + "|-" * N + "\n",
    "setext": "a\n---\n" * N,
    "nothing": "\0\n" * N,
    "carriage returns": "# A\r## Why?\r\rSo.\r" * N,
    "right to left": "# \u202eA\n\n## \u202eWhy?\n\n\u202eSo.\n" * (N // 10),
}


@pytest.mark.parametrize("text", NOTES.values(), ids=NOTES.keys())
def test_hostile_note(text):
    start = time.perf_counter()
    notes = read_notes({"README.md": "# Index\n\n- [a](a.md)\n", "a.md": text})
    assert time.perf_counter() - start < LONGEST
    assert all(question.title for question in notes.questions)


TITLES = (
    "[",
    "[a",
    "**a ",
    "*a",
    "_a_",
    "`",
    "` `` ",
    "![",
    "![](",
    "[a](",
    "[a]((",
    "<",
    "<a ",
    "{#a ",
    "🚀",
    "&",
    "[[a",
    "\\",
)
TITLES += (
    "1.",
    "Q",
    "一",
    "[src](",
    "__a",
    "**",
    "([",
    "] (",
    "](",
    "?)",
    "**a*b",
    "a 🚀",
    '[](a "',
    "1、",
    "第",
    "（1）",
)


@pytest.mark.parametrize("part", TITLES)
def test_hostile_title(part):
    start = time.perf_counter()
    for _ in range(20):
        read_title(part * 50_000)
    assert time.perf_counter() - start < LONGEST


def test_indexes_that_list_each_other():
    chain = {f"{i}/README.md": f"- [next](../{i + 1}/README.md)\n\n## Why {i}?\n\nSo.\n" for i in range(500)}
    ring = {
        "README.md": "- [first](0/README.md)\n",
        "499/README.md": "- [first](../0/README.md)\n- [all](../README.md)\n",
    }
    assert len(read_notes(chain | ring).questions) == 499


@pytest.mark.parametrize(
    "href", ["file:///etc/passwd", "javascript:x", "http://10.0.0.1/a.md", "../../../a.md", "//a.md", "%2e%2e/a.md"]
)
def test_links_out_of_the_source_lead_nowhere(href):
    notes = read_notes({"README.md": f"# I\n\n- [a]({href})\n- [Zebras](z.md)\n", "z.md": "# Z\n\n## Why?\n\nSo.\n"})
    assert [question.title for question in notes.questions] == ["Why?"]


def test_cost_grows_with_size():
    def cost(size):
        text = (
            "# A\n\n"
            + "## Why?\n\n- so\n\n<details>\n<summary>More</summary>\n\nx\n\n</details>\n\n**Bold?**\n\n" * size
        )
        start = time.perf_counter()
        read_notes({"a.md": text})
        return time.perf_counter() - start

    cost(100)
    assert min(cost(1600) for _ in range(2)) < 40 * max(cost(100) for _ in range(3))
