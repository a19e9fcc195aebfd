"""``serve``: what it starts, and what it says where it cannot."""

import os
import sys

import pytest

from khoosheh.__main__ import main
from khoosheh.paths import app_folder


@pytest.fixture
def started(monkeypatch) -> list:
    """What the command would have become, instead of becoming it."""
    found = []
    monkeypatch.setattr(os, "execve", lambda *command: found.append(command))
    return found


def test_it_becomes_the_server_of_the_app(started, monkeypatch):
    monkeypatch.setenv("KHOOSHEH_DATA", "elsewhere")
    main(["serve"])
    program, command, environment = started[0]
    assert (program, command[:4]) == (sys.executable, [sys.executable, "-m", "streamlit", "run"])
    assert command[4:] == [
        str(app_folder() / "app.py"), "--server.address", "localhost", "--server.port", "8501",
    ]  # fmt: skip
    assert environment["KHOOSHEH_DATA"] == "elsewhere"


def test_address_port_and_data_are_handed_on(started, invented_path, monkeypatch):
    monkeypatch.chdir(invented_path.parent)
    main(["serve", "--address", "0.0.0.0", "--port", "۸۰۸۰", "--data", invented_path.name])
    _, command, environment = started[0]
    assert command[5:] == ["--server.address", "0.0.0.0", "--server.port", "8080"]
    assert environment["KHOOSHEH_DATA"] == str(invented_path.resolve())


@pytest.mark.parametrize("port", ["0", "65536", "-1", "http", "", "8501.0", "9" * 400])
def test_what_is_no_port_is_refused_in_words(started, capsys, port):
    assert main(["serve", f"--port={port}", "--lang", "en"]) == 2
    assert "not a port" in capsys.readouterr().err and not started


@pytest.mark.parametrize(("lang", "words"), [("fa", "بسته‌ای نیست"), ("en", "no package")])
def test_data_that_is_not_there_is_told(started, capsys, tmp_path, lang, words):
    assert main(["serve", "--data", str(tmp_path / "nowhere"), "--lang", lang]) == 1
    assert words in capsys.readouterr().err and not started
