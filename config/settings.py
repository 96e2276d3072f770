"""All settings, and the only place where the environment is read.

Two ways of running follow from one fact, whether anybody but this machine is served:

* **Laptop**: ALLOWED_HOSTS names this machine only (the default). Nothing needs setting; SQLite, an embedded
  queue and a generated secret live in DATA_DIR.
* **Production**: ALLOWED_HOSTS names anything else. Then every unsafe or missing setting stops the start with a
  sentence (see `production_faults` in config/production.py), and cookies, HTTPS and HSTS are strict.
"""

import sys
from pathlib import Path

import environ
from csp.constants import NONE, SELF
from django.core.exceptions import ImproperlyConfigured

from config.production import (
    file_storage,
    is_laptop,
    laptop_secret,
    production_faults,
    site_host,
    whole_number,
)

env = environ.Env()
BASE_DIR = Path(__file__).resolve().parent.parent

# --- Where things are kept -------------------------------------------------------------------------------------
DATA_DIR = Path(env.str("DATA_DIR", default=str(BASE_DIR / ".data"))).resolve()
DATA_DIR.mkdir(parents=True, exist_ok=True)

# --- Laptop or production --------------------------------------------------------------------------------------
ALLOWED_HOSTS = env.list("ALLOWED_HOSTS", default=["localhost", "127.0.0.1", "[::1]"])
DEBUG = env.bool("DEBUG", default=False)
LAPTOP = is_laptop(ALLOWED_HOSTS)
SECRET_KEY_FALLBACKS = env.list("SECRET_KEY_FALLBACKS", default=[])  # Earlier secrets, while links made with them live.
SECRET_KEY = env.str("SECRET_KEY", default="") or (laptop_secret(DATA_DIR) if LAPTOP else "")
# Makes the pseudonyms that link posts of one person over time. With another one, nothing links to what was kept before.
PSEUDONYM_SECRET = env.str("PSEUDONYM_SECRET", default="") or (
    laptop_secret(DATA_DIR, "pseudonym_secret") if LAPTOP else ""
)
# Makes the noise of public figures the same every time. With another one, what was published before could be unpicked.
PROFILE_SECRET = env.str("PROFILE_SECRET", default="") or (laptop_secret(DATA_DIR, "profile_secret") if LAPTOP else "")
DATABASE_URL = env.str("DATABASE_URL", default="")
REDIS_URL = env.str("REDIS_URL", default="")
EMAIL_URL = env.str("EMAIL_URL", default="")
STORAGE_URL = env.str("STORAGE_URL", default="")
# A demonstration has one shared password; with it set, the sign-in page lists the demonstration's sign-ins.
DEMO_PASSWORD = env.str("DEMO_PASSWORD", default="")
DEMO_MAIL_DOMAIN = "demo.example"

if not LAPTOP:
    faults = production_faults(
        secret_key=SECRET_KEY,
        pseudonym_secret=PSEUDONYM_SECRET,
        profile_secret=PROFILE_SECRET,
        debug=DEBUG,
        allowed_hosts=ALLOWED_HOSTS,
        database_url=DATABASE_URL,
        redis_url=REDIS_URL,
        email_url=EMAIL_URL,
        demo_password=DEMO_PASSWORD,
    )
    if faults:
        raise ImproperlyConfigured("This site will not start until these settings are right:\n- " + "\n- ".join(faults))

# --- Applications, in the order of the import rule: a module imports from its own app or from those above it ----
INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "django.contrib.humanize",
    "allauth",
    "allauth.account",
    "crispy_forms",
    "partners",
    "workforce",
    "principles",
    "strategies",
    "actions",
    "reviews",
    "config",
]

MIDDLEWARE = [
    # Outermost, so that redirects, refusals and static files carry their headers too.
    "csp.middleware.CSPMiddleware",
    "django_permissions_policy.PermissionsPolicyMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "partners.middleware.OwnSiteOnly",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.middleware.gzip.GZipMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "partners.middleware.SessionLimits",
    "partners.middleware.SignInFirst",
    "partners.middleware.PrivatePages",
    "partners.middleware.UploadLimit",
    "django.contrib.messages.middleware.MessageMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "partners.middleware.Refusals",
]

ROOT_URLCONF = "config.urls"
WSGI_APPLICATION = "config.wsgi.application"
SITE_NAME = "Joint workforce planner"
PORT = whole_number("PORT", env.str("PORT", default="8000"))
# Links in messages start with this; a request's own headers are never trusted for it.
SITE_ADDRESS = f"http://127.0.0.1:{PORT}" if LAPTOP else f"https://{site_host(ALLOWED_HOSTS)}"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "OPTIONS": {
            "loaders": [
                (
                    "django.template.loaders.cached.Loader",
                    ["django.template.loaders.filesystem.Loader", "django.template.loaders.app_directories.Loader"],
                )
            ],
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "config.shell.shell",
            ],
        },
    }
]

