"""A PostgreSQL server of Debian's package for tests: its own folder and socket, no port."""

import contextlib
import os
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

KEEPER = Path(__file__).with_name("keeper.py")
USER = "postgres"  # of Debian's package: the server refuses to run as root


def programs():
    """The folder of the newest server on this machine, or None."""
    folders = [Path(found).resolve().parent for found in [shutil.which("initdb")] if found]
    folders += Path("/usr/lib/postgresql").glob("*/bin")
    whole = [folder for folder in folders if (folder / "postgres").exists()]
    return max(
        whole, key=lambda folder: [int(n) for n in folder.parent.name.split(".")], default=None
    )


@contextlib.contextmanager
def server():
    """A running server; yields `database`: name -> URL of a new, empty database."""
    folder = Path(tempfile.mkdtemp(prefix="ravine-postgres-"))
    become = []
    if not os.geteuid():
        shutil.chown(folder, USER, USER)
        become = ["setpriv", f"--reuid={USER}", f"--regid={USER}", "--clear-groups"]
    tools, data = programs(), folder / "data"
    calm = {"stdin": subprocess.DEVNULL, "capture_output": True, "cwd": folder, "check": True}
    subprocess.run(
        [
            *become,
            tools / "initdb",
            "--pgdata",
            data,
            "--auth=trust",
            "--encoding=UTF8",
            "--no-sync",
        ],
        **calm,
    )
    settings = {"listen_addresses": "", "unix_socket_directories": folder, "fsync": "off"}
    words = [word for item in settings.items() for word in ("-c", "{}={}".format(*item))]
    command = [*become, tools / "postgres", "-D", data, *words]
    log = open(folder / "log", "w")  # noqa: SIM115 closed below
    keeper = subprocess.Popen(
        [sys.executable, KEEPER, *command],
        stdin=subprocess.PIPE,
        stdout=log,
        stderr=log,
        cwd=folder,
    )
    speak = [*become, tools / "psql", "--host", folder, "--dbname", "postgres", "-c"]

    def database(name, template="template1"):
        subprocess.run([*speak, f"CREATE DATABASE {name} TEMPLATE {template}"], **calm)
        return f"postgresql+psycopg://{user}@/{name}?host={folder}"

    user = USER if become else subprocess.check_output(["id", "-un"], text=True).strip()
    try:
        wait_for([*become, tools / "pg_isready", "--host", folder], keeper, folder / "log")
        yield database
    finally:
        subprocess.run([*become, tools / "pg_ctl", "-D", data, "stop", "-m", "immediate"], **calm)
        keeper.stdin.close()
        keeper.wait(timeout=30)
        log.close()
        shutil.rmtree(folder)


def wait_for(ready, keeper, log):
    end = time.monotonic() + 60
    while time.monotonic() < end and keeper.poll() is None:
        if subprocess.run(ready, capture_output=True, cwd="/").returncode == 0:
            return
        time.sleep(0.1)
    raise RuntimeError(f"PostgreSQL didn't start:\n{log.read_text()[-2000:]}")
