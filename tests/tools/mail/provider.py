"""A real provider of identities: oauthlib's server on a free loopback port, which lets programs in by the device grant.

What it hands out is what the Dovecot and the SMTP server of the tests ask it about (RFC 7662).
"""

from __future__ import annotations

import json
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from types import SimpleNamespace
from typing import Any
from urllib.parse import parse_qs

from oauthlib.common import Request
from oauthlib.oauth2 import BearerToken, IntrospectEndpoint, OAuth2Error, RefreshTokenGrant, TokenEndpoint
from oauthlib.oauth2.rfc8628.endpoints import DeviceAuthorizationEndpoint
from oauthlib.oauth2.rfc8628.grant_types import DeviceCodeGrant
from oauthlib.oauth2.rfc8628.request_validator import RequestValidator

from tests.tools.mail.dovecot import ADDRESS

CLIENT, SCOPE = "becoming-of-the-tests", "mail"
_DEVICE = "urn:ietf:params:oauth:grant-type:device_code"


class Known(RequestValidator):  # type: ignore[misc]
    """Who may ask, whom they may ask for, and what was handed out."""

    def __init__(self) -> None:
        self.answers = ["authorization_pending"]
        """What is told to each poll that is to come; the last one holds."""
        self.codes: set[str] = set()
        self.access: set[str] = set()
        self.refresh: set[str] = set()

    def validate_client_id(self, client_id: str, request: Request, *args: Any, **more: Any) -> bool:
        return client_id == CLIENT

    def client_authentication_required(self, request: Request, *args: Any, **more: Any) -> bool:
        return bool(request.uri.endswith("/introspect"))

    def authenticate_client_id(self, client_id: str, request: Request, *args: Any, **more: Any) -> bool:
        request.client = SimpleNamespace(client_id=client_id)
        return client_id == CLIENT

    def authenticate_client(self, request: Request, *args: Any, **more: Any) -> bool:
        return True  # the mail servers', which ask from here

    def validate_grant_type(self, *args: Any, **more: Any) -> bool:
        return True

    def validate_scopes(self, client_id: str, scopes: list[str], *args: Any, **more: Any) -> bool:
        return set(scopes) <= {SCOPE}

    def get_default_scopes(self, *args: Any, **more: Any) -> list[str]:
        return [SCOPE]

    def get_original_scopes(self, *args: Any, **more: Any) -> list[str]:
        return [SCOPE]

    def validate_device_code(
        self, client_id: str, code: str, request: Request, *args: Any, **more: Any
    ) -> str | None:
        if code not in self.codes:
            return None
        request.user, request.scopes = ADDRESS, [SCOPE]
        return self.answers.pop(0) if len(self.answers) > 1 else self.answers[0]

    def validate_refresh_token(
        self, token: str, client: object, request: Request, *args: Any, **more: Any
    ) -> bool:
        request.user = ADDRESS
        known = token in self.refresh
        self.refresh.discard(token)  # each is good once, as at Microsoft's
        return known

    def rotate_refresh_token(self, request: Request) -> bool:
        return True

    def save_token(self, token: dict[str, Any], request: Request, *args: Any, **more: Any) -> None:
        self.access.add(token["access_token"])
        if "refresh_token" in token:
            self.refresh.add(token["refresh_token"])

    save_bearer_token = save_token

    def introspect_token(self, token: str, *args: Any, **more: Any) -> dict[str, Any] | None:
        return {"username": ADDRESS, "scope": SCOPE} if token in self.access else None


class Provider:
    """The server, running; `known` is what it has handed out, and what it answers."""

    def __init__(self, port: int) -> None:
        self.known, self.issuer, self.lasts_s = Known(), f"http://127.0.0.1:{port}", 3600
        self.grants: list[str] = []
        device = DeviceAuthorizationEndpoint(
            self.known, f"{self.issuer}/device", interval=0, user_code_generator=lambda: "WDJB-MJHT"
        )
        bearer = BearerToken(self.known, expires_in=lambda request: self.lasts_s)
        grants = {_DEVICE: DeviceCodeGrant(self.known), "refresh_token": RefreshTokenGrant(self.known)}
        grants[_DEVICE].refresh_token = True
        token = TokenEndpoint(grants[_DEVICE], bearer, grants)
        introspect = IntrospectEndpoint(self.known, ["access_token"])
        published = {
            "device_authorization_endpoint": f"{self.issuer}/codes",
            "token_endpoint": f"{self.issuer}/tokens",
        }
        provider = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                self._answer(json.dumps(published), 200)

            def do_POST(self) -> None:
                body = self.rfile.read(int(self.headers["Content-Length"])).decode()
                asked = ("https://provider.example" + self.path, "POST", body, dict(self.headers))
                if self.path == "/codes":
                    told, status = self._codes(asked)
                elif self.path == "/tokens":
                    provider.grants += parse_qs(body)["grant_type"]
                    _, told, status = token.create_token_response(*asked)
                else:
                    _, told, status = introspect.create_introspect_response(*asked)
                self._answer(told, status)

            def _codes(self, asked: tuple[Any, ...]) -> tuple[str, int]:
                try:
                    _, told, status = device.create_device_authorization_response(*asked)
                except OAuth2Error as error:
                    return error.json, error.status_code
                provider.known.codes.add(told["device_code"])
                return json.dumps(told), status

            def _answer(self, told: str, status: int) -> None:
                self.send_response(status)
                self.send_header("Content-Type", "application/json")
                self.end_headers()
                self.wfile.write(told.encode())

            def log_message(self, *args: Any) -> None:
                pass

        self._server = ThreadingHTTPServer(("127.0.0.1", port), Handler)
        self._thread = threading.Thread(target=self._server.serve_forever)
        self._thread.start()

    def stop(self) -> None:
        self._server.shutdown()
        self._thread.join()
        self._server.server_close()
