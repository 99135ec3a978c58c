"""A machine for the rehearsal: users, a Python that they can read, a proxy; all of it removed."""

import contextlib
import os
import pwd
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path

COURSE = Path(__file__).parents[2]
HUB, PROXY = "jupyterhub==6.1.1", "configurable-http-proxy@5.3.0"
NEEDED = {"useradd": "passwd", "runuser": "util-linux", "npm": "npm", "bwrap": "bubblewrap"}
NOBODY = 65534


def unfit(users):
    """Why the rehearsal can't be held here, or None."""
    if os.geteuid():
        return (
            "The rehearsal makes five users and a hub, and removes them. So run it as root, best "
            "in a container or on a machine that nobody needs."
        )
    if lacking := [package for name, package in NEEDED.items() if not shutil.which(name)]:
        return f"The rehearsal needs more: apt install {' '.join(lacking)}"
    taken = {entry.pw_name for entry in pwd.getpwall()} & set(users)
    if taken:
        return (
            f"There is a user {sorted(taken)[0]} on this machine. The rehearsal makes users of "
            f"these names and removes them: {', '.join(users)}."
        )
    return None


@contextlib.contextmanager
def rooms(users):
    """A folder with a home for each user, and a Python for all; gone afterwards.

    It is not below /tmp, where sandboxes have a folder of their own.
    """
    top = Path(tempfile.mkdtemp(prefix="ravine-hub-", dir="/opt"))
    top.chmod(0o755)
    made = []
    try:
        (top / "home").mkdir(0o755)
        for user in users:
            home = str(top / "home" / user)
            do("useradd", "--create-home", "--home-dir", home, "--shell", "/bin/bash", user)
            made.append(user)
            os.chmod(home, 0o700)
        yield top
    finally:
        for user in made:
            end_all_of(pwd.getpwnam(user).pw_uid)
            do("userdel", user)
        shutil.rmtree(top)


def install(top):
    """What the guide installs, in other places and at versions that are known to work."""
    do(python_for_all(), "-m", "venv", str(top / "venv"))
    pip = [str(top / "venv/bin/pip"), "install", "--quiet", "-c", "constraints.txt"]
    do(*pip, f"{COURSE}[class]", HUB)
    do("npm", "install", "--silent", "--global", "--prefix", str(top / "npm"), PROXY)


def python_for_all():
    """A Python that an ordinary user can run, too: one in root's home is not."""
    names = (f"python3.{minor}" for minor in (13, 12, 11))
    found = filter(None, [sys._base_executable, *map(shutil.which, names), "/usr/bin/python3"])
    works = "import ensurepip, sys, venv; sys.exit(sys.version_info < (3, 11))"
    for path in map(os.path.realpath, found):
        with contextlib.suppress(OSError):
            if not subprocess.run([path, "-c", works], user=NOBODY, cwd="/", env={}).returncode:
                return path
    sys.exit("There is no Python from 3.11 on that others than root can run: apt install python3")


def take_the_course_to(home, user):
    """The tracked files, as a clone has them, for the instructor alone."""
    course = home / "ravine"
    for name in do("git", "-C", str(COURSE), "ls-files", "-z").split("\0"):
        if name and (COURSE / name).exists():
            (course / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(COURSE / name, course / name)
    give(home, user)
    return course


def give(folder, user):
    do("chown", "--recursive", f"{user}:", str(folder))


def do(*command, **settings):
    """Run a command to its end; what it said."""
    settings = {"cwd": COURSE, "text": True, "timeout": 900} | settings
    done = subprocess.run(
        command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, check=False, **settings
    )
    if done.returncode:
        raise SystemExit(f"$ {' '.join(command)}\n{done.stdout}")
    return done.stdout


def processes_of(number):
    for folder in Path("/proc").iterdir():
        with contextlib.suppress(OSError):
            if folder.name.isdigit() and folder.stat().st_uid == number:
                yield int(folder.name)


def end_all_of(number, seconds=10):
    """End a user's processes; True if there were none after a moment."""
    end = time.monotonic() + seconds
    while remaining := list(processes_of(number)):
        if time.monotonic() > end:
            for pid in remaining:
                with contextlib.suppress(OSError):
                    os.kill(pid, signal.SIGKILL)
            time.sleep(0.5)
            return False
        time.sleep(0.1)
    return True
