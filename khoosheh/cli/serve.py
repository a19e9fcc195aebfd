"""``serve``: the dashboard in the browser."""

import argparse
import os
import sys
from pathlib import Path
from typing import NoReturn

from khoosheh.digits import to_latin_digits
from khoosheh.locale import DEFAULT, LANGUAGES, format_message
from khoosheh.paths import app_folder
from khoosheh.register.loading import ENVIRONMENT

MOST_PORT = 65_535


def add_command(commands: argparse._SubParsersAction) -> None:
    """Add the command to the command line."""
    parser = commands.add_parser("serve", help="serve the dashboard until it is stopped with Ctrl+C")
    parser.add_argument("--address", default="localhost", help="address to listen on; 0.0.0.0 serves the network")
    parser.add_argument("--port", default="8501", help="port to listen on; default 8501")
    parser.add_argument("--data", type=Path, help="package or store; default KHOOSHEH_DATA or the shipped one")
    parser.add_argument("--lang", choices=LANGUAGES, default=DEFAULT, help="language of messages")
    parser.set_defaults(run=run_serve)


def run_serve(asked: argparse.Namespace) -> int:
    """Start the server in place of this process; return the exit code where it cannot start."""
    port = _parse_port(asked.port)
    if port is None:
        print(format_message(asked.lang, "cli.serve.port", value=asked.port, most=str(MOST_PORT)), file=sys.stderr)
        return 2
    if asked.data is not None and not asked.data.exists():
        print(format_message(asked.lang, "cli.serve.no_data", path=asked.data), file=sys.stderr)
        return 1
    return _exec_streamlit(asked, port)


def _exec_streamlit(asked: argparse.Namespace, port: int) -> NoReturn:
    """Replace this process by the server, so that a signal to the command stops it."""
    environment = os.environ if asked.data is None else {**os.environ, ENVIRONMENT: str(asked.data.resolve())}
    place = ["--server.address", asked.address, "--server.port", str(port)]
    command = [sys.executable, "-m", "streamlit", "run", str(app_folder() / "app.py"), *place]
    sys.stdout.flush()
    os.execve(sys.executable, command, environment)


def _parse_port(given: str) -> int | None:
    """Return a port, in the digits of either language; nothing for what is none."""
    digits = to_latin_digits(given)
    whole = int(digits) if digits.isascii() and digits.isdecimal() and len(digits) <= 5 else 0
    return whole if 1 <= whole <= MOST_PORT else None
