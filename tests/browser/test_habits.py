"""The habits page offers the time zone of the browser, and never chooses it by itself."""

import pytest

pytestmark = pytest.mark.django_db(transaction=True)


def test_the_zone_of_the_browser_is_offered_and_chosen_by_hand(people, bo):
    page = people("bo", user=bo, timezone_id="Europe/Berlin")
    page.goto("/me/habits/")
    field = page.get_by_label("Time zone")
    assert field.input_value() == ""
    page.get_by_role("button", name="Choose it").click()
    assert field.input_value() == "Europe/Berlin"
    page.get_by_role("button", name="Save").click()
    page.get_by_text("Saved: Time zone.").wait_for()
    bo.refresh_from_db()
    assert bo.time_zone == "Europe/Berlin"
    assert page.get_by_text("Your browser says").is_hidden()
    assert people.complaints == []


@pytest.mark.parametrize("zone", ["Asia/Shanghai", "Asia/Calcutta"])
def test_nothing_is_offered_where_it_is_right_already(people, bo, zone):
    """Old names of zones are known too: browsers say them."""
    if zone != "Asia/Shanghai":
        bo.time_zone = zone
        bo.save()
    page = people("bo", user=bo, timezone_id=zone)
    page.goto("/me/habits/")
    assert page.get_by_text("Your browser says").is_hidden()


def test_it_works_without_scripts(people, bo):
    page = people("bo", user=bo, width=360, java_script_enabled=False)
    page.goto("/me/habits/")
    assert page.get_by_text("Your browser says").is_hidden()
    page.get_by_label("Time zone").select_option("Pacific/Kiritimati")
    page.get_by_label("Sunday").check()
    page.get_by_role("button", name="Save").click()
    page.get_by_text("Saved: Easy days · Time zone.").wait_for()
