import pytest

from content.checks.notes import Language
from questions.markdown.reading.notes import read_notes

FORM = {
    "zh-hans": """# 显存 {#memory .topic}

## KV 缓存有多大？ {#kv-cache difficulty=2}

每个 token 占 2 × 32 × 8 × 128 × 2 B = 131,072 B。
""",
    "en": """# Memory {#memory .topic}

## How large is the KV cache? {#kv-cache difficulty=2}

A token takes 2 × 32 × 8 × 128 × 2 B = 131,072 B.
""",
}


@pytest.fixture
def written():
    """Notes in both languages: `written(en=…)` replaces the answer in one, below its question."""

    def write(**answers):
        languages = []
        for code, note in FORM.items():
            head, _, answer = note.rpartition("\n\n")
            text = f"{head}\n\n{answers.get(code.replace('-', '_'), answer)}\n"
            files = {"README.md": "---\nlanguage: en\n---\n\n# Notes\n\n- [Memory](memory.md)\n", "memory.md": text}
            languages.append(Language(code, files, read_notes(files)))
        return languages

    return write


@pytest.fixture
def entry(written):
    """The entry of one English answer."""
    return lambda answer: written(en=answer)[1].by_key["kv-cache"]
