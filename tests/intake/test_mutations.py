"""Sound sources changed at random: each is refused with words for it, or nothing that was written is lost."""

from collections import Counter
from dataclasses import replace

from khoosheh import intake
from khoosheh.intake import layout
from testing import workbooks
from testing.judge import CHANGED, CRASHED, REFUSED, SAME, WRONG, Judge
from testing.losses import find_loss

CASES = 30


def test_nothing_written_is_lost_or_crashes(tmp_path):
    judge, found, bad = Judge(tmp_path), Counter(), []
    for seed in range(CASES):
        kind, outcome, said = judge.case(seed)
        found[outcome] += 1
        if outcome in (CRASHED, WRONG):
            bad.append((seed, kind, outcome, said))
    assert bad == []
    assert found.total() == CASES
    # All three ways are taken: the changes are neither all fatal nor all without effect.
    assert min(found[REFUSED], found[SAME], found[CHANGED]) > 0


def test_the_judge_sees_what_is_lost(tmp_path, invented):
    """An intake that forgot to tell, or wrote what nobody had written, is found out."""
    cells = workbooks.sheets()
    workbooks.put(cells, "statements", 2, "value_low", "۱۰۰")
    cells["برگ"] = [["x"]]
    chains = cells[layout.format_sheet_name(workbooks.DICTIONARY, "chains", "fa")]
    chains[0].append("توضیح")
    sound = intake.read_source(workbooks.xlsx(tmp_path / "a.xlsx", cells), tmp_path / "into", base=invented)
    assert sound.faults == () and find_loss(sound, cells) == ""
    assert "۱۰۰" in find_loss(replace(sound, readings=()), cells)
    for told in sound.left_out:
        assert find_loss(replace(sound, left_out=tuple(one for one in sound.left_out if one != told)), cells)
    file = sound.folder / "projects.csv"
    whole = file.read_text(encoding="utf-8")
    for spoilt in (
        whole.replace("Glass furnace", "Glass"),
        whole.replace("furnace,", "furnace2,"),
        whole + whole.splitlines()[-1] + "\n",
        "\n".join(whole.splitlines()[:-1]),
        whole.replace("glass-2,XA-01,pain,C,", "glass-2,XA-01,pain,C,somewhere"),
    ):
        file.write_text(spoilt, encoding="utf-8")
        assert find_loss(sound, cells)
