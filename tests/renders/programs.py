"""Programs that some tests need, and Python does not bring along."""

import os
import shutil

import pytest

CHROMIUM = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
FIREFOX = ("firefox-esr", "firefox")
OFFICE = ("soffice",)


def program(names: tuple[str, ...], package: str) -> str:
    """Find a program that has one of these names.

    Where there is none the test is skipped, and says which package to install. CI has installed it: there it fails.
    """
    found = next(filter(None, map(shutil.which, names)), None)
    if found is not None:
        return found
    missing = f"{names[0]} is missing; install {package} (renders/setup.sh does it on Debian, where it may)"
    if os.environ.get("CI"):
        pytest.fail(missing)
    pytest.skip(missing)
