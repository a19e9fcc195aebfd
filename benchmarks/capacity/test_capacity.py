"""What the benchmark of capacity counts, and the section that it writes."""

import os
import random
import time

import pytest

from benchmarks.capacity import load, machine, page, replicas
from benchmarks.capacity.load import LoadResult
from benchmarks.capacity.machine import Reading
from khoosheh import register
from testing import made_up
from testing.views import list_address_fields, select_distinct_views
from testing.visitors import AppVisitor

# it counts processor time, which a busy machine takes seconds to give
pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def shipped() -> register.Register:
    return register.load_register(made_up.SHIPPED)


def found(changes: int, seconds: float, cpu: float) -> LoadResult:
    waited = [0.1 * (place + 1) for place in range(changes)]
    return LoadResult(waited, 1, 2, Reading(seconds, cpu, 0.1, 0.2, cpu + 1.0), 100.0, 1.5)


def test_a_change_costs_what_the_servers_used():
    one = found(20, 10.0, 5.0)
    assert one.a_second == 2.0
    assert one.cpu_each == 0.25
    assert one.quantile(0.5) == pytest.approx(1.1) and one.quantile(0.95) == pytest.approx(2.0)
    assert one.used.others == pytest.approx(0.7)


def test_processor_time_of_this_process_is_counted():
    before, own = machine.read_clocks([os.getpid()]), time.process_time()
    while time.process_time() - own < 0.3:
        pass
    used = machine.read_clocks([os.getpid()]).since(before)
    # the clock of /proc ticks a hundred times a second
    assert 0.25 <= used.servers <= 0.6
    assert used.at >= 0.25 and used.every >= 0.2


def test_mixed_views_differ_and_are_the_same_in_each_run(shipped):
    first, again = (load.build_mixed_views(shipped, 30) for _ in range(2))
    assert first == again
    assert len({(one.page, *sorted(one.query.items())) for one in first}) == 30
    assert {one.query.get("lang") for one in first} >= {"fa", "en"}
    assert select_distinct_views(random.Random(1), list_address_fields(shipped), 5) != first[:5]


def test_the_section_tells_both_setups_and_takes_the_place_of_the_older(tmp_path, monkeypatch):
    both = {
        (setup, kind): found(20, 10.0 / (1 + (setup == page.TWO)), 5.0)
        for setup in (page.ONE, page.TWO)
        for kind in (*page.KINDS, f"50, {page.SAME}")
    }
    told = page.build_capacity_section(both)
    assert "2.00 times the changes a second" in told
    assert "| one process | one page, asked before | **2.0** | **0.250** | 4.0 |" in told
    assert "| 50 | 2.0 | 1.10 | 2.00 | 10 % | 1 | 1.5 | 100 |" in told
    monkeypatch.setattr(page, "PAGE", tmp_path / "page.md")
    page.PAGE.write_text(f"before\n{page.BEGIN}\nold\n{page.END}\nafter\n")
    page.write_capacity_section(told)
    assert page.read_capacity_section() == told
    assert page.PAGE.read_text() == f"before\n{told}\nafter\n"


def test_the_shipped_page_has_the_section():
    assert "CPU seconds of a change" in page.read_capacity_section()


@pytest.mark.nginx
@pytest.mark.skipif(replicas.NGINX is None, reason="nginx is not installed")
def test_visitors_are_spread_over_both_replicas():
    with replicas.start_replica_pair() as setup:
        machine.wait_until_idle(setup.processes)
        before = [machine.read_cpu_seconds(one) for one in setup.processes]
        for place in range(4):
            visitor: AppVisitor = setup.visitor(place)
            visitor.ask({"chain": "steel"})
            visitor.close()
        used = [machine.read_cpu_seconds(one) - then for one, then in zip(setup.processes, before, strict=True)]
    assert all(one > 0.05 for one in used)
