"""The standard's own validator, without the network: schema and codelists are served on the loopback address.

They are not part of this project: a folder with them is given.
"""

import functools
import http.server
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from libcoveoc4ids.api import oc4ids_json_output
from libcoveoc4ids.config import LibCoveOC4IDSConfig

PUBLISHED = b"https://standard.open-contracting.org/infrastructure/schema/0__9__5/"


class _Quiet(http.server.SimpleHTTPRequestHandler):
    def log_message(self, *_: object) -> None:
        pass

    def do_GET(self) -> None:
        """Serve a file; the schema of packages names that of projects, which is to be found here too."""
        here = f"http://{self.headers['Host']}/".encode()
        content = Path(self.translate_path(self.path)).read_bytes().replace(PUBLISHED, here)
        self.send_response(200)
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)


@contextmanager
def validator(schema: Path) -> Iterator[Callable[[dict], dict]]:
    """Give a function that returns the validator's report on a package."""
    handler = functools.partial(_Quiet, directory=str(schema))
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        base = f"http://127.0.0.1:{server.server_port}/"
        config = LibCoveOC4IDSConfig(
            {
                "schema_host": base,
                "schema_version_choices": {"0.9.5": ("0.9.5", base)},
                "schema_codelists": {"0.9": f"{base}codelists/"},
            }
        )
        yield lambda package: oc4ids_json_output(json_data=package, lib_cove_oc4ids_config=config)
        server.shutdown()
