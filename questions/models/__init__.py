"""What can be asked, where it comes from, and what people answer."""

from questions.models.answer import Answer
from questions.models.candidate import RenameCandidate
from questions.models.import_run import Import
from questions.models.merge import Merge, MergeProposal
from questions.models.note import Conflict, Note, TopicNote
from questions.models.picture import Picture
from questions.models.question import Question
from questions.models.revision import Revision
from questions.models.search import Findable, SearchEntry
from questions.models.source import Source
from questions.models.takedown import Block, BlockedShingle, Letter, Step, Takedown, TakedownTarget
from questions.models.topic import Topic
from questions.models.upload import Upload

__all__ = [
    "Answer", "Block", "BlockedShingle", "Conflict", "Findable", "Import", "Letter", "Merge", "MergeProposal", "Note",
    "Picture", "Question", "RenameCandidate", "Revision", "SearchEntry", "Source", "Step", "Takedown", "TakedownTarget",
    "Topic", "TopicNote", "Upload",
]  # fmt: skip
