"""What the settings need to know about where they run. Plain functions, so that each rule has a test."""

import secrets
from importlib.util import find_spec
from pathlib import Path
from urllib.parse import parse_qsl, unquote, urlsplit

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


def laptop_secret(data_dir, name="secret_key"):
    """A secret made once and kept beside the laptop's own database."""
    file = Path(data_dir) / name
    if not file.exists():
        file.touch(mode=0o600)
        file.write_text(secrets.token_urlsafe(64))
    return file.read_text().strip()


def _is_wide(host):
    """A wildcard, a whole top-level domain, or an address that means every interface."""
    return "*" in host or not any(part.isalpha() for part in host.split(".")) or host.strip(".").count(".") < 1


def file_storage(storage_url, data_dir):
    """Where uploaded files are kept: a folder, or an S3-compatible bucket. Anything else is refused at the start."""
    parts = urlsplit(storage_url or (Path(data_dir).resolve() / "files").as_uri())
    if parts.scheme == "s3" and parts.hostname:
        return _bucket(parts)
    if parts.scheme != "file" or not parts.path:
        raise ImproperlyConfigured(
            "STORAGE_URL must name a folder, such as file:///srv/planner/files, or a bucket, such as s3://planner-files."
        )
    options = {"location": unquote(parts.path), "base_url": None}
    return {"BACKEND": "django.core.files.storage.FileSystemStorage", "OPTIONS": options}


NEEDED_FOR_BUCKETS = {"storages": "django-storages", "boto3": "boto3"}


def _bucket(parts):
    """s3://key:secret@bucket/folder?endpoint=https://…&region=…; without a key, the machine's own sign-in is used."""
    missing = [package for module, package in NEEDED_FOR_BUCKETS.items() if find_spec(module) is None]
    if missing:
        raise ImproperlyConfigured(
            f"STORAGE_URL names a bucket, and that needs {' and '.join(missing)}: install them, or name a folder."
        )
    asked = dict(parse_qsl(parts.query))
    options = {
        "bucket_name": parts.hostname,
        "location": parts.path.strip("/"),
        "endpoint_url": asked.get("endpoint"),
        "region_name": asked.get("region"),
        "access_key": parts.username and unquote(parts.username),
        "secret_key": parts.password and unquote(parts.password),
    }
    # Private objects under exactly our names; nobody is ever given an address of one.
    fixed = {"default_acl": "private", "file_overwrite": True, "querystring_auth": True}
    return {"BACKEND": "storages.backends.s3.S3Storage", "OPTIONS": {k: v for k, v in options.items() if v} | fixed}


def _secret_faults(name, secret):
    """What is wrong with a secret that others must not be able to guess."""
    return [
        (not secret, f"{name} is missing: set it to at least 50 random characters."),
        (
            bool(secret) and (len(secret) < SHORTEST_SECRET or len(set(secret)) < 10),
            f"{name} is too short or too plain: use at least 50 random characters.",
        ),
    ]


def production_faults(
    *,
    secret_key,
    pseudonym_secret,
    profile_secret,
    debug,
    allowed_hosts,
    database_url,
    redis_url,
    email_url,
    demo_password,
):  # fmt: skip
    """Every reason not to serve other people with these settings, one sentence each."""
    checks = [
        *_secret_faults("SECRET_KEY", secret_key),
        *_secret_faults("PSEUDONYM_SECRET", pseudonym_secret),
        *_secret_faults("PROFILE_SECRET", profile_secret),
        (
            bool(secret_key) and secret_key == pseudonym_secret,
            "PSEUDONYM_SECRET is the same as SECRET_KEY: that one is changed now and then, this one never.",
        ),
        (
            bool(profile_secret) and profile_secret in (secret_key, pseudonym_secret),
            "PROFILE_SECRET is the same as another secret: each guards something else.",
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
