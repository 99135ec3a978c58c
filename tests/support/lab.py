"""A JupyterLab for tests: its own folder, settings and port, gone when the test is."""

import contextlib
import json
import os
import secrets
import shutil
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from pathlib import Path

KEEPER = Path(__file__).with_name("keeper.py")
QUIET = {  # no pop-ups, no saving, every cell in the page
    "@jupyterlab/apputils-extension:notification": {"checkForUpdates": False, "fetchNews": "false"},
    "@jupyterlab/docmanager-extension:plugin": {"autosave": False},
    "@jupyterlab/notebook-extension:tracker": {"windowingMode": "none"},
}


@contextlib.contextmanager
def jupyterlab(folder, notebooks):
    """Serve copies of notebooks from a folder; yields notebook name -> address."""
    work = folder / "work"
    work.mkdir()
    for notebook in notebooks:
        shutil.copy(notebook, work)
    with serving(folder, work) as (address, token):
        yield lambda name: f"{address}/lab/tree/{name}?token={token}&reset"


@contextlib.contextmanager
def serving(folder, work):
    """Serve the folder `work`, with settings and a log in `folder`; yields address and token."""
    config = folder / "config"
    (config / "labconfig").mkdir(parents=True)
    (config / "labconfig/default_setting_overrides.json").write_text(json.dumps(QUIET))
    port, token = free_port(), secrets.token_hex(8)
    command = [
        *(sys.executable, KEEPER, sys.executable, "-m", "jupyterlab", "--no-browser"),
        *("--expose-app-in-browser", f"--port={port}", "--ServerApp.port_retries=0"),
        *(f"--IdentityProvider.token={token}", f"--ServerApp.root_dir={work}", "--allow-root"),
    ]
    places = {"JUPYTER_CONFIG_DIR": config, "JUPYTER_DATA_DIR": folder / "data"}
    settings = os.environ | {key: str(path) for key, path in places.items()}
    address = f"http://127.0.0.1:{port}"
    with open(folder / "log", "w") as log:
        keeper = subprocess.Popen(
            command, stdin=subprocess.PIPE, stdout=log, stderr=log, env=settings, cwd=work
        )
    try:
        _wait_for(f"{address}/api?token={token}", keeper, folder / "log")
        yield address, token
    finally:
        keeper.stdin.close()
        keeper.wait(timeout=30)


def free_port():
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return free.getsockname()[1]


def _wait_for(address, keeper, log):
    end = time.monotonic() + 60
    while time.monotonic() < end and keeper.poll() is None:
        with contextlib.suppress(urllib.error.URLError, OSError):
            urllib.request.urlopen(address, timeout=5).close()
            return
        time.sleep(0.1)
    raise RuntimeError(f"JupyterLab didn't start:\n{log.read_text()[-2000:]}")
