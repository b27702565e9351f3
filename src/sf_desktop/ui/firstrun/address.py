"""Reads a council's address as people type it, and refuses one that would not be safe."""

from __future__ import annotations

import re
from ipaddress import ip_address
from urllib.parse import urlsplit

_LABEL = re.compile(r"[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?")
EMPTY = "Write the council’s address, for example families.example.gov.uk."
UNREADABLE = "This is not an address. It looks like families.example.gov.uk."
UNSAFE = "The address must begin with https: with http, others on the network could read what is sent."
TOO_MUCH = "Write only the council’s address, without a name, a password or a question in it."


def read_address(text: str) -> tuple[str, str]:
    """The address to call ("https://host[:port][/path]") and what is wrong with it; one of the two is empty."""
    text = text.strip().rstrip("/")
    if not text:
        return "", EMPTY
    has_scheme = "://" in text
    try:
        parts = urlsplit(text if has_scheme else f"//{text}")
        host, _port = parts.hostname or "", parts.port
    except ValueError:
        return "", UNREADABLE
    if not has_scheme:
        parts = parts._replace(scheme="http" if _is_loopback(host) else "https")
    if parts.username or parts.password or parts.query or parts.fragment:
        return "", TOO_MUCH
    if parts.scheme not in {"https", "http"} or not _is_host(host):
        return "", UNREADABLE
    if parts.scheme == "http" and not _is_loopback(host):
        return "", UNSAFE
    return parts.geturl(), ""


def _is_host(host: str) -> bool:
    if _is_loopback(host) or _is_ip(host):
        return True
    labels = host.split(".")
    return len(labels) > 1 and all(_LABEL.fullmatch(label) for label in labels)


def _is_ip(host: str) -> bool:
    try:
        ip_address(host)
    except ValueError:
        return False
    return True


def _is_loopback(host: str) -> bool:
    return host == "localhost" or (_is_ip(host) and ip_address(host).is_loopback)
