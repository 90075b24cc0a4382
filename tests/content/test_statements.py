import pytest

from content.checks import statements
from content.checks.statements import Check


@pytest.fixture
def checking(monkeypatch, written):
    """What is found when these are the checks."""

    def check(*checks, **answers):
        monkeypatch.setattr(statements, "checks", lambda: checks)
        return [finding.message for finding in statements.findings(written(**answers))]

    return check


@pytest.mark.parametrize(
    ("words", "value"),
    [
        ("131,072 B", 131072),
        ("17.2 GB", 17.18),
        ("−0.378", -0.37796),
        ("4.2e22", 4.2e22),
        ("175 × 10⁹", 175e9),
        (r"3.5 \times 10^{-4}", 3.5e-4),
        ("41.9 million", 41_943_040),
        ("4194 万", 41_943_040),
    ],
)
def test_figures_as_people_write_them(words, value):
    assert Check("kv-cache", words, value).agrees(words)


def test_a_figure_is_held_to_its_digits():
    assert not Check("kv-cache", "17.2 GB", 17.26).agrees("17.2 GB")
    assert not Check("kv-cache", "131,072 B", 131_073).agrees("131,072 B")
    assert Check("kv-cache", "about 2,300", 2_302, tolerance=0.01).agrees("about 2,300")


def test_a_statement_that_stands_in_both_languages(checking):
    assert checking(Check("kv-cache", "131,072 B", 2 * 32 * 8 * 128 * 2)) == []


def test_a_number_that_is_off(checking):
    messages = checking(Check("kv-cache", "131,072 B", 2 * 32 * 8 * 64 * 2))
    assert len(messages) == 2
    assert "is 65,536 when worked out" in messages[0]


def test_words_that_are_gone_from_one_language(checking):
    (message,) = checking(Check("kv-cache", "131,072 B", 131072), en="Much.")
    assert "no longer stands here" in message


def test_words_are_not_found_inside_a_longer_number(checking):
    assert len(checking(Check("kv-cache", "31,072 B", 31072))) == 2
    assert len(checking(Check("kv-cache", "1,072 B", 1072))) == 2


def test_a_key_that_is_gone(checking):
    assert "is not there" in checking(Check("kv-cash", "131,072 B", 131072))[0]


def test_every_statement_of_the_notes_is_about_something():
    checks = list(statements.checks())
    assert len(checks) > 900
    assert all(statements.FIGURE.search(words) for check in checks for words in (check.words, check.zh) if words)
