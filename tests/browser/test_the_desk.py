"""`make lab` opens a clean desk, `make formgrader` an instructor's; the user's settings stay."""

import contextlib
import os
import subprocess
import sys
import time
import urllib.error
import urllib.request

import pytest
from lab import KEEPER, free_port

TOKEN = "desk"
PANELS = "Nbgrader"  # the menu that nbgrader adds to JupyterLab


@contextlib.contextmanager
def made(target, folder, root):
    """The address of the server that `make target` starts, for a user with an empty home."""
    port = free_port()
    (folder / "venv").mkdir(parents=True)
    (folder / "venv" / "lab.stamp").touch()  # the packages are those of this Python
    home = folder / "home"
    home.mkdir()
    options = (
        f"--no-browser --port={port} --ServerApp.port_retries=0 --IdentityProvider.token={TOKEN}"
    )
    python, venv = f"PYTHON={sys.executable}", f"VENV={folder / 'venv'}"
    command = [sys.executable, KEEPER, "make", "-C", root, target, python, venv, f"ARGS={options}"]
    settings = os.environ | {"HOME": str(home), "DISPLAY": ""}
    log = open(folder / "log", "w")  # noqa: SIM115 (the server writes to it for as long as it runs)
    keeper = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=log, stderr=log, env=settings)
    address = f"http://127.0.0.1:{port}"
    try:
        for _ in range(600):
            with contextlib.suppress(urllib.error.URLError, OSError):
                urllib.request.urlopen(f"{address}/api?token={TOKEN}", timeout=5).close()
                break
            assert keeper.poll() is None, (folder / "log").read_text()
            time.sleep(0.1)
        yield f"{address}/lab/tree/README.md?token={TOKEN}"
    finally:
        keeper.stdin.close()
        keeper.wait(timeout=30)
        log.close()


@pytest.mark.parametrize(("target", "panels"), [("lab", False), ("formgrader", True)])
def test_the_desk(target, panels, tmp_path, root, open_page):
    with made(target, tmp_path, root) as address:
        page = open_page(url=address)
        page.wait_for_selector("#jp-MainLogo", timeout=60_000)
        page.wait_for_selector(".lm-MenuBar-item >> text=Help", timeout=60_000)
        page.wait_for_timeout(1500)  # a prompt for news comes a moment after the menus
        assert page.locator(".lm-MenuBar-item", has_text=PANELS).count() == panels
        assert page.locator(".jp-toast-button, .Toastify__toast").count() == 0
        lesson = page.evaluate(
            "fetch('/api/contents/lessons/00_start_here.ipynb').then((answer) => answer.json())"
        )
        code = [cell for cell in lesson["content"]["cells"] if cell["cell_type"] == "code"]
        assert all(cell["metadata"]["trusted"] for cell in code) == (target == "lab")
        assert target != "lab" or not list(tmp_path.rglob("home/**/nbsignatures.db"))
        settings = tmp_path / "home" / ".jupyter"
        written = {path.relative_to(settings).as_posix() for path in settings.rglob("*.*")}
        assert not [path for path in written if "workspaces" not in path], "settings were written"
