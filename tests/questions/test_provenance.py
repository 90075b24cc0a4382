"""Where a reference answer comes from, as a link."""

import pytest

from questions.models import Note, Source


@pytest.mark.parametrize(
    ("url", "commit", "address"),
    [
        (
            "https://github.com/zoe/zebras",
            "abc1234",
            "https://github.com/zoe/zebras/blob/abc1234/a%20b/%E9%9D%A2.md#L7",
        ),
        ("https://github.com/zoe/zebras.git", "", "https://github.com/zoe/zebras/blob/HEAD/a%20b/%E9%9D%A2.md#L7"),
        ("https://gitee.com/zoe/zebras/", "abc", "https://gitee.com/zoe/zebras/blob/abc/a%20b/%E9%9D%A2.md#L7"),
        ("https://zoe.example.org/notes", "abc", "https://zoe.example.org/notes"),
        ("https://github.com.evil.example/zoe/zebras", "abc", "https://github.com.evil.example/zoe/zebras"),
        ("", "abc", ""),
    ],
)
def test_a_note_links_its_file_at_its_commit(url, commit, address):
    note = Note(source=Source(url=url, commit=commit), file="a b/面.md", line=7)
    assert note.url == address
