"""Figures about the running server, for Prometheus. They are read when somebody asks, and cost nothing before."""

from collections.abc import Iterable

from prometheus_client import CollectorRegistry, generate_latest
from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily
from prometheus_client.registry import Collector

from server.live.rooms import Rooms


class RoomsCollector(Collector):
    """What the live rooms know of themselves."""

    def __init__(self, rooms: Rooms) -> None:
        self._rooms = rooms

    def collect(self) -> Iterable[CounterMetricFamily | GaugeMetricFamily]:
        """Read the figures."""
        rooms = self._rooms
        yield GaugeMetricFamily("kern_rooms_live", "Rooms in memory", value=len(rooms))
        yield GaugeMetricFamily("kern_people_connected", "People connected, in all rooms", value=rooms.people)
        yield GaugeMetricFamily("kern_writing_fails", "1 while the log can't be written", value=rooms.writer.failing)
        committer = rooms.committer
        yield CounterMetricFamily("kern_commits", "Batches written to the log", value=committer.commits)
        yield CounterMetricFamily("kern_events", "Events written to the log", value=committer.events)
        yield CounterMetricFamily("kern_commits_failed", "Batches that were not written", value=committer.failures)


def text(rooms: Rooms) -> bytes:
    """Render the figures in Prometheus's text format."""
    registry = CollectorRegistry()
    registry.register(RoomsCollector(rooms))
    return generate_latest(registry)
