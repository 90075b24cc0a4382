import pytest

from content.checks import keys


@pytest.fixture(autouse=True)
def small(monkeypatch):
    """Notes of one question are enough here."""
    monkeypatch.setattr(keys, "LEAST", 1)
    monkeypatch.setattr(keys, "LEAST_IN", {"memory": 1})
    monkeypatch.setattr(keys, "read_index", lambda: [("1", "kv-cache")])


def messages(languages):
    return [finding.message for finding in keys.findings(languages)]


def test_both_languages_alike(written):
    assert messages(written()) == []


def test_a_question_in_one_language_only(written):
    (message,) = messages(written(en="It grows.\n\n## Why? {#kv-why difficulty=1}\n\nSo."))
    assert message == "kv-why is not in content/zh-hans: write it there too."


def test_another_difficulty_or_parent(written):
    answer = "It grows.\n\n### Why? {#kv-why difficulty=1}\n\nSo."
    other = "It grows.\n\n## Why? {#kv-why difficulty=1}\n\nSo."
    (message,) = messages(written(zh_hans=answer, en=other))
    assert "follow-up of kv-cache here and" in message


def test_another_order(written):
    one = "So.\n\n## Why? {#kv-why difficulty=1}\n\nSo.\n\n## When? {#kv-when difficulty=1}\n\nThen."
    other = "So.\n\n## When? {#kv-when difficulty=1}\n\nThen.\n\n## Why? {#kv-why difficulty=1}\n\nSo."
    (message,) = messages(written(zh_hans=one, en=other))
    assert message == "kv-why stands where content/en has kv-when: use one order."


def test_a_key_that_stands_twice(written):
    answer = "It grows.\n\n## Why? {#kv-cache difficulty=1}\n\nSo."
    assert "The key kv-cache stands 2 times: choose another." in messages(written(zh_hans=answer, en=answer))


def test_a_question_of_the_index_that_is_missing(written, monkeypatch):
    monkeypatch.setattr(keys, "read_index", lambda: [("7", "kv-cash")])
    assert messages(written()) == ["Number 7 of the index, kv-cash, is missing."] * 2


def test_too_few_questions(written, monkeypatch):
    monkeypatch.setattr(keys, "LEAST", 2)
    monkeypatch.setattr(keys, "LEAST_IN", {"memory": 3})
    assert messages(written())[:2] == [
        "1 main questions, which should be 2 at least.",
        "memory has 1 main questions, which should be 3 at least.",
    ]


def test_the_index_is_whole():
    numbers = [line.split()[0] for line in keys.INDEX.read_text("utf-8").splitlines() if line and line[0] != "#"]
    assert len(numbers) == 160  # 148 questions, and 12 groups of them
