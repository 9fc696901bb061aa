"""Names are judged as a Kubernetes server judges them."""

from __future__ import annotations

import pytest

from itdo_platform_gen.checks.cron import fault_of_schedule
from itdo_platform_gen.checks.indexes import count_of_indexes
from itdo_platform_gen.checks.names import is_dns_label, is_dns_subdomain, is_label_value, is_path_segment, is_port_name


@pytest.mark.parametrize(("name", "fits"), [("1a", True), ("a" * 63, True), ("a" * 64, False), ("A", False)])
def test_a_label_is_short_and_lower_case(name: str, fits: bool) -> None:  # noqa: FBT001
    assert is_dns_label(name) == fits


def test_forms_differ_in_what_they_take() -> None:
    assert is_dns_subdomain("a.b") and not is_dns_subdomain("a..b") and not is_dns_subdomain("a" * 254)  # noqa: PT018
    assert is_path_segment("example:Reader") and not is_path_segment("..")  # noqa: PT018
    assert is_label_value("") and not is_label_value("b c")  # noqa: PT018
    assert is_port_name("http") and not is_port_name("80")  # noqa: PT018


@pytest.mark.parametrize("schedule", ["*/5 * * * *", "0 0 * JAN MON-FRI", "@every 1h30m", "*-5 * * * *", "0 0 ? * *"])
def test_a_schedule_that_the_server_takes(schedule: str) -> None:
    assert fault_of_schedule(schedule) is None


@pytest.mark.parametrize("schedule", ["* * * *", "60 * * * *", "0 0 * * 7", "*/0 * * * *", "5-1 * * * *", "@reboot"])
def test_a_schedule_that_the_server_refuses(schedule: str) -> None:
    assert fault_of_schedule(schedule)


@pytest.mark.parametrize(("written", "count"), [("", 0), ("0,2-3", 3), ("2,1", None), ("0-5", None), ("a", None)])
def test_indexes_are_counted(written: str, count: int | None) -> None:
    assert count_of_indexes(written, 5) == count
