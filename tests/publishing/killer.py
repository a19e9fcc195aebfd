"""Publishes and is killed at a step that changes a file; run by the tests as a process of its own.

``killer.py STORE PACKAGE PACKAGE fresh|worn|new``: publishes whichever of the two is not in force into STORE, killed
before its first step, then before a later one, and so on, until a publish gets through. 'fresh' takes every step and
starts each time from the store as it was; 'worn' starts from what the last kill left; 'new' from nothing, and takes
the steps before and after most of the copying. Prints one JSON line a publish.
"""

import itertools
import json
import os
import shutil
import signal
import sys
from pathlib import Path

from khoosheh import publishing, register
from khoosheh.register import checksums, version_store

STEPS = {"os.mkdir", "os.rename", "os.remove", "os.rmdir", "os.chmod", "os.truncate", "os.link", "os.symlink"}
# the steps before which the process is killed
WAYS = {
    "fresh": itertools.count(1),
    "worn": itertools.count(1, 3),
    "new": itertools.chain(range(1, 6, 2), itertools.count(42)),
}
# Opening a folder is how its names are brought to the disk: it tells the steps before and after that apart.
OPENING = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_DIRECTORY


def is_step(event: str, args: tuple) -> bool:
    return event in STEPS or (event == "open" and bool((args[2] or 0) & OPENING))


def publish(store: Path, package: Path, last: int) -> bool:
    """Publish in a child that is killed before step ``last``; tell whether it got through."""
    child = os.fork()
    if child == 0:
        steps = itertools.count(1)

        def hook(event: str, args: tuple) -> None:
            if is_step(event, args) and next(steps) == last:
                os.kill(os.getpid(), signal.SIGKILL)

        sys.addaudithook(hook)
        publishing.publish_package(package, store, "who", "why")
        os._exit(0)
    _, status = os.waitpid(child, 0)
    if not os.WIFSIGNALED(status) and os.WEXITSTATUS(status):
        raise SystemExit(f"the publish before step {last} failed")
    return not os.WIFSIGNALED(status)


def main(store: Path, one: Path, other: Path, way: str) -> None:
    known = {checksums.compute_checksum(path): path for path in (one, other)}
    versions = {register.load_register(path).version: checksum for checksum, path in known.items()}
    model = store.with_name("model")
    if store.exists():
        shutil.copytree(store, model)
    for last in WAYS[way]:
        if way != "worn":
            shutil.rmtree(store, ignore_errors=True)
            if model.exists():
                shutil.copytree(model, store)
        before = version_store.read_pointer(store)
        target = next(path for checksum, path in known.items() if before is None or checksum != before.checksum)
        through = publish(store, target, last)
        after = version_store.read_pointer(store)
        # What was in force is loaded anew only where it is another: the same files load the same.
        whole = after and checksums.compute_checksum(version_store.resolve_package(store)) == after.checksum
        loaded = versions[register.load_register(store).version] if after != before else after and after.checksum
        told = {"last": last, "through": through, "whole": whole, "loaded": loaded == (after and after.checksum)}
        print(json.dumps({**told, "before": before and before.checksum, "after": after and after.checksum}))
        if through:
            return


if __name__ == "__main__":
    main(*map(Path, sys.argv[1:4]), sys.argv[4])
