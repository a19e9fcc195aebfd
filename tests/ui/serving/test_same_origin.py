"""Pages of other sites open no connection, and nothing outside is asked for that."""

import pytest
from loops import run_coroutine
from starlette.datastructures import Headers

from khoosheh.ui.serving.same_origin import SameOrigin, is_own_origin

HOST = "khoosheh.example:8501"


@pytest.mark.parametrize(
    ("origin", "own"),
    [
        ("http://khoosheh.example:8501", True),
        ("https://khoosheh.example:8501", True),
        ("http://localhost:3000", True),
        ("http://127.0.0.1:8501", True),
        (None, True),
        ("", True),
        ("null", False),
        ("https://evil.example", False),
        ("http://khoosheh.example:8502", False),
        ("http://khoosheh.example:8501.evil.example", False),
        ("http://evil.example/khoosheh.example:8501", False),
        ("http://localhost.evil.example", False),
        ("http://[", False),
    ],
)
def test_an_origin_is_our_own_or_refused(origin, own):
    headers = {"host": HOST} | ({} if origin is None else {"origin": origin})
    assert is_own_origin(Headers(headers)) is own


@pytest.mark.parametrize(("origin", "reaches"), [("https://evil.example", False), (f"http://{HOST}", True)])
def test_a_foreign_connection_never_reaches_streamlit(origin, reaches):
    reached, sent = [], []

    async def app(scope, receive, send):
        reached.append(scope["path"])

    async def send(message):
        sent.append(message["type"])

    scope = {
        "type": "websocket",
        "path": "/_stcore/stream",
        "headers": [(b"host", HOST.encode()), (b"origin", origin.encode())],
    }
    run_coroutine(SameOrigin(app)(scope, None, send))
    assert bool(reached) is reaches
    assert sent == ([] if reaches else ["websocket.close"])
