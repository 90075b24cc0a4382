"""The index of words: which entry is found by which. All that SQLite and PostgreSQL do differently is here.

It is a table of its own that Django does not manage: an FTS5 table, or words as a tsvector under a GIN index. Neither
knows positions, ranks or languages: it only tells which entries have all words, so both give the same.
"""

from django.db import connection
from django.db.models import Func, Value

from questions.search_words import SALIENT, TITLE

MAKE = {
    "sqlite": [
        """CREATE VIRTUAL TABLE questions_search_words USING fts5(
            words, detail=none, columnsize=0, tokenize="ascii tokenchars '=+'")""",  # TITLE and SALIENT
        # Larger parts, written less often.
        "INSERT INTO questions_search_words(questions_search_words, rank) VALUES ('hashsize', 8000000)",
    ],
    "postgresql": [
        # Words live beside the rows, which stay small: a common word touches most of them.
        """CREATE TABLE questions_search_words (rowid bigint PRIMARY KEY, words tsvector NOT NULL)
            WITH (toast_tuple_target = 128)""",
        # Told how common words are, the planner would read all of them in turn, and take ten times as long.
        "ALTER TABLE questions_search_words ALTER COLUMN words SET STATISTICS 0",
        "CREATE INDEX questions_search_words_gin ON questions_search_words USING gin (words)",
    ],
}
# The words of an entry go with it, however it goes: a reader's account takes their drafts along.
FOLLOW = {
    "sqlite": [
        """CREATE TRIGGER IF NOT EXISTS questions_search_words_follow AFTER DELETE ON questions_searchentry BEGIN
            DELETE FROM questions_search_words WHERE rowid = old.id; END""",
    ],
    "postgresql": [
        """CREATE OR REPLACE FUNCTION questions_search_words_follow() RETURNS trigger LANGUAGE plpgsql AS
            'BEGIN DELETE FROM questions_search_words WHERE rowid = OLD.id; RETURN NULL; END'""",
        """CREATE OR REPLACE TRIGGER questions_search_words_follow AFTER DELETE ON questions_searchentry
            FOR EACH ROW EXECUTE FUNCTION questions_search_words_follow()""",
    ],
}
UNMAKE = {
    "sqlite": ["DROP TRIGGER IF EXISTS questions_search_words_follow", "DROP TABLE questions_search_words"],
    "postgresql": ["DROP FUNCTION questions_search_words_follow() CASCADE", "DROP TABLE questions_search_words"],
}
PUT = {
    "sqlite": "INSERT OR REPLACE INTO questions_search_words (rowid, words) VALUES (%s, %s)",
    "postgresql": """INSERT INTO questions_search_words (rowid, words)
        SELECT pk, array_to_tsvector(string_to_array(said, ' '))
        FROM unnest(%s::bigint[], %s::text[]) AS given (pk, said)
        ON CONFLICT (rowid) DO UPDATE SET words = EXCLUDED.words""",
}
# How a word, the beginning of a word, all of several and one of several are asked for.
WORD = {"sqlite": '"{}"', "postgresql": "'{}'"}
BEGINNING = {"sqlite": '"{}"*', "postgresql": "'{}':*"}
ALL = {"sqlite": " AND ", "postgresql": " & "}
ONE = {"sqlite": " OR ", "postgresql": " | "}


def make(schema_editor):
    for statement in MAKE[schema_editor.connection.vendor]:
        schema_editor.execute(statement)
    follow_entries(schema_editor.execute)


def unmake(schema_editor):
    for statement in UNMAKE[schema_editor.connection.vendor]:
        schema_editor.execute(statement)


def follow_entries(execute):
    """SQLite loses a trigger without a word when a migration alters the table it stands on: this puts it back."""
    for statement in FOLLOW[connection.vendor]:
        execute(statement)


def put(words_by_entry):
    """Writes by which words entries are found (primary key → list of words), in place of those before."""
    said = {pk: " ".join(words) for pk, words in words_by_entry.items()}
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.executemany(PUT["sqlite"], list(said.items()))
        else:
            cursor.execute(PUT["postgresql"], [list(said), list(said.values())])


def empty():
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM questions_search_words")


class Having(Func):
    """The entries that have what an expression asks for, for `pk__in=`."""

    arity = 1

    def as_sqlite(self, compiler, connection):
        template = "(SELECT rowid FROM questions_search_words WHERE questions_search_words MATCH %(expressions)s)"
        return self.as_sql(compiler, connection, template=template)

    def as_postgresql(self, compiler, connection):
        template = "(SELECT rowid FROM questions_search_words WHERE words @@ (%(expressions)s)::tsquery)"
        return self.as_sql(compiler, connection, template=template)


# What to ask for: all terms; all in the title; all, and one of them in the title; all of them often.


def everywhere(terms, mark=""):
    return Value(_all(terms, mark))


def in_title(terms):
    return everywhere(terms, TITLE)


def partly_in_title(terms):
    one = ONE[connection.vendor].join(f"({_one(term, TITLE)})" for term in terms)
    return Value(f"({one}){ALL[connection.vendor]}{_all(terms, '')}")


def often(terms):
    return everywhere(terms, SALIENT)


def _all(terms, mark):
    return ALL[connection.vendor].join(_one(term, mark) for term in terms)


def _one(term, mark):
    """Words are letters and digits, so nothing in them can be taken for anything else."""
    form = (BEGINNING if term.begins else WORD)[connection.vendor]
    return ALL[connection.vendor].join(form.format(mark + word) for word in term.words)
