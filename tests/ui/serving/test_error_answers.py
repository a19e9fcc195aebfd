"""Answers to errors, which no request from outside brings about."""

import logging

import pytest
from loops import run_coroutine

from khoosheh.ui.serving import headers


def answered(app, accept: bytes = b"*/*", query: bytes = b"", method: str = "GET") -> list[dict]:
    sent = []

    async def send(message):
        sent.append(message)

    async def receive():
        return {"type": "http.request", "body": b"", "more_body": False}

    scope = {
        "type": "http", "method": method, "path": "/x", "raw_path": b"/x", "query_string": query, "headers": [(b"accept", accept)],
        "server": ("127.0.0.1", 1), "scheme": "http",
    }  # fmt: skip
    run_coroutine(headers.Headers(app)(scope, receive, send))
    return sent


async def broken(scope, receive, send):
    raise ValueError("secret")


@pytest.mark.parametrize(("accept", "kind"), [(b"text/html", b"text/html"), (b"*/*", b"text/plain")])
@pytest.mark.parametrize(("query", "said"), [(b"lang=en", "could not answer"), (b"", "سرور")])
def test_an_error_is_told_in_words_and_logged(accept, kind, query, said, caplog):
    with caplog.at_level(logging.ERROR):
        start, body = answered(broken, accept, query)
    found = dict(start["headers"])
    assert start["status"] == 500 and found[b"content-type"].startswith(kind)
    assert said in body["body"].decode() and b"secret" not in body["body"]
    assert found[b"x-content-type-options"] == b"nosniff" and b"content-security-policy" in found
    assert "secret" in caplog.text


def test_an_answer_that_breaks_off_is_not_begun_again():
    async def half(scope, receive, send):
        await send({"type": "http.response.start", "status": 200, "headers": []})
        raise ValueError

    with pytest.raises(ValueError):
        answered(half)


def test_headers_that_the_app_gave_are_replaced_not_doubled():
    given = [
        (b"x-content-type-options", b"other"),
        (b"vary", b"Accept-Encoding"),
        (b"set-cookie", b"a=b"),
        (b"vary", b"cookie"),
    ]
    found = headers.add_standard_headers(given)
    assert [value for name, value in found if name == b"x-content-type-options"] == [b"nosniff"]
    assert [value for name, value in found if name == b"vary"] == [b"Accept-Encoding, Cookie"]
    assert dict(found)[b"cache-control"] == b"private, no-store"
