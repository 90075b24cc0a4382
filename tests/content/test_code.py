import pytest

from content.checks import code


def check(languages, **limits):
    found = list(code.examples(languages))
    code.run(found, **limits)
    return [finding.message for finding in code.findings(languages, found)]


def fenced(source):
    return f"Like this:\n\n```python\n{source}\n```\n"


@pytest.mark.parametrize(
    "source",
    [
        "print(6 * 7)   # 42",
        "print((0.25, 1))   # (0.25, 1) before training",
        "for n in (1, 2):\n    print(n, n * n)\n# 1 1\n# 2 4",
        "for n in (1, 2):\n    print(n, n * n)\n# 1 1 / 2 4",
        "import numpy as np\nprint(np.arange(3).sum())   # 3",
        "assert True   # silent",
    ],
)
def test_what_prints_as_it_says(written, source):
    assert check(written(zh_hans=fenced(source), en=fenced(source))) == []


def test_a_comment_that_says_otherwise(written):
    wrong, right = "print(6 * 7)   # 43", "print(6 * 7)   # 42"
    (message,) = check(written(zh_hans=fenced(right), en=fenced(wrong)))
    assert message.startswith("The code prints “42”, and beside it stands “43”")


def test_a_comment_at_the_end_that_says_otherwise(written):
    source = "for n in (1, 2):\n    print(n, n * n)\n# 1 1\n# 2 5"
    assert len(check(written(zh_hans=fenced(source), en=fenced(source)))) == 2


def test_prose_that_says_otherwise(written):
    source = fenced("print(0.1234)")
    assert check(written(zh_hans=source, en=f"{source}\nIt prints 0.12, as expected.")) == []
    (message,) = check(written(zh_hans=source, en=f"{source}\nIt prints 0.13, as expected."))
    assert "“0.13”" in message


def test_code_that_fails_is_named_with_its_line(written):
    languages = written(zh_hans=fenced("x = 1"), en=fenced("x = 1\nx / 0"))
    found = list(code.examples(languages))
    code.run(found)
    (finding,) = code.findings(languages, found)
    assert "ZeroDivisionError" in finding.message
    assert finding.line == 9


def test_code_that_does_not_end(written):
    source = fenced("while True:\n    pass")
    assert "took more than" in check(written(zh_hans=source, en=source), seconds=1)[0]


def test_code_that_needs_more_is_left_alone(written):
    source = "```python no-run\nimport torch\n```\n"
    assert check(written(zh_hans=source, en=source)) == []


def test_code_in_one_language_only(written):
    (message,) = check(written(en=fenced("x = 1")))
    assert "0 code blocks here and 1 in content/en" in message
