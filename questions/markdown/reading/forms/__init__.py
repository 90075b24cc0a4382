"""The forms that notes come in, a file each: a page's blocks become entries in the form that fits most of its lines."""

from questions.markdown.reading.entries import QUESTION
from questions.markdown.reading.forms.cards import cards, definitions
from questions.markdown.reading.forms.details import details
from questions.markdown.reading.forms.headings import headings, listed_headings
from questions.markdown.reading.forms.items import items
from questions.markdown.reading.forms.keyed import keyed
from questions.markdown.reading.forms.marked_items import heading_items, loose_items
from questions.markdown.reading.forms.paragraphs import labelled, numbered, strong, strong_numbers
from questions.markdown.reading.forms.tables import tables
from questions.markdown.reading.forms.whole import declared, whole

# How sure a form is of questions that are not phrased as such: a summary is hardly ever anything else.
FORMS = (
    (whole, 0.15),
    (listed_headings, 0.16),
    (headings, 0.15),
    (details, 0.6),
    (heading_items, 0.6),
    (items, 0.2),
    (loose_items, 0.1),
    (labelled, 0.3),
    (strong, 0.1),
    (strong_numbers, 0.25),
    (numbered, 0.05),
    (tables, 0.6),
    (cards, 0.6),
    (definitions, 0.6),
)


def read_entries(page):
    """The entries of a page in the form that fits most of its lines."""
    if page.is_keyed:
        return keyed(page)
    if entry := declared(page):
        entry.settle()
        return [entry]
    best, entries = 0, []
    for form, trust in FORMS:
        found = form(page)
        if found and (fit := _fit(found, trust, page)) > best:
            best, entries = fit, found
    for root in entries:
        for entry in root.walk():
            entry.settle()
    if page.is_index_name and not _links(entries) and asking_share(entries) < 0.3 and _count(entries) < 12:
        return []
    return entries


def _links(entries):
    return any(entry.title.href is not None and not entry.is_question for root in entries for entry in root.walk())


def _fit(entries, trust, page):
    """The share of the page's lines that belong to questions, by how much these sound like questions."""
    covered = count = asking = linked = 0
    waiting = list(entries)
    while waiting:
        entry = waiting.pop()
        if entry.role == QUESTION:
            covered += entry.end - entry.start
            told = list(entry.walk())
            count += len(told)
            asking += sum(each.title.asks for each in told)
        else:
            linked += entry.title.links_note
            covered += entry.title.links_note
            waiting += entry.children
    if not count + linked:
        return 0
    share = min(1, covered / len(page.lines))
    return share * (trust + (asking + linked) / (count + linked))


def _count(entries):
    return sum(entry.is_question for root in entries for entry in root.walk())


def asking_share(entries):
    """Which share of the questions in `entries` is phrased as one; 0 if there are none."""
    told = [entry for root in entries for entry in root.walk() if entry.role == QUESTION]
    return sum(entry.title.asks for entry in told) / len(told) if told else 0
