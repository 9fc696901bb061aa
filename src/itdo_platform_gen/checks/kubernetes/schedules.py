"""A CronJob's schedule and time zone are ones that Kubernetes can read."""

from __future__ import annotations

from typing import TYPE_CHECKING

from itdo_platform_gen.checks.cron import fault_of_schedule
from itdo_platform_gen.checks.group import is_builtin
from itdo_platform_gen.checks.reading import at
from itdo_platform_gen.checks.rule import Finding, Rule
from itdo_platform_gen.checks.time_zones import TIME_ZONES
from itdo_platform_gen.syntax.data import show
from itdo_platform_gen.syntax.near import suggest

if TYPE_CHECKING:
    from collections.abc import Iterator

    from itdo_platform_gen.checks.world import World
    from itdo_platform_gen.render.document import Document

_LOCAL = ("Factory", "localtime", "posix/", "right/")
"""What some machines have besides the database's own names."""


def _find(document: Document, _: World) -> Iterator[Finding]:
    if not is_builtin(document):
        return
    schedule, zone = at(document.data, "spec", "schedule"), at(document.data, "spec", "timeZone")
    if isinstance(schedule, str) and schedule:
        if "TZ" in schedule:
            hint = "name the zone in spec.timeZone, such as Asia/Tokyo"
            yield Finding(document, ("spec", "schedule"), f"expected no time zone in it, got {show(schedule)}", hint)
        elif fault := fault_of_schedule(schedule):
            yield Finding(document, ("spec", "schedule"), fault)
    if isinstance(zone, str) and zone and zone not in TIME_ZONES and not zone.startswith(_LOCAL):
        hint = suggest(zone, TIME_ZONES) or "leave it out for the time zone of the controller, mostly UTC"
        yield Finding(document, ("spec", "timeZone"), f"expected a time zone's IANA name, got {show(zone)}", hint)


_GOOD = """\
apiVersion: batch/v1
kind: CronJob
metadata: {name: report}
spec:
  schedule: "30 6 * * mon-fri"
  timeZone: Asia/Tokyo
  jobTemplate:
    spec:
      template:
        spec:
          restartPolicy: Never
          containers: [{name: report, image: "report:1.0"}]
"""

RULE = Rule(
    code="K8S104",
    title="schedules",
    effect="refused",
    reason="A schedule has five fields, or is a word such as @daily, and its time zone stands in a field of its own.",
    fix="write minute, hour, day of month, month and day of week, such as 30 6 * * 1-5",
    good=_GOOD,
    bad=_GOOD.replace("30 6 * * mon-fri", "CRON_TZ=Asia/Tokyo 30 6 * * *"),
    document=_find,
    kinds=("CronJob",),
)
