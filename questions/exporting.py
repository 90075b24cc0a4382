"""Writes a source as canonical Markdown: importing it again changes nothing."""

import re
from collections import defaultdict

import yaml
from django.utils.text import slugify
from markdown_it import MarkdownIt

from questions.models import Note, TopicNote

DEEPEST = 6  # the levels of headings that Markdown has
CLOSINGS = ("", "\n```", "\n~~~", "\n-->", "\n</pre>", "\n</script>", "\n</style>", "\n?>", "\n]]>", "\n\n</details>")

_parser = MarkdownIt("commonmark")
_parser.core.ruler.enableOnly(["normalize", "block"])


def canonical_files(source):
    """Path → text: an index, and a file for each topic. What a curator edited here is exported as it stands here."""
    topics = list(TopicNote.objects.filter(source=source, retired_at=None).select_related("topic"))
    notes = list(Note.objects.filter(source=source, retired_at=None).exclude(title="").select_related("question"))
    names = _file_names(topics)
    on_topic = defaultdict(list)
    for note in notes:
        on_topic[note.topic_id].append(note)
    keys = {note.question_id: note.question.key for note in notes}
    files = {"README.md": _index(source, topics, names)}
    for topic in topics:
        files[names[topic.topic_id]] = _topic(topic, on_topic[topic.topic_id], keys)
    return files


def _file_names(topics):
    names, taken = {}, {"readme.md"}
    for topic in topics:
        base = slugify(topic.topic.key)[:80] or "topic"
        name, turn = f"{base}.md", 1
        while name in taken:
            turn += 1
            name = f"{base}-{turn}.md"
        taken.add(name)
        names[topic.topic_id] = name
    return names


def _index(source, topics, names):
    facts = ("title", "author", "url", "licence", "mode", "language")
    manifest = {"source": source.slug, **{name: getattr(source, name) for name in facts}}
    matter = yaml.safe_dump(manifest, allow_unicode=True, sort_keys=False, width=1000)
    below = defaultdict(list)
    for topic in topics:
        below[topic.parent_id if topic.parent_id in names else None].append(topic)
    lines = [f"---\n{matter}---\n", f"# {escaped(source.title)}\n"]

    def list_below(parent, depth):
        for topic in below[parent]:
            words = escaped(topic.title.replace("[", "(").replace("]", ")"))  # the file has the title itself
            lines.append(f"{'  ' * depth}- [{words}]({names[topic.topic_id]})")
            list_below(topic.topic_id, depth + 1)

    list_below(None, 0)
    return "\n".join(lines) + "\n"


def _topic(topic, notes, keys):
    parts = [f"# {escaped(topic.title)} {{#{topic.topic.key} .topic}}", *_words(topic.introduction)]
    follow_ups, firsts = defaultdict(list), []
    here = {note.question_id for note in notes}
    for note in notes:
        (follow_ups[note.parent_id] if note.parent_id in here else firsts).append(note)

    def write(note, level, parent_key):
        parts.append(_heading(note, min(level, DEEPEST), parent_key))
        parts.extend(_words(note.answer))
        for one in follow_ups[note.question_id]:
            # Below the deepest heading there is no place: the attribute says whose follow-up it is.
            write(one, level + 1, note.question.key if level >= DEEPEST else "")

    for note in firsts:
        write(note, 2, keys.get(note.parent_id, ""))
    return "\n\n".join(parts) + "\n"


def _heading(note, level, follows):
    attributes = [f"#{note.question.key}"]
    if note.question.difficulty:
        attributes.append(f"difficulty={note.question.difficulty}")
    if follows:
        attributes.append(f"follows={follows}")
    return f"{'#' * level} {escaped(note.title)} {{{' '.join(attributes)}}}"


def escaped(title):
    """A title that reads as it is written: no mark in it means anything."""
    return re.sub(r"([\\`*_\[\]<>&{}#!~|])", r"\\\1", title)


def _words(text):
    """The text as one part, or none; it neither begins a question nor swallows what stands below it."""
    text = re.sub(r"^( {0,3}#{1,6}[ \t].*)(\{[#.][^{}\n]*\}[ \t]*)$", r"\1\\\2", text, flags=re.M).strip("\n")
    for closing in CLOSINGS if text.strip() else ():
        if ends_before_a_heading(text + closing):
            return [text + closing]
    return [text] if text.strip() else []


def ends_before_a_heading(text):
    """Whether a heading below `text` is one: no fence, fold or HTML block is open at its end."""
    if text.lower().count("<details") > text.lower().count("</details"):
        return False
    tokens = _parser.parse(f"{text}\n\n# end")
    return (
        len(tokens) >= 3 and tokens[-3].type == "heading_open" and tokens[-3].level == 0 and tokens[-2].content == "end"
    )
