"""Checks the bundled notes, prints what was found and a table, and fails on an error."""

import sys
import time

from content.checks import code, equations, form, keys, rendering, sources, statements
from content.checks.notes import Language, read_languages


def main():
    started = time.monotonic()
    languages = list(read_languages())
    examples = list(code.examples(languages))
    code.run(examples)
    sums = [sum_ for language in languages for entry in language.entries for sum_ in equations.equations(entry)]
    found = sorted(
        [
            *keys.findings(languages),
            *form.findings(languages),
            *sources.findings(languages),
            *rendering.findings(languages),
            *code.findings(languages, examples),
            *equations.findings(sums),
            *statements.findings(languages),
        ]
    )
    print(*found, sep="\n", end="\n\n" if found else "")
    print(table([column(language, examples, sums) for language in languages]))
    print(f"\n{len(found)} findings in {time.monotonic() - started:.0f} s.")
    sys.exit(any(finding.level == "error" for finding in found))


def column(language: Language, examples, sums):
    """(what, how many) of one language."""
    entries = language.entries
    follow_ups = [entry for entry in entries if not entry.is_main]
    cited = {entry.key for entry in entries if sources.references(entry)}
    ran = [example for example in examples if example.entry.language == language.code]
    references = [reference for entry in entries for reference in sources.references(entry)]
    lengths = sorted(form.length(entry) for entry in entries if entry.is_main)
    return [
        ("", language.code),
        ("topics", len(language.notes.topics)),
        ("questions", len(entries)),
        ("  follow-ups among them", len(follow_ups)),
        ("  answered", sum(bool(entry.text.strip()) for entry in entries)),
        ("  of the index", sum(key in language.by_key for _, key in keys.read_index())),
        ("sources named", len(references)),
        ("  different papers", len({paper for reference in references for paper in reference.arxiv})),
        ("  follow-ups without one", sum(entry.key not in cited for entry in follow_ups)),
        ("words of a main answer, median", lengths[len(lengths) // 2]),
        ("  shortest", lengths[0]),
        ("  longest", lengths[-1]),
        ("formulas drawn", rendering.count_formulas(language)),
        ("code examples run", len(ran)),
        ("  outputs compared", sum(len(list(code.claims(example))) for example in ran)),
        ("  not run (libraries, accelerators)", sum(code.is_not_run(block) for e in entries for block in e.fences)),
        ("equations worked out", sum(equation.entry.language == language.code for equation in sums)),
        ("statements recomputed", statements.count()),
    ]


def table(columns):
    rows = zip(*columns, strict=True)
    return "\n".join(f"{row[0][0]:37}" + "".join(f"{value:>10}" for _, value in row) for row in rows)


if __name__ == "__main__":
    main()
