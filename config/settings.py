"""All settings, from the environment. docs/settings.md documents each, and a test holds the two together."""

import os
from pathlib import Path

from csp.constants import NONE, SELF
from django.utils.translation import gettext_lazy as _

from . import environment as env
from .database import database_settings
from .licences import LICENCE_URLS

BASE_DIR = Path(__file__).resolve().parent.parent
LOCAL_DIR = env.folder(os.environ, "LOCAL_DIR", BASE_DIR / ".local")

DEBUG = env.boolean(os.environ, "DEBUG", False)
HTTPS = env.boolean(os.environ, "HTTPS", True)
SECRET_KEY = env.secret(os.environ, "SECRET_KEY", kept_in=LOCAL_DIR / "secret_key")
PRIVATE_KEYS = env.private_keys(os.environ, "PRIVATE_KEYS", kept_in=LOCAL_DIR / "private_keys")
ALLOWED_HOSTS = env.words(os.environ, "ALLOWED_HOSTS", "localhost,127.0.0.1")
SITE_NAME = env.text(os.environ, "SITE_NAME", "Still Held")
SITE_URL = env.origin(os.environ, "SITE_URL", "")
DATA_LICENCE = env.text(os.environ, "DATA_LICENCE", "CC BY 4.0")
DATA_LICENCE_URL = env.text(os.environ, "DATA_LICENCE_URL", "") or LICENCE_URLS.get(DATA_LICENCE, "")
LEAVE_URL = env.text(os.environ, "LEAVE_URL", "https://www.wikipedia.org/")
# Nothing serves these folders: each file is handed out by a view that looks first who may see it.
MEDIA_DIR = env.folder(os.environ, "MEDIA_DIR", LOCAL_DIR / "media", mode=0o700)
FILE_UPLOAD_TEMP_DIR = MEDIA_DIR / "incoming"  # and not among everybody's temporary files
FILE_UPLOAD_TEMP_DIR.mkdir(mode=0o700, exist_ok=True)
FILE_UPLOAD_HANDLERS = [
    "desk.uploads.BoundedUploads",
    "django.core.files.uploadhandler.MemoryFileUploadHandler",
    "django.core.files.uploadhandler.TemporaryFileUploadHandler",
]
DATA_DIR = env.folder(os.environ, "DATA_DIR", LOCAL_DIR / "data", mode=0o700)
DATA_ON_REQUEST = env.boolean(os.environ, "DATA_ON_REQUEST", True)
UPLOAD_MAX_BYTES = env.whole_number(os.environ, "UPLOAD_MAX_BYTES", 26_214_400, minimum=1000)
IMPORT_MAY_PUBLISH = env.boolean(os.environ, "IMPORT_MAY_PUBLISH", True)

INSTALLED_APPS = [
    "config",
    "desk.apps.DeskConfig",
    "public.apps.PublicConfig",
    "counts.apps.CountsConfig",
    "releases.apps.ReleasesConfig",
    "prisoners.apps.PrisonersConfig",
    "desk.apps.DeskAdminConfig",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.postgres",
    "django.contrib.staticfiles",
    "django_filters",
    "csp",
    "pgtrigger",
    "pghistory",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "public.middleware.OpenDataMiddleware",
    "config.middleware.DatabaseAwayMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    # Sessions and accounts are the editors' only: a reader's request touches neither, and gets no cookie.
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "desk.middleware.KeepingMiddleware",
    "desk.middleware.ActingMiddleware",
]

ROOT_URLCONF = "config.urls"
WSGI_APPLICATION = "config.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "public.context.site",
            ],
            "builtins": ["desk.kept.tags"],
        },
    },
]

DATABASES = {"default": database_settings(os.environ, LOCAL_DIR)}
DATABASES["default"].setdefault("OPTIONS", {}).setdefault("connect_timeout", 5)
# No page may hold the database for longer; commands and the admin lift it for themselves.
PUBLIC_STATEMENT_TIMEOUT_MS = env.whole_number(os.environ, "PUBLIC_STATEMENT_TIMEOUT_MS", 10_000, minimum=100)
# A file of a million people comes in many statements, each of which may take longer than a page's.
DOWNLOAD_STATEMENT_TIMEOUT_MS = env.whole_number(os.environ, "DOWNLOAD_STATEMENT_TIMEOUT_MS", 60_000, minimum=100)
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]
LOGIN_URL = "admin:login"
AUTHENTICATION_BACKENDS = ["desk.backends.AccountBackend"]

# What was counted, by the revision of the ledger that it was counted at: numbers alone, in each process for itself.
CACHES = {
    "default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"},
    "numbers": {
        "BACKEND": "django.core.cache.backends.locmem.LocMemCache",
        "LOCATION": "numbers",
        "OPTIONS": {"MAX_ENTRIES": 5000},
    },
    # Few and large: whoever is known of a wave.
    "records": {
        "BACKEND": "django.core.cache.backends.locmem.LocMemCache",
        "LOCATION": "records",
        "OPTIONS": {"MAX_ENTRIES": 60},
    },
}

LANGUAGE_CODE = "en"
LANGUAGES = [("en", _("English"))]
LOCALE_PATHS = [BASE_DIR / "locale"]
USE_I18N = True
TIME_ZONE = env.time_zone(os.environ, "TIME_ZONE", "UTC")
USE_TZ = True

STATIC_URL = "/static/"
STATIC_ROOT = LOCAL_DIR / "static"
STATICFILES_DIRS = [BASE_DIR / "static"]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
WHITENOISE_USE_FINDERS = True

SECURE_SSL_REDIRECT = HTTPS
SECURE_REDIRECT_EXEMPT = [r"^healthz$"]  # asked from inside, without HTTPS
SECURE_HSTS_SECONDS = 365 * 24 * 3600 if HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = HTTPS
SECURE_HSTS_PRELOAD = HTTPS
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if env.boolean(os.environ, "BEHIND_PROXY", False) else None
SESSION_COOKIE_SECURE = HTTPS
CSRF_COOKIE_SECURE = HTTPS
CSRF_FAILURE_VIEW = "desk.kept.views.refused"
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
SECURE_REFERRER_POLICY = "same-origin"  # with "no-referrer" browsers hide the origin of a form, and Django refuses every sign-in
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],  # the admin's own scripts; readers' pages have none
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
    },
}

# The API reads what is public, and knows nobody (public/api/resource.py says the same of each address).
REST_FRAMEWORK = {
    "DEFAULT_AUTHENTICATION_CLASSES": [],
    "DEFAULT_PERMISSION_CLASSES": [],
    "DEFAULT_PARSER_CLASSES": [],
    "DEFAULT_RENDERER_CLASSES": ["rest_framework.renderers.JSONRenderer"],
    "DEFAULT_SCHEMA_CLASS": "drf_spectacular.openapi.AutoSchema",
    "UNAUTHENTICATED_USER": None,
    "URL_FORMAT_OVERRIDE": None,
}
SPECTACULAR_SETTINGS = {
    "OAS_VERSION": "3.1.0",
    "VERSION": "1",
    "POSTPROCESSING_HOOKS": ["public.api.description.closed", "public.api.description.with_examples"],
    "ENUM_GENERATE_CHOICE_DESCRIPTION": False,
    "SORT_OPERATION_PARAMETERS": False,
    "SORT_OPERATIONS": False,
}

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "handlers": {"console": {"class": "logging.StreamHandler"}},
    "root": {"handlers": ["console"], "level": "WARNING"},
}
