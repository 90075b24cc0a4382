"""The keys of topics and questions: those that the notes give, and those made for what has none."""

from collections import Counter

from questions import identity
from questions.importing.standing import in_parts
from questions.markdown.reading.notes import Problem
from questions.markdown.reading.titles import normalise
from questions.models import Question

LONGEST_KEY = 200


def drop_repeated_keys(parsed, problems):
    """Leaves each explicit key with the first that bears it."""
    seen = {}
    for one in parsed:
        if len(one.key) > LONGEST_KEY:
            message = f"The key is longer than {LONGEST_KEY} characters: it is left out."
            problems.append(Problem("error", one.file, one.line, message))
            one.key = ""
        if one.key in seen:
            first = seen[one.key]
            message = f"The key {one.key!r} stands already in {first.file}, line {first.line}: it is left out here."
            problems.append(Problem("error", one.file, one.line, message))
            one.key = ""
        elif one.key:
            seen[one.key] = one


def owners_by_key(model, strangers, source, problems):
    """Key → primary key of the Topics or Questions that other sources know in another language: the same, translated.

    The same key in the same language is another source's own choice of words; it is left apart, and said. The key of a
    question that was merged into another leads to that one.
    """
    wanted = {one.key: one for one in strangers if one.key}
    owners = {}
    for known in in_parts(_with_notes(model), "key", wanted):
        owner = getattr(known, "merged_into", None) or known
        if all(note.language != source.language or note.retired_at for note in owner.notes.all()):
            owners[known.key] = owner.pk
        else:
            one = wanted[known.key]
            message = f"The key {one.key!r} belongs to another source in this language: this one gets a key of its own."
            problems.append(Problem("warning", one.file, one.line, message))
    return owners


def _with_notes(model):
    if model is Question:
        return Question.objects.select_related("merged_into").prefetch_related("notes", "merged_into__notes")
    return model.objects.prefetch_related("notes")


def new_keys(model, source, strangers):
    """A key for each topic or question that is new, by its identity: the explicit one, or one made of its place.

    It is made, not drawn by lot, so that a dry run can tell it. Where it is taken, the next free number is added.
    """
    wanted = {id(one): one.key or _key_of_place(source, one) for one in strangers}
    turns, twins = {}, Counter()
    for one in strangers:
        twins[wanted[id(one)]] += 1
        turns[id(one)] = twins[wanted[id(one)]]
    keys, waiting = {}, list(strangers)
    while waiting:
        tries = {id(one): _numbered(wanted[id(one)], turns[id(one)]) for one in waiting}
        taken = {owner.key for owner in in_parts(model.objects.only("key"), "key", tries.values())}
        taken.update(keys.values())
        for one in waiting:
            if tries[id(one)] in taken:
                turns[id(one)] += twins[wanted[id(one)]]
            else:
                keys[id(one)] = tries[id(one)]
                taken.add(tries[id(one)])
        waiting = [one for one in waiting if id(one) not in keys]
    return keys


def _numbered(key, turn):
    return key if turn == 1 else f"{key[: LONGEST_KEY - 10]}-{turn}"


def _key_of_place(source, one):
    place = "\x00".join([one.file, *map(normalise, one.trail), normalise(one.title)])
    return f"{source.slug}-{identity.fingerprint(place, '')[:12]}"
