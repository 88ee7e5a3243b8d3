"""Who issues JSON Web Tokens: its keys as JWT authorizers read them, from an address that local AWS is told."""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from joserfc import jws, jwt
from joserfc.jwk import RSAKey

ISSUER = "https://issuer.example"


class TokenIssuer:
    def __init__(self) -> None:
        self._key = RSAKey.generate_key(2048, {"kid": "one"})
        self._other = RSAKey.generate_key(2048, {"kid": "one"})
        self.address = ""

    def token(self, *, forged: bool = False, **claims: Any) -> str:
        own = {"iss": ISSUER, "aud": "scores", "sub": "somebody", "exp": int(time.time()) + 60, **claims}
        kept = {name: value for name, value in own.items() if value is not None}
        return jwt.encode({"alg": "RS256", "kid": "one"}, kept, self._other if forged else self._key)

    def public_key(self) -> bytes:
        return bytes(self._key.as_pem(private=False))

    def signed(self, payload: bytes) -> str:
        """What is signed as tokens are, and may be none."""
        return jws.serialize_compact({"alg": "RS256", "kid": "one"}, payload, self._key)

    def document(self, path: str) -> Any:
        if path == "/.well-known/openid-configuration":
            return {"issuer": ISSUER, "jwks_uri": f"{ISSUER}/keys"}
        return {"keys": [self._key.as_dict(private=False)]}


@contextmanager
def token_issuer() -> Iterator[TokenIssuer]:
    issuer = TokenIssuer()

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(200)
            self.end_headers()
            self.wfile.write(json.dumps(issuer.document(self.path)).encode())

        def log_message(self, *_: Any) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    issuer.address = f"http://127.0.0.1:{server.server_port}"
    yield issuer
    server.shutdown()
