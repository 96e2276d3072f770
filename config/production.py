"""What the settings need to know about where they run. Plain functions, so that each rule has a test."""

import secrets
from pathlib import Path
from urllib.parse import urlsplit

from django.core.exceptions import ImproperlyConfigured

LOCAL_HOSTS = frozenset({"localhost", "127.0.0.1", "[::1]", "::1", ".localhost", "testserver"})
SHORTEST_SECRET = 50


def is_laptop(allowed_hosts):
    """Only this machine is served, so laptop comforts are safe."""
    return bool(allowed_hosts) and all(host in LOCAL_HOSTS for host in allowed_hosts)


def site_host(allowed_hosts):
    """The host that links in messages name: the first that others can reach."""
    return next((host.lstrip(".") for host in allowed_hosts if host not in LOCAL_HOSTS), "localhost")


def whole_number(name, text):
    """A setting that is a number, or a sentence."""
    if not text.isdecimal():
        raise ImproperlyConfigured(f"{name} must be a whole number, such as 1; it is “{text}”.")
    return int(text)


def laptop_secret(data_dir):
    """A secret made once and kept beside the laptop's own database."""
    file = Path(data_dir) / "secret_key"
    if not file.exists():
        file.touch(mode=0o600)
        file.write_text(secrets.token_urlsafe(64))
    return file.read_text().strip()


def _is_wide(host):
    """A wildcard, a whole top-level domain, or an address that means every interface."""
    return "*" in host or not any(part.isalpha() for part in host.split(".")) or host.strip(".").count(".") < 1


def storage_location(storage_url, data_dir):
    """The folder for uploaded files. Only folders are understood so far; anything else is refused at the start."""
    if not storage_url:
        return str(Path(data_dir) / "files")
    parts = urlsplit(storage_url)
    if parts.scheme != "file" or not parts.path:
        raise ImproperlyConfigured("STORAGE_URL must name a folder, such as file:///srv/planner/files.")
    return parts.path


def production_faults(*, secret_key, debug, allowed_hosts, database_url, redis_url, email_url, demo_password):
    """Every reason not to serve other people with these settings, one sentence each."""
    checks = [
        (not secret_key, "SECRET_KEY is missing: set it to at least 50 random characters."),
        (
            bool(secret_key) and (len(secret_key) < SHORTEST_SECRET or len(set(secret_key)) < 10),
            "SECRET_KEY is too short or too plain: use at least 50 random characters.",
        ),
        (secret_key.startswith("django-insecure"), "SECRET_KEY is a published example: use random characters."),
        (debug, "DEBUG is on: set DEBUG=0, it would show the inside of the site to everybody."),
        (not allowed_hosts, "ALLOWED_HOSTS is empty: name the site's own host, such as planner.example.org."),
        (
            any(_is_wide(host) for host in allowed_hosts if host not in LOCAL_HOSTS),
            "ALLOWED_HOSTS is too wide: name the site's own hosts in full, such as planner.example.org.",
        ),
        (
            bool(demo_password),
            "DEMO_PASSWORD is set: it would stand on the sign-in page. A demonstration is for a laptop.",
        ),
        (
            not database_url.startswith(("postgres://", "postgresql://")),
            "DATABASE_URL must name a PostgreSQL database (postgres://…): SQLite is for a laptop.",
        ),
        (
            not redis_url.startswith(("redis://", "rediss://")),
            "REDIS_URL must name a Redis server (redis://…): the embedded queue is for a laptop.",
        ),
        (
            not email_url.startswith(("smtp://", "smtps://", "smtp+tls://", "smtp+ssl://")),
            "EMAIL_URL must name a mail server (smtp+tls://…): invitations and resets are sent by e-mail.",
        ),
    ]
    return [sentence for wrong, sentence in checks if wrong]
