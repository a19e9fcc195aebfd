"""``python -m benchmarks.speed.timed run app.py``: Streamlit with clocks around the parts of a run.

For each run a line of JSON is appended to the file that ``KHOOSHEH_TIMES`` names: milliseconds of each of ``PARTS``;
``loop``: processor milliseconds of the sending thread since its start; ``turns``: how often a clock was started or
stopped.
"""

import gc
import importlib
import inspect
import json
import os
import pkgutil
import sys
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from types import ModuleType

from benchmarks.speed.clocks import AFTER, CLOCK, FIGURES, GARBAGE, JSON, MEASURES, MESSAGES, MS, wrap_with_clock

ENVIRONMENT = "KHOOSHEH_TIMES"
ROOMS = {"khoosheh.queries": MEASURES, "khoosheh.measures": MEASURES, "khoosheh.figures": FIGURES}
# commands of Streamlit that are not methods of a container
COMMANDS = ("navigation", "set_page_config", "Page")


def _clock_collection(phase: str, _: dict[str, int]) -> None:
    """Count the time of garbage collections in the script's thread; a callback of ``gc.callbacks``."""
    if CLOCK.parts is None:
        return
    if phase == "start":
        CLOCK.before = CLOCK.turn(AFTER if CLOCK.ended else GARBAGE)
    else:
        CLOCK.turn(CLOCK.before)


def _import_modules() -> Iterator[ModuleType]:
    """Import and yield all modules of khoosheh."""
    import khoosheh

    yield khoosheh
    for one in pkgutil.walk_packages(khoosheh.__path__, "khoosheh."):
        if not one.name.endswith("__main__"):
            yield importlib.import_module(one.name)


def _clock_package_functions(modules: list[ModuleType]) -> None:
    """Wrap the public functions of measures, queries and figures with clocks, in every module that imports them."""
    clocked: dict[Callable, Callable] = {}
    for module in modules:
        part = next((part for room, part in ROOMS.items() if module.__name__.startswith(room)), None)
        for name, one in list(vars(module).items()):
            ours = part and inspect.isfunction(one) and one.__module__ == module.__name__
            if ours and not name.startswith("_") and not inspect.isgeneratorfunction(one):
                clocked[one] = wrap_with_clock(one, part)
    for module in modules:
        for name, one in list(vars(module).items()):
            if inspect.isfunction(one) and one in clocked:
                setattr(module, name, clocked[one])


def _clock_figures() -> None:
    """Wrap the functions that draw a figure and that write its JSON with clocks."""
    from plotly.basedatatypes import BaseFigure

    from khoosheh.ui.layout import finding

    finding._serialise_figure = wrap_with_clock(finding._serialise_figure, FIGURES)
    BaseFigure.to_json = wrap_with_clock(BaseFigure.to_json, JSON)


def _clock_streamlit_commands() -> None:
    """Wrap Streamlit's commands, which build messages and pass them on for sending, with clocks."""
    import streamlit as st
    from streamlit.delta_generator import DeltaGenerator

    for name, one in list(vars(st).items()):
        if name in COMMANDS or (inspect.ismethod(one) and isinstance(one.__self__, DeltaGenerator)):
            setattr(st, name, wrap_with_clock(one, MESSAGES))


def _clock_script_runs(told: Path) -> None:
    """Wrap each run of the script with a clock, and write its times."""
    from streamlit.runtime.scriptrunner.script_runner import ScriptRunner

    run, finish = ScriptRunner._run_script, ScriptRunner._on_script_finished
    sending = time.pthread_getcpuclockid(threading.main_thread().ident)

    def mark_run_finished(*given: object, **named: object) -> object:
        CLOCK.ended = True
        return finish(*given, **named)

    def run_clocked_script(*given: object, **named: object) -> object:
        loop = time.clock_gettime(sending)
        CLOCK.start()
        try:
            return run(*given, **named)
        finally:
            found = {part: seconds * MS for part, seconds in CLOCK.stop().items()}
            with told.open("a", encoding="utf-8") as file:
                file.write(json.dumps({**found, "loop": loop * MS, "turns": CLOCK.turns}) + "\n")

    ScriptRunner._run_script, ScriptRunner._on_script_finished = run_clocked_script, mark_run_finished


def main() -> None:
    """Wrap all functions with clocks, and serve the app."""
    from streamlit.web import cli

    _clock_streamlit_commands()
    _clock_package_functions(list(_import_modules()))
    _clock_figures()
    _clock_script_runs(Path(os.environ[ENVIRONMENT]))
    gc.callbacks.append(_clock_collection)
    sys.argv[0] = "streamlit"
    cli.main()


if __name__ == "__main__":
    main()