# --- Database, cache, queue, files, mail -----------------------------------------------------------------------
SQLITE_OPTIONS = {
    # Writers wait for each other at BEGIN rather than failing half-way; readers never wait (WAL).
    "transaction_mode": "IMMEDIATE",
    "timeout": 20,
    "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA foreign_keys=ON;",
}
if DATABASE_URL:
    DATABASES = {"default": env.db_url_config(DATABASE_URL)}
    DATABASES["default"]["CONN_HEALTH_CHECKS"] = True
    DATABASES["default"]["CONN_MAX_AGE"] = 60
else:
    DATABASES = {
        "default": {
            "ENGINE": "django.db.backends.sqlite3",
            "NAME": DATA_DIR / "planner.sqlite3",
            # A file, not memory: the tests with real worker processes need a database both sides can open.
            "TEST": {"NAME": DATA_DIR / "test.sqlite3"},
        }
    }
if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    DATABASES["default"]["OPTIONS"] = SQLITE_OPTIONS
    DATABASES["default"]["CONN_MAX_AGE"] = 60  # Opening the file anew is a third of the work of a small request.
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# The throttles count in the cache, so it must be shared by all processes: Redis, or a database table.
CACHES = {
    "default": (
        {"BACKEND": "django.core.cache.backends.redis.RedisCache", "LOCATION": REDIS_URL, "KEY_PREFIX": "planner"}
        if REDIS_URL
        else {
            "BACKEND": "django.core.cache.backends.db.DatabaseCache",
            "LOCATION": "cache_entries",
            "OPTIONS": {"MAX_ENTRIES": 5_000},  # a report has some sixty charts
        }
    )
}

QUEUE_DIR = DATA_DIR / "queue"
if not REDIS_URL:
    for part in ("messages", "control"):
        (QUEUE_DIR / part).mkdir(parents=True, exist_ok=True)
CELERY_BROKER_URL = REDIS_URL or "filesystem://"
CELERY_BROKER_TRANSPORT_OPTIONS = (
    {"visibility_timeout": 3600}
    if REDIS_URL
    else {
        "data_folder_in": str(QUEUE_DIR / "messages"),
        "data_folder_out": str(QUEUE_DIR / "messages"),
        "control_folder": str(QUEUE_DIR / "control"),
    }
)

STORAGES = {
    # Uploaded files: never under a public address, always handed out by a view that asks a permission.
    "default": file_storage(STORAGE_URL, DATA_DIR),
    "staticfiles": {
        "BACKEND": (
            "django.contrib.staticfiles.storage.StaticFilesStorage" if LAPTOP else "config.static_files.HashedFiles"
        )
    },
}
MAX_PLAN_FILE_BYTES = 10_000_000  # What the readers take at the most: see actions/reading/guards.py.
MAX_WORKFORCE_BYTES = 500_000_000  # All files of one return together; a million workers are some 160 MB.
WORKFORCE_RAW_DAYS = whole_number("WORKFORCE_RAW_DAYS", env.str("WORKFORCE_RAW_DAYS", default="7"))
WORK_DIR = DATA_DIR / "work"  # A folder in it belongs to one attempt to read an upload, and goes with it.
MAX_ATTACHMENT_BYTES = 10 * 1024 * 1024
MAX_REQUEST_BYTES = 12 * 1024 * 1024  # The largest file that any form takes, and what a form sends around it.
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024
FILE_UPLOAD_PERMISSIONS = 0o600

if EMAIL_URL:
    vars().update(env.email_url_config(EMAIL_URL))
else:
    EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
    EMAIL_FILE_PATH = DATA_DIR / "mail"
DEFAULT_FROM_EMAIL = f"Joint workforce planner <no-reply@{site_host(ALLOWED_HOSTS)}>"
EMAIL_SUBJECT_PREFIX = ""

# --- Static files ----------------------------------------------------------------------------------------------
STATIC_URL = "/static/"
STATIC_ROOT = DATA_DIR / "staticfiles"
STATIC_ROOT.mkdir(exist_ok=True)
STATICFILES_DIRS = [BASE_DIR / "static"]
WHITENOISE_USE_FINDERS = LAPTOP
WHITENOISE_MAX_AGE = 3600 if LAPTOP else 60 * 60 * 24 * 365

# --- Language and time -----------------------------------------------------------------------------------------
LANGUAGE_CODE = "en-gb"
TIME_ZONE = "Europe/London"
USE_I18N = False
USE_TZ = True
DATE_FORMAT = "j F Y"

