"""The site's own settings, but for what only slows tests down."""

import os

os.environ["HTTPS"] = "0"

from config.settings import *  # noqa: F403
from config.settings import DATABASES, STATIC_ROOT

DATABASES["default"]["OPTIONS"]["options"] = "-c synchronous_commit=off"
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
STATIC_ROOT.mkdir(parents=True, exist_ok=True)  # or WhiteNoise warns that it is missing
