"""The history of imports is there to be read."""

import pytest

from questions.admin.import_run import SHOWN
from questions.models import Import

LIST = "/admin/questions/import/"


@pytest.fixture
def run(source, cleo):
    change = {"key": "k", "path": ["Zebras"], "file": "zebras.md", "line": 12}
    return Import.objects.create(
        source=source,
        by=cleo,
        origin="/notes",
        state="applied",
        counts={"topics": 1, "questions": 300, "answers": 2, "added": 250, "renamed": 1, "retired": 1, "conflicts": 1},
        plan={
            "changes": [
                *(change | {"title": f"New {n}", "change": "added"} for n in range(250)),
                change | {"title": "<b>Renamed</b>", "change": "renamed"},
                change | {"title": "Both changed", "change": "conflict"},
            ],
            "retired": [{"key": "old", "title": "An old one"}],
            "candidates": [{"old": "Why stripe?", "new": "Why stripes?", "score": 0.83}],
            "problems": [{"level": "warning", "file": "zebras.md", "line": 3, "message": "No answer."}],
        },
    )


def test_the_plan_can_be_read(desk, run):
    html = desk.get(f"{LIST}{run.pk}/change/", headers={"accept-language": "en"}).text
    assert "Added · 250" in html
    assert "New 0" in html
    assert f"New {SHOWN}" not in html
    assert f"and {250 - SHOWN} more" in html
    assert "&lt;b&gt;Renamed&lt;/b&gt;" in html
    assert "zebras.md:12" in html
    assert "In conflict · 1" in html
    assert "An old one" in html
    assert "Why stripe?" in html
    assert "No answer." in html
    assert "zebras.md:3" in html


def test_the_list_sums_up(desk, run):
    html = desk.get(LIST, headers={"accept-language": "en"}).text
    assert "250 added · 1 renamed · 1 retired · 1 in conflict" in html


def test_a_plan_that_says_nothing(desk, source):
    run = Import.objects.create(source=source, origin="/notes")
    assert desk.get(f"{LIST}{run.pk}/change/").status_code == 200
    assert desk.get(LIST).status_code == 200


def test_nothing_is_changed_here(desk, run):
    assert desk.get(f"{LIST}{run.pk}/delete/").status_code == 403
    assert desk.post(f"{LIST}{run.pk}/change/", {"origin": "elsewhere"}).status_code == 403
