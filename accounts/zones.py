"""A reader's time zone: where their days begin."""

from datetime import UTC, datetime, time, timedelta
from functools import cache, lru_cache
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError, available_timezones

from django.conf import settings
from django.utils.translation import gettext_lazy as _

REGIONS = {
    "Asia": _("Asia"),
    "Europe": _("Europe"),
    "America": _("America"),
    "Australia": _("Australia"),
    "Africa": _("Africa"),
    "Pacific": _("Pacific"),
    "Atlantic": _("Atlantic"),
    "Indian": _("Indian Ocean"),
    "Antarctica": _("Antarctica"),
    "Arctic": _("Arctic"),
}


def zone_of(user):
    """The reader's own, or the site's."""
    return zone_named(getattr(user, "time_zone", ""))


def zone_named(name):
    """The site's where it is "", or where this machine does not know it: better that than no page at all."""
    try:
        return ZoneInfo(name or settings.TIME_ZONE)
    except ZoneInfoNotFoundError:
        return ZoneInfo(settings.TIME_ZONE)


def day_of(moment, zone):
    """The date on the reader's wall."""
    return moment.astimezone(zone).date()


@cache
def zones_of_regions():
    """Region → its zones by name. Old names stay among them: browsers go on saying Asia/Calcutta."""
    names = sorted(available_timezones())
    return {region: [ZoneInfo(name) for name in names if name.startswith(f"{region}/")] for region in REGIONS}


@lru_cache(1)
def zone_choices(day):
    """Name and label of every zone one may choose, by region, as a form field takes them; how they stand on `day`."""
    noon = datetime.combine(day, time(12), UTC)
    return [
        *(
            (REGIONS[region], [(zone.key, zone_label(zone, noon)) for zone in zones])
            for region, zones in zones_of_regions().items()
        ),
        ("UTC", "UTC"),
    ]


def zone_label(zone, moment):
    """The place, and how far its clock is from UTC at this time of the year: Shanghai (UTC+8)."""
    place = zone.key.partition("/")[2] or zone.key
    return f"{place.replace('_', ' ').replace('/', ', ')} ({_offset(zone, moment)})"


def _offset(zone, moment):
    minutes = moment.astimezone(zone).utcoffset() // timedelta(minutes=1)
    hours, more = divmod(abs(minutes), 60)
    return f"UTC{'−' if minutes < 0 else '+'}{hours}" + (f":{more:02}" if more else "")
