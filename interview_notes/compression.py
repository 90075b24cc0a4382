"""Pages are compressed on their way out; static files are compressed already, and pictures are as small as they get."""

from django.middleware.gzip import GZipMiddleware


class CompressPages(GZipMiddleware):
    """Django's, which adds a random length: how small a page becomes does not give away a secret in it (BREACH)."""

    def process_response(self, request, response):
        return response if response.streaming else super().process_response(request, response)
