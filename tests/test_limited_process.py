"""A child process answers with all its messages, or its parent learns that it failed or was stopped."""

import json
import subprocess
import sys
import time

import pytest

from khoosheh import limited_process

BEGIN = "import os, signal, sys, time; from khoosheh import limited_process as child; request = child.receive_request(0); "


@pytest.fixture
def run(monkeypatch):
    """Return a function that runs a script as the worker and returns its messages."""

    def run_script(script: str, **options) -> list:
        messages = []
        monkeypatch.setattr(limited_process, "build_command", lambda module: [sys.executable, "-c", BEGIN + script])
        limited_process.run_worker("script", {"word": "گفته"}, messages.append, **options)
        return messages

    return run_script


def test_the_answer_is_every_message_in_order(run):
    script = "child.send_message(request); [child.send_message(one) for one in range(3)]; child.send_end()"
    assert run(script) == [{"word": "گفته"}, 0, 1, 2]


def test_a_message_longer_than_a_pipe_holds_comes_whole(run):
    assert run("child.send_message('x' * 3_000_000); child.send_message(1); child.send_end()") == ["x" * 3_000_000, 1]


@pytest.mark.parametrize(
    ("script", "error"),
    [
        ("child.send_message(1); sys.exit(3)", limited_process.FailedError),
        ("child.send_message(1)", limited_process.FailedError),
        ("child.send_message(1); os.kill(os.getpid(), signal.SIGSEGV)", limited_process.StoppedError),
        ("child.send_end(); os.kill(os.getpid(), signal.SIGKILL)", limited_process.StoppedError),
        ("bytearray(1 << 40)", limited_process.FailedError),
        ("open('/dev/shm/khoosheh-test', 'w').write('x')", limited_process.FailedError),
    ],
)
def test_an_answer_that_is_not_complete_is_none(script, error, run):
    with pytest.raises(error):
        run(script)


@pytest.mark.parametrize("script", ["time.sleep(60)", "child.send_end(); time.sleep(60)"])
def test_a_child_that_does_not_end_is_stopped(script, run, monkeypatch):
    monkeypatch.setattr(limited_process, "SECONDS_TO_WAIT", 2)
    began = time.monotonic()
    with pytest.raises(limited_process.StoppedError):
        run(script)
    assert time.monotonic() - began < 30


def test_an_exception_of_the_parent_ends_the_child(run):
    def leave() -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        run("time.sleep(60); child.send_end()", on_wait=leave)


def test_a_child_whose_parent_has_gone_does_not_begin():
    command = [sys.executable, "-c", BEGIN + "print('began')"]
    request = json.dumps({"parent": 1 << 30}).encode()
    done = subprocess.run(command, input=request, cwd=limited_process.ROOT, capture_output=True, check=False)
    assert done.returncode == 1 and done.stdout == b""
