"""The curators' desk: Django admin behind the site's own sign-in, with its limits and second factor."""

from allauth.account.decorators import secure_admin_login
from django.contrib import admin
from django.db.models import Count, Min
from django.db.models.base import ModelBase
from django.utils.translation import gettext_lazy as _

from questions.models import Answer, Conflict, Letter, MergeProposal, RenameCandidate, Takedown

SECRET_APPS = {"mfa", "socialaccount", "usersessions"}


class CurationSite(admin.AdminSite):
    site_title = site_header = _("Interview Notes · curation")
    index_title = _("What waits for you")

    def register(self, model_or_iterable, admin_class=None, **options):
        """Leaves out the secrets of a sign-in: second factors, tokens, keys and devices are for nobody's eyes."""
        models = [model_or_iterable] if isinstance(model_or_iterable, ModelBase) else model_or_iterable
        shown = [model for model in models if model._meta.app_label not in SECRET_APPS]
        super().register(shown, admin_class, **options)

    def login(self, request, extra_context=None):
        return secure_admin_login(super().login)(request, extra_context)

    def index(self, request, extra_context=None):
        return super().index(request, waiting(request.user) | (extra_context or {}))


def waiting(curator):
    """What the index counts, as far as this curator may see it."""
    context = {}
    if curator.has_perm("questions.view_answer"):
        context["answers_waiting"] = Answer.objects.pending().aggregate(n=Count("pk"), oldest=Min("submitted_at"))
    if curator.has_perm("questions.view_conflict"):
        context["conflicts_waiting"] = Conflict.objects.aggregate(n=Count("pk"), oldest=Min("found_at"))
    if curator.has_perm("questions.view_renamecandidate"):
        waiting = RenameCandidate.objects.waiting()
        context["renames_waiting"] = waiting.aggregate(n=Count("pk"), oldest=Min("run__finished_at"))
    if curator.has_perm("questions.view_mergeproposal"):
        context["merges_waiting"] = MergeProposal.objects.waiting().aggregate(n=Count("pk"), oldest=Min("found_at"))
    if curator.has_perm("questions.view_takedown"):
        context["takedowns_waiting"] = Takedown.objects.waiting().aggregate(n=Count("pk"), oldest=Min("verified_at"))
        context["letters_not_sent"] = Letter.objects.filter(sent_at=None).count()
    return context
