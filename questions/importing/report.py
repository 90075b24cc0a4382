"""A plan in words and as the JSON that scripts rely on."""

from collections import Counter
from hashlib import blake2b

KEPT = 5_000  # changes of each kind that a history lists


def as_json(plan, *, dry_run, reasons=()):
    """The contract of `import_notes --json`; `reasons` are those for which it was refused. Answers are for `str`."""
    notes = plan.notes
    refusals = [{"level": "error", "file": "", "line": 0, "message": reason} for reason in reasons]
    return {
        "source": plan.source.slug,
        "dry_run": dry_run,
        "counts": plan.counts,
        "topics": [{"path": list(topic.trail), "file": topic.file} for topic in notes.topics],
        "questions": [_question(planned, plan) for planned in plan.questions],
        "retired": [{"key": row.owner_key, "title": row.imported_title} for row in plan.retired],
        "candidates": plan.candidates,
        "problems": refusals + [vars(problem) for problem in [*notes.problems, *plan.problems]],
    }


def as_history(plan):
    """What is kept of a plan: everything but the questions that stay the same, of very many changes those to look at.

    `sizes` says how many there are of each, and `digest` stands for them all: two plans with one history are the same.
    """
    named = {row["new"] for row in plan.candidates}
    changes, sizes, digest = [], Counter(), blake2b(digest_size=16)
    for planned in plan.questions:
        if planned.change != "same":
            change = _change(planned)
            sizes[planned.change] += 1
            digest.update(repr(change).encode("utf-8", "surrogatepass"))
            if sizes[planned.change] <= KEPT or planned.key in named:
                changes.append(change)
    return {
        "changes": changes,
        "sizes": dict(sizes),
        "digest": digest.hexdigest(),
        "retired": [{"key": row.owner_key, "title": row.imported_title} for row in plan.retired],
        "candidates": plan.candidates,
        "problems": [vars(problem) for problem in [*plan.notes.problems, *plan.problems]],
    }


def as_counts(plan):
    """What is kept of a plan in numbers."""
    return plan.counts | {"problems": len(plan.notes.problems) + len(plan.problems)}


def _change(planned):
    parsed = planned.parsed
    return {
        "key": planned.key,
        "title": parsed.title,
        "path": list(parsed.trail),
        "file": parsed.file,
        "line": parsed.line,
        "change": planned.change,
    }


def _question(planned, plan):
    parsed = planned.parsed
    return {
        "key": planned.key,
        "id": planned.owner_id,
        "path": list(parsed.trail),
        "parent": None if parsed.parent is None else plan.questions[parsed.parent].key,
        "title": parsed.title,
        "answer": parsed.kept_answer,
        "file": parsed.file,
        "line": parsed.line,
        "change": planned.change,
    }


def as_text(plan, *, verbose, reasons=()):
    """For a terminal, line by line: the counts, and if `verbose` each change."""
    told = ", ".join(f"{n} {name}" for name, n in plan.counts.items() if n or name == "questions")
    yield f"{plan.source.slug}: {told}"
    if verbose:
        for planned in plan.questions:
            parsed = planned.parsed
            if planned.change != "same":
                yield f"  {planned.change:9} {parsed.file}:{parsed.line}  {parsed.title}"
        yield from (f"  retired   {row.imported_title}" for row in plan.retired)
        yield from (f"  renamed?  {row['old']} → {row['new']} ({row['score']})" for row in plan.candidates)
    yield from (f"  error: :0 {reason}" for reason in reasons)
    yield from (f"  {p.level}: {p.file}:{p.line} {p.message}" for p in [*plan.notes.problems, *plan.problems])
