"""A reader's time zone: where their days begin."""

from zoneinfo import ZoneInfo, available_timezones

from django.conf import settings


def zone_of(user):
    """The reader's own, or the site's."""
    return ZoneInfo(getattr(user, "time_zone", "") or settings.TIME_ZONE)


def is_zone(name):
    return name in available_timezones()


def day_of(moment, zone):
    """The date on the reader's wall."""
    return moment.astimezone(zone).date()