# --- Accounts --------------------------------------------------------------------------------------------------
AUTH_USER_MODEL = "partners.User"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "reviews:start"
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.ScryptPasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
]
ACCOUNT_ADAPTER = "partners.accounts.InvitationOnlyAdapter"
ACCOUNT_FORMS = {
    "login": "partners.forms.SignInForm",
    "reset_password": "partners.forms.ForgottenPasswordForm",
    "reset_password_from_key": "partners.forms.NewPasswordForm",
    "set_password": "partners.forms.SetPasswordForm",
    "change_password": "partners.forms.ChangePasswordForm",
}
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_USER_DISPLAY = "partners.accounts.display_name"
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*", "password2*"]
ACCOUNT_EMAIL_VERIFICATION = "none"  # The invitation link has already proved the address.
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = False
ACCOUNT_LOGOUT_ON_GET = False
ACCOUNT_LOGOUT_ON_PASSWORD_CHANGE = True
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_RATE_LIMITS = {
    "login": "60/m/ip",
    "login_failed": "30/m/ip,10/5m/key",
    "reset_password": "20/m/ip,5/m/key",
    "reset_password_from_key": "20/m/ip",
    "change_password": "5/m/user",
}
ALLAUTH_TRUSTED_PROXY_COUNT = whole_number(
    "TRUSTED_PROXIES", env.str("TRUSTED_PROXIES", default="0" if LAPTOP else "1")
)

# Office hours: half an hour idle, half a day at most.
SESSION_IDLE_SECONDS = 30 * 60
SESSION_COOKIE_AGE = 12 * 60 * 60
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
PASSWORD_RESET_TIMEOUT = 60 * 60
INVITATION_DAYS = 14

# --- Headers and cookies ---------------------------------------------------------------------------------------
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF],
        "font-src": [SELF],
        "connect-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "object-src": [NONE],
        "frame-ancestors": [NONE],
        "frame-src": [NONE],
    }
}
PERMISSIONS_POLICY = {
    feature: []
    for feature in (
        "accelerometer", "autoplay", "camera", "display-capture", "encrypted-media", "fullscreen", "geolocation",
        "gyroscope", "magnetometer", "microphone", "midi", "payment", "usb", "xr-spatial-tracking",
    )
}  # fmt: skip
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"  # Lax, so that a link in an e-mail opens the page for somebody signed in.
CSRF_COOKIE_HTTPONLY = True
CSRF_COOKIE_SAMESITE = "Lax"  # Strict would give a form left open a new token whenever a link in an e-mail is opened.
CSRF_FAILURE_VIEW = "partners.views.stale_form"
if not LAPTOP:
    SECURE_SSL_REDIRECT = True
    SECURE_REDIRECT_EXEMPT = [r"^healthz$", r"^readyz$"]
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    SECURE_HSTS_SECONDS = 60 * 60 * 24 * 365
    SECURE_HSTS_INCLUDE_SUBDOMAINS = True
    SECURE_HSTS_PRELOAD = True
    SESSION_COOKIE_SECURE = True
    SESSION_COOKIE_NAME = "__Host-session"
    CSRF_COOKIE_SECURE = True
    CSRF_COOKIE_NAME = "__Host-csrf"
    CSRF_TRUSTED_ORIGINS = [f"https://{host.lstrip('.')}" for host in ALLOWED_HOSTS]

# --- Forms -----------------------------------------------------------------------------------------------------
CRISPY_ALLOWED_TEMPLATE_PACKS = ["govuk"]
CRISPY_TEMPLATE_PACK = "govuk"
CRISPY_FAIL_SILENTLY = False
CRISPY_CLASS_CONVERTERS = dict.fromkeys(
    [
        "textinput", "urlinput", "numberinput", "emailinput", "dateinput", "textarea", "passwordinput", "hiddeninput",
        "clearablefileinput", "fileinput", "select", "selectmultiple", "radioselect", "checkboxselectmultiple",
        "checkboxinput", "countedtextarea",
    ],
    "",
)  # fmt: skip

# --- Logs: to standard error, never with what people typed ------------------------------------------------------
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "%(asctime)s %(levelname)s %(name)s %(message)s"}},
    "filters": {"secrets": {"()": "config.logs.MaskSecrets"}},
    "handlers": {
        "stderr": {
            "class": "logging.StreamHandler",
            "stream": sys.stderr,
            "formatter": "line",
            "filters": ["secrets"],
        }
    },
    "root": {"handlers": ["stderr"], "level": "WARNING"},
    # Refused and missing pages are not logged: their addresses may carry the secret of a link.
    "loggers": {
        "django.request": {"level": "ERROR"},
        "django.security": {"level": "ERROR"},
        "django.security.DisallowedHost": {"handlers": [], "propagate": False},
    },
}

TEST_RUNNER = "django.test.runner.DiscoverRunner"
