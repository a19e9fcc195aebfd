"""The command ``serve``: start the dashboard."""

import argparse
import os
import sys
from pathlib import Path
from typing import NoReturn

from khoosheh.cli.terminal import Commands
from khoosheh.digits import to_latin_digits
from khoosheh.locale import DEFAULT, LANGUAGES, format_message
from khoosheh.paths import app_folder
from khoosheh.register.loading import ENVIRONMENT

MOST_PORT = 65_535


def add_command(commands: Commands) -> None:
    """Add the command to the command line."""
    parser = commands.add_parser("serve", help="serve the dashboard until it is stopped with Ctrl+C")
    parser.add_argument("--address", default="localhost", help="address to listen on; 0.0.0.0 serves the network")
    parser.add_argument("--port", default="8501", help="port to listen on; default 8501")
    parser.add_argument("--data", type=Path, help="package or store; default KHOOSHEH_DATA or the shipped one")
    parser.add_argument("--lang", choices=LANGUAGES, default=DEFAULT, help="language of messages")
    parser.set_defaults(run=run_serve)


def run_serve(options: argparse.Namespace) -> int:
    """Replace this process by the server; return the exit code if the arguments are wrong: 1 or 2."""
    port = _parse_port(options.port)
    if port is None:
        print(
            format_message(options.lang, "cli.serve.port", value=options.port, most=str(MOST_PORT)), file=sys.stderr
        )
        return 2
    if options.data is not None and not options.data.exists():
        print(format_message(options.lang, "cli.serve.no_data", path=options.data), file=sys.stderr)
        return 1
    return _exec_streamlit(options, port)


def _exec_streamlit(options: argparse.Namespace, port: int) -> NoReturn:
    """Replace this process by the server, so that signals to the command reach it."""
    environment = os.environ if options.data is None else {**os.environ, ENVIRONMENT: str(options.data.resolve())}
    arguments = ["--server.address", options.address, "--server.port", str(port)]
    command = [sys.executable, "-m", "streamlit", "run", str(app_folder() / "app.py"), *arguments]
    sys.stdout.flush()
    os.execve(sys.executable, command, environment)


def _parse_port(text: str) -> int | None:
    """Return a port, given in Latin or Persian digits; ``None`` for a text that is no port."""
    digits = to_latin_digits(text)
    number = int(digits) if digits.isascii() and digits.isdecimal() and len(digits) <= 5 else 0
    return number if 1 <= number <= MOST_PORT else None
