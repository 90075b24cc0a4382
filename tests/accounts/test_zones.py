"""In which zone a reader sees days and hours, and what they may choose from."""

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest
from django.utils import timezone

from accounts.zones import day_of, zone_choices, zone_label, zone_of
from questions.models import Answer

JUNE, JANUARY = date(2026, 6, 1), date(2026, 1, 1)


def labels(day):
    return {name: label for _region, zones in zone_choices(day)[:-1] for name, label in zones}


def test_the_site_is_where_a_reader_is_who_has_said_nothing(bo, settings):
    settings.TIME_ZONE = "Europe/Paris"
    assert zone_of(bo).key == "Europe/Paris"
    bo.time_zone = "Pacific/Kiritimati"
    assert zone_of(bo).key == "Pacific/Kiritimati"


def test_a_zone_that_this_machine_does_not_know_is_no_reason_to_show_nothing(signed_in, bo):
    bo.time_zone = "Mars/Olympus"
    bo.save()
    assert zone_of(bo).key == "Asia/Shanghai"
    assert signed_in(bo).get("/me/").status_code == 200


@pytest.mark.parametrize(
    ("name", "june", "january"),
    [
        ("Asia/Shanghai", "Shanghai (UTC+8)", "Shanghai (UTC+8)"),
        ("Europe/London", "London (UTC+1)", "London (UTC+0)"),
        ("Asia/Kathmandu", "Kathmandu (UTC+5:45)", "Kathmandu (UTC+5:45)"),
        ("America/St_Johns", "St Johns (UTC−2:30)", "St Johns (UTC−3:30)"),
        ("Pacific/Kiritimati", "Kiritimati (UTC+14)", "Kiritimati (UTC+14)"),
        ("America/Argentina/Buenos_Aires", "Argentina, Buenos Aires (UTC−3)", "Argentina, Buenos Aires (UTC−3)"),
    ],
)
def test_a_zone_says_how_far_its_clock_is_from_utc(name, june, january):
    assert labels(JUNE)[name] == june
    assert labels(JANUARY)[name] == january


def test_what_browsers_call_zones_can_be_chosen():
    """Chromium says the old name of some."""
    assert {"Asia/Calcutta", "Asia/Kolkata", "Asia/Saigon", "Asia/Katmandu", "America/Buenos_Aires"} <= {*labels(JUNE)}
    assert zone_choices(JUNE)[-1] == ("UTC", "UTC")
    assert zone_label(ZoneInfo("UTC"), datetime(2026, 6, 1, tzinfo=UTC)) == "UTC (UTC+0)"


@pytest.mark.parametrize(
    ("zone", "day"),
    [("Pacific/Kiritimati", 2), ("Asia/Shanghai", 2), ("UTC", 1), ("America/Los_Angeles", 1), ("Pacific/Niue", 1)],
)
def test_one_moment_is_on_different_days(zone, day):
    assert day_of(datetime(2026, 3, 1, 18, tzinfo=UTC), ZoneInfo(zone)).day == day


# --- What pages show ---------------------------------------------------------------------------------------------


@pytest.fixture
def late_answer(question, ada):
    """Handed in when it was 3 March in Kiribati, and still 1 March in California."""
    answer = Answer.objects.submit(question, ada, "Flies.", "en")
    answer.submitted_at = datetime(2026, 3, 2, 10, 30, tzinfo=UTC)
    answer.save()
    return answer


@pytest.mark.parametrize(
    ("zone", "shown"),
    [("", "March 2, 2026"), ("Pacific/Kiritimati", "March 3, 2026"), ("Pacific/Niue", "March 1, 2026")],
)
def test_days_are_those_of_the_reader(signed_in, ada, late_answer, zone, shown):
    ada.time_zone = zone
    ada.save()
    page = signed_in(ada).get("/me/answers/", headers={"accept-language": "en"}).content.decode()
    assert shown in page


def test_the_next_request_begins_in_the_zone_of_the_site(signed_in, ada, late_answer, client):
    ada.time_zone = "Pacific/Kiritimati"
    ada.save()
    signed_in(ada).get("/me/answers/")
    assert timezone.get_current_timezone_name() == "Asia/Shanghai"
    late_answer.state = "published"
    late_answer.save()
    page = client.get(f"{late_answer.get_absolute_url()}?lang=en").content.decode()
    assert "March 2, 2026" in page
