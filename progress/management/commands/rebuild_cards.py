"""Makes every Card anew from the log of Reviews."""

from django.contrib.auth import get_user_model
from django.core.management.base import BaseCommand
from django.db import transaction
from django.db.models import Exists, OuterRef, Q

from progress.models import Card, Review
from progress.practising import lock, refold


class Command(BaseCommand):
    help = "Makes every reader's cards anew from the log of their reviews, and says how many differed."

    def handle(self, **options):
        hanging = (Exists(rows.objects.filter(user=OuterRef("pk"))) for rows in (Review, Card))
        readers = get_user_model().objects.filter(Q(*hanging, _connector=Q.OR)).order_by("pk")
        differed = sum(self._rebuild(reader) for reader in readers.iterator())
        cards = Card.objects.count()
        self.stdout.write(f"{cards} cards made anew from {Review.objects.count()} reviews: {differed} differed.")

    def _rebuild(self, reader):
        with transaction.atomic():
            lock(reader)
            return refold(reader)
