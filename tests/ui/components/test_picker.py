"""Days with something to see travel as months with a bit a day."""

from khoosheh.ui.components.picker import pack_days_by_month


def test_each_day_is_a_bit_of_its_month():
    assert pack_days_by_month([]) == {}
    assert pack_days_by_month(["1403-04-01", "1403-04-03", "1403-05-31"]) == {"1403-04": 0b101, "1403-05": 1 << 30}


def test_no_day_is_lost_or_added():
    days = [f"14{year:02}-{month:02}-{day:02}" for year in (2, 3) for month in range(1, 7) for day in range(1, 32, 3)]
    months = pack_days_by_month([*days, *days])
    assert [f"{name}-{day + 1:02}" for name, bits in months.items() for day in range(31) if bits >> day & 1] == days
    # the browser counts in 32 bits, of which the last is a sign
    assert max(months.values()) < 1 << 31
