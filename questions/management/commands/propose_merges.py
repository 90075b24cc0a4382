"""Looks through all sources for questions that may be one, and proposes them to the curators."""

from django.core.management.base import BaseCommand

from questions.models import MergeProposal
from questions.proposals import propose_merges


class Command(BaseCommand):
    help = "Proposes equal and similar questions of different sources for merging. Merges nothing."

    def handle(self, *args, **options):
        new = propose_merges()
        waiting = MergeProposal.objects.waiting().count()
        self.stdout.write(f"{new} proposals are new; {waiting} wait for a curator.")
