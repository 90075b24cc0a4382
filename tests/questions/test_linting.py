"""What authors are told about their notes, with file and line."""

import json

import pytest
from django.core.management import CommandError, call_command

from questions.linting import lint
from questions.markdown.reading.notes import read_notes

GOOD = "# Zebras\n\n## Why stripes?\n\nFlies, $p < 0.05$. See [lions](lions.md) and ![Zebra](zebra.png).\n"
LIONS = "# Lions\n\n## Who sleeps?\n\nLions.\n"


def told(zebras, **others):
    files = {"zebras.md": zebras, "lions.md": LIONS} | others
    return [
        (p.line, p.level, p.message) for p in lint(files, {"zebra.png"}, read_notes(files)) if p.file == "zebras.md"
    ]


def test_good_notes_have_no_problems():
    assert told(GOOD) == []


@pytest.mark.parametrize(
    ("text", "line", "level", "words"),
    [
        ("[gone](gone.md)", 5, "error", "gone.md leads nowhere"),
        ("\n\n[gone](../../secret.md)", 7, "error", "leads nowhere"),
        ("[x](javascript:alert(1))", 5, "error", "leads nowhere"),
        ("[here](#nobody)", 5, "warning", "#nobody"),
        ("![gone](gone.png)", 5, "error", "picture gone.png"),
        (r"$\frac{1}{$", 5, "error", "cannot be drawn"),
        ("```mermaid\ngraph TD; A-->B\n```", 5, "warning", "Mermaid diagram is shown as its source"),
        ("#### Deep", 5, "warning", "level 2 to one of level 4"),
        ("TODO", 3, "warning", "No answer"),
        ("Flies.\n\n## 2. Why stripes\n\nHorseflies.", 7, "warning", "line 3"),
    ],
)
def test_each_kind_of_problem(text, line, level, words):
    problems = told(f"# Zebras\n\n## Why stripes?\n\n{text}\n")
    assert [(one[0], one[1]) for one in problems] == [(line, level)]
    assert words in problems[0][2]


def test_links_that_work_are_no_problem():
    assert told(GOOD + "\n[a](https://example.org/x.md) [b](lions.md#who-sleeps) [c](#why-stripes) [d](lions)\n") == []


def test_code_is_not_looked_at():
    assert told(GOOD + "\n```\n[gone](gone.md) ![x](gone.png) $\\frac$\n```\n") == []


def test_the_command_names_file_and_line(tmp_path, capsys):
    (tmp_path / "zebras.md").write_text("# Zebras\n\n## Why?\n\n[gone](gone.md)\n")
    with pytest.raises(SystemExit) as end:
        call_command("lint_notes", str(tmp_path))
    assert end.value.code == 1
    assert "zebras.md:5: error: The link gone.md leads nowhere." in capsys.readouterr().out
    with pytest.raises(SystemExit):
        call_command("lint_notes", str(tmp_path), "--json")
    assert json.loads(capsys.readouterr().out)["problems"][0]["line"] == 5


def test_the_command_refuses_what_it_cannot_read(tmp_path):
    with pytest.raises(CommandError, match="does not exist"):
        call_command("lint_notes", str(tmp_path / "nowhere"))
