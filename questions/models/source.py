"""Where notes come from."""

from urllib.parse import quote, urlsplit

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from questions.models.freezable import Freezable
from questions.querysets import SourceQuerySet
from questions.surroundings import Surroundings

UNKNOWN_LICENCE = "unknown"
CODE_HOSTS = {"github.com", "gitlab.com", "gitee.com"}  # they show a file at /blob/<commit>/<path>


class Source(Freezable):
    """Its provenance stands on every page that shows one of its Notes."""

    class Mode(models.TextChoices):
        FULL = "full", _("questions and answers")
        QUESTIONS_ONLY = "questions-only", _("questions only")
        LINK_ONLY = "link-only", _("questions, with a link to the answers")

    slug = models.SlugField(_("address"), max_length=100, unique=True)
    title = models.CharField(_("title"), max_length=300)
    url = models.URLField(_("web address"), max_length=500, blank=True)
    author = models.CharField(_("author"), max_length=300, blank=True)
    licence = models.CharField(_("licence"), max_length=100, help_text=_("An SPDX identifier, or “unknown”."))
    mode = models.CharField(_("mode"), max_length=20, choices=Mode)
    language = models.CharField(_("language"), max_length=20)
    commit = models.CharField(_("commit"), max_length=64, blank=True)
    digest = models.CharField(
        max_length=64,
        blank=True,
        editable=False,
        help_text="Of everything the last import read: the same bytes again change nothing.",
    )
    synced_at = models.DateTimeField(_("last synced"), null=True, blank=True)
    contact = models.EmailField(
        _("contact"), blank=True, help_text=_("Told of takedowns of its texts. Shown to curators only.")
    )

    objects = SourceQuerySet.as_manager()

    class Meta:
        ordering = ["title"]
        verbose_name = _("source")
        verbose_name_plural = _("sources")
        constraints = [
            models.CheckConstraint(
                condition=~models.Q(licence=UNKNOWN_LICENCE, mode="full") & ~models.Q(licence=""),
                name="source_full_needs_licence",
                violation_error_message=_("An unknown licence does not allow answers: choose another mode."),
            ),
            models.CheckConstraint(
                condition=models.Q(mode__in=["full", "questions-only", "link-only"]), name="source_mode_known"
            ),
        ]

    def __str__(self):
        return self.title

    def get_absolute_url(self):
        return reverse("source", args=[self.slug])

    @property
    def files_address(self):
        """Our address for each of its files: the path follows."""
        return f"{self.get_absolute_url()}notes/"

    def surroundings(self):
        """What its notes may link to and show, as last imported."""
        files = {*self.notes.values_list("file", flat=True), *self.topicnotes.values_list("file", flat=True)}
        pictures = {one.path: (one.file.url, one.width, one.height) for one in self.pictures.all()}
        return Surroundings(self.files_address, self.url, frozenset(files - {""}), pictures)

    def url_of(self, file, line=0):
        """The address of a file at the commit last imported, or of the whole source where its host is not known."""
        host = urlsplit(self.url).hostname or ""
        if not file or host.removeprefix("www.") not in CODE_HOSTS:
            return self.url
        address = f"{self.url.removesuffix('/').removesuffix('.git')}/blob/{self.commit or 'HEAD'}/{quote(file)}"
        return f"{address}#L{line}" if line else address
