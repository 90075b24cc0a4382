"""`{{ pieces|hits }}`: a text with what was looked for marked in it."""

from django import template
from django.utils.html import format_html, format_html_join

register = template.Library()


@register.filter
def hits(pieces):
    """`pieces` as `questions.search_words` gives them."""
    return format_html_join("", "{}", ((_marked(piece),) for piece in pieces))


def _marked(piece):
    return format_html('<mark class="hit">{}</mark>', piece.text) if piece.is_hit else piece.text
