"""`make test`: every check there is, cheapest first, with a word on each. The last is the test runner itself."""

import os
import shutil
import subprocess
import sys
import time
from pathlib import Path

ROOT = Path(__file__).parent.parent
BIN = Path(sys.executable).parent
CODE = ["db", "portal", "web", "tests", "e2e", "bench"]
CHECKS = {
    "Format": ["ruff", "format", "--no-cache", "--check", "--quiet", *CODE],
    "Style": ["ruff", "check", "--no-cache", "--quiet", *CODE],
    "Import rules": ["lint-imports", "--no-cache"],
    "Types": ["mypy"],
}


def main() -> int:
    """Run everything. Gives the exit status of the first check that fails."""
    os.chdir(ROOT)
    for name, command in CHECKS.items():
        if status := _check(name, command):
            return status
    find_browser()
    # Apart, because Playwright keeps an event loop running that the other tests would stumble over. A journey is long
    # and stands alone, so each goes to whichever core is free; a file of rules shares what it sets up.
    rules = _pytest("Rules and pages", "tests", "loadfile")
    journeys = _pytest("Whole journeys in a browser", "e2e", "load")
    return max(rules, journeys)


def _pytest(name: str, folder: str, spread: str) -> int:
    print(f"{name} …", flush=True)
    command = [str(BIN / "pytest"), folder, "-n", "2", "--dist", spread, *sys.argv[1:]]
    return subprocess.run(command).returncode


def _check(name: str, command: list[str]) -> int:
    print(f"{name} … ", end="", flush=True)
    begun = time.monotonic()
    done = subprocess.run([str(BIN / command[0]), *command[1:]], capture_output=True, text=True)
    print(f"{'good' if done.returncode == 0 else 'not good'} ({time.monotonic() - begun:.0f} s)", flush=True)
    if done.returncode:
        print(done.stdout, done.stderr, sep="\n")
    return done.returncode


def find_browser() -> None:
    """Have a Chromium: the system's own, Debian's package when we may install it, else Playwright's."""
    if found := chromium():
        print(f"Browser: {found}", flush=True)
    elif os.geteuid() == 0 and shutil.which("apt-get"):
        print("Browser: installing Debian's chromium (a minute or two) …", flush=True)
        subprocess.run(["apt-get", "update", "-qq"], check=True)
        subprocess.run(["apt-get", "install", "-y", "-qq", "chromium"], check=True, stdout=subprocess.DEVNULL)
    else:
        print("Browser: Playwright fetches its own Chromium (once) …", flush=True)
        subprocess.run([str(BIN / "playwright"), "install", "chromium"], check=True)


def chromium() -> str | None:
    """The path of a Chromium that the system has."""
    return shutil.which("chromium") or shutil.which("chromium-browser")


if __name__ == "__main__":
    sys.exit(main())
