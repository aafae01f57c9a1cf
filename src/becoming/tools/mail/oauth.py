"""Signing in where a provider takes no password: the person allows it on the provider's own page, on any device.

OAuth 2.0's device grant (RFC 8628) for a public client; where to ask is read from what the provider publishes of itself
(RFC 8414). What is kept is the refresh token; what signs in is a token of about an hour (RFC 6749, section 6). Everything blocks.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any
from urllib.parse import urlsplit

import httpx2

from becoming.tools.address import is_here
from becoming.tools.mail.accounts import Account, MailError

TIMEOUT_S = 8.0
EVERY_S, SLOWER_S = 5.0, 5.0
"""So often it is asked whether they allowed it, where the provider does not say; and so much less often when it says so."""
LASTS_S = 900.0
"""So long a code may be entered, where the provider does not say."""
_DEVICE = "urn:ietf:params:oauth:grant-type:device_code"
_DECLINED = "It was not allowed there, so I added nothing."
_CLIENT = (
    "The provider takes nothing from that --client. Check it, and allow public client flows for it there."
)
"""Which of the two names of the error means what, providers do not agree on."""
_ENDED = {
    "access_denied": _DECLINED,
    "expired_token": "The code has expired before it was entered. Add the account anew.",
    "authorization_declined": _DECLINED,
    "invalid_client": _CLIENT,
    "unauthorized_client": _CLIENT,
    "invalid_scope": "The provider does not give that --client your mail. Allow IMAP and SMTP for it there.",
    "no_refresh_token": "It lets me in for an hour only. Add offline_access to --scope, and add the account anew.",
    "invalid_grant": "The provider doesn't let me in any more. Add the account anew: becoming mail add",
}


def allowed(account: Account, show: Callable[[str, str], object]) -> str:
    """The refresh token, once they allowed it; `show` is given the page and the code to enter there. Minutes. Raises MailError."""
    if not account.client:
        raise MailError(account.hint or "That provider wants to know who asks: give --client.")
    places, who = _published(account), {"client_id": account.client}
    begun = _asked(places, "device_authorization_endpoint", who | {"scope": account.scope})
    if not begun.get("device_code"):
        raise _ended(begun)
    show(str(begun.get("verification_uri") or begun.get("verification_url")), str(begun.get("user_code")))
    every_s = _seconds(begun, "interval", EVERY_S)
    until = time.monotonic() + _seconds(begun, "expires_in", LASTS_S)
    form = who | {"grant_type": _DEVICE, "device_code": str(begun["device_code"])}
    while time.monotonic() < until:
        time.sleep(every_s)
        try:
            told = _asked(places, "token_endpoint", form)
        except MailError:  # a line that breaks meanwhile ends nothing
            continue
        if token := told.get("refresh_token"):
            return str(token)
        if told.get("error") == "slow_down":
            every_s += SLOWER_S
        elif told.get("error") != "authorization_pending":
            raise _ended(told)
    raise _ended({"error": "expired_token"})


def renewed(account: Account, refresh: str) -> tuple[str, float, str]:
    """A token that signs in, for how many seconds, and the refresh token from now on. Raises MailError."""
    wanted = {"grant_type": "refresh_token", "refresh_token": refresh, "scope": account.scope}
    told = _asked(_published(account), "token_endpoint", wanted | {"client_id": account.client})
    if not told.get("access_token"):
        raise _ended(told)
    newer = str(told.get("refresh_token") or refresh)
    return str(told["access_token"]), _seconds(told, "expires_in", 0.0), newer


def _seconds(told: dict[str, Any], what: str, other: float) -> float:
    """What it tells of a time; `other` where it tells none that is one."""
    try:
        return max(0.0, float(told.get(what, other)))
    except (TypeError, ValueError):
        return other


def _published(account: Account) -> dict[str, Any]:
    return _answered("GET", f"{account.issuer.rstrip('/')}/.well-known/openid-configuration", {})


def _asked(places: dict[str, Any], place: str, form: dict[str, str]) -> dict[str, Any]:
    if not (url := places.get(place)):
        raise MailError("That provider does not let programs sign in by a code.")
    return _answered("POST", str(url), form)


def _answered(method: str, url: str, form: dict[str, str]) -> dict[str, Any]:
    """What it tells, be it a refusal. Raises MailError where it does not answer, or would be asked in the clear."""
    try:
        it = urlsplit(url)
        if it.scheme != "https" and not is_here(it.hostname or ""):
            raise MailError(f"I sign in by https only, and {it.hostname or url} is asked without.")
        told = httpx2.request(method, url, data=form or None, timeout=TIMEOUT_S).json()
    except (httpx2.HTTPError, httpx2.InvalidURL, ValueError) as error:
        raise MailError(
            f"{url.partition('?')[0]} doesn't answer as it should. Check the network, and try again."
        ) from error
    if not isinstance(told, dict):
        raise MailError(f"{it.hostname} doesn't answer as it should.")
    return told


def _ended(told: dict[str, Any]) -> MailError:
    error = str(told.get("error") or ("no_refresh_token" if "access_token" in told else "nothing"))
    said = " ".join(str(told.get("error_description") or error).split())[:120].rstrip(".")
    return MailError(_ENDED.get(error, f"The provider doesn't let me in. It says: {said}."))
