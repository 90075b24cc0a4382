"""What the editor asks for while somebody types: how it will look, and a place for a picture."""

from django.conf import settings
from django.http import JsonResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from markdownx.views import ImageUploadView, MarkdownifyView

from accounts.limits import within_limit
from questions.forms import PictureForm


def refuse(status, message):
    return JsonResponse({"error": message}, status=status)


class ForReaders:
    """Answers by POST only, to those who are signed in, `times` a minute. A script asks, so it is answered in JSON."""

    http_method_names = ["post"]

    def dispatch(self, request, *args, **kwargs):
        if not request.user.is_authenticated:
            return refuse(401, _("You are signed out. Sign in again in another tab; what you typed stays here."))
        if not within_limit(request.user, self.act, self.times, seconds=60):
            return refuse(429, _("Too fast. Wait a minute and try again."))
        return super().dispatch(request, *args, **kwargs)


class Preview(ForReaders, MarkdownifyView):
    act, times = "preview", 120

    def post(self, request, *args, **kwargs):
        content = request.POST.get("content")
        if content is None:
            return refuse(400, _("There is no text."))
        if len(content) > settings.TEXT_LIMIT:
            return refuse(413, _("The text is longer than %(limit)s characters.") % {"limit": settings.TEXT_LIMIT})
        return super().post(request, *args, **kwargs)


class PictureUpload(ForReaders, ImageUploadView):
    act, times = "upload", 20
    form_class = PictureForm

    def form_valid(self, form):
        upload = form.save(self.request.user)
        return JsonResponse({"image_code": f"![]({reverse('media', args=[upload.file.name])})"})

    def form_invalid(self, form):
        return refuse(400, " ".join(form.errors.get("image", [])))


editor_preview = Preview.as_view()
editor_upload = PictureUpload.as_view()
