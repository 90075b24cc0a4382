"""The tree of shelves that questions stand on."""

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from questions.models.titles import Titled
from questions.querysets import TopicQuerySet


class Topic(Titled):
    """A named shelf of Questions; a tree of any depth."""

    key = models.CharField(_("key"), max_length=200, unique=True)
    slug = models.SlugField(_("address"), max_length=200, unique=True, allow_unicode=True)
    parent = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="children", verbose_name=_("parent")
    )
    path = models.CharField(
        max_length=500, editable=False, db_index=True, help_text="Ids from the root down to here: /3/17/."
    )
    position = models.PositiveIntegerField(_("position"), default=0)
    retired_at = models.DateTimeField(_("retired"), null=True, blank=True)

    objects = TopicQuerySet.as_manager()

    class Meta:
        ordering = ["position", "pk"]
        verbose_name = _("topic")
        verbose_name_plural = _("topics")

    def save(self, *args, **kwargs):
        super().save(*args, **kwargs)
        self.move_branch()

    def get_absolute_url(self):
        return reverse("topic", args=[self.slug])

    @property
    def depth(self):
        return self.path.count("/") - 2

    @property
    def ancestor_ids(self):
        """Primary keys from the root down to the parent."""
        return [int(part) for part in self.path.split("/")[1:-2]]

    def move_branch(self):
        """Writes this topic's path, and those of everything below it, if the parent has changed."""
        path = f"{self.parent.path if self.parent else '/'}{self.pk}/"
        if path == self.path:
            return
        before, self.path = self.path, path
        branch = Topic.objects.filter(path__startswith=before) if before else Topic.objects.none()
        below = [topic for topic in branch if topic.pk != self.pk]
        for topic in below:
            topic.path = path + topic.path.removeprefix(before)
        Topic.objects.bulk_update([self, *below], ["path"])
