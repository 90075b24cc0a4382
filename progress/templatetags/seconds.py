"""How long something took, as a clock shows it."""

from django import template

register = template.Library()


@register.filter
def as_clock(seconds):
    """90 → "1:30", 3661 → "1:01:01"."""
    minutes, seconds = divmod(int(seconds), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02}:{seconds:02}" if hours else f"{minutes}:{seconds:02}"
