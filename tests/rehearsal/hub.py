"""A JupyterHub for the rehearsal, as the guide sets it up, and what its pages ask of it."""

import contextlib
import json
import os
import pwd
import re
import signal
import subprocess
import time
import urllib.error
import urllib.parse
import urllib.request

from lab import free_port
from machine import COURSE, do, give

PASSWORD = "in rehearsal"


def blocks_of_the_guide():
    """The texts in the part on JupyterHub: commands, and three files."""
    guide = (COURSE / "INSTRUCTORS.md").read_text(encoding="utf-8")
    part = guide[guide.index("**JupyterHub.**") : guide.index("**A cluster.**")]
    return re.findall(r"^```\n(.*?)^```$", part, flags=re.M | re.S)


def write_settings(top, teacher):
    """The three files of the guide, with the rehearsal's places in them."""
    places = {
        "/opt/ravine": top / "venv",
        "/srv/nbgrader": top,
        "/home/teacher": top / "home/teacher",
    }
    _, hub, for_all, for_teacher = blocks_of_the_guide()
    mine = f"""
c.JupyterHub.authenticator_class = "dummy"
c.DummyAuthenticator.password = {PASSWORD!r}
c.JupyterHub.bind_url = "http://127.0.0.1:{free_port()}"
c.JupyterHub.hub_port = {free_port()}
c.ConfigurableHTTPProxy.api_url = "http://127.0.0.1:{free_port()}"
"""
    for path, text in {
        top / "jupyterhub_config.py": hub + mine,
        top / "venv/etc/jupyter/nbgrader_config.py": for_all,
        top / "home" / teacher / ".jupyter/nbgrader_config.py": for_teacher,
    }.items():
        for place, here in places.items():
            text = text.replace(place, str(here))
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
    (top / "exchange").mkdir()
    (top / "exchange").chmod(0o777)
    give(top / "home" / teacher, teacher)
    return re.search(r"bind_url = \"(.*)\"", mine)[1]


@contextlib.contextmanager
def hub(top, address):
    """JupyterHub, running; it stops all servers when it is stopped."""
    programs = [top / "venv/bin", top / "npm/bin"]
    path = os.pathsep.join([*map(str, programs), os.environ["PATH"]])
    with open(top / "hub.log", "w") as log:
        process = subprocess.Popen(
            ["jupyterhub", "-f", "jupyterhub_config.py"],
            cwd=top,
            env={"PATH": path, "LANG": "C.UTF-8"},
            executable=top / "venv/bin/jupyterhub",
            stdout=log,
            stderr=log,
        )
    try:
        ask(f"{address}/hub/api/", patience=60)
        yield
    finally:
        process.send_signal(signal.SIGTERM)
        process.wait(timeout=60)


class Person:
    """A user with a server of its own on the hub."""

    def __init__(self, name, address, home):
        self.name, self.home, self.number = name, home, pwd.getpwnam(name).pw_uid
        self.hub, self.server = f"{address}/hub/api", f"{address}/user/{name}"
        self.python = home.parents[1] / "venv/bin/python"
        self.token = None

    def arrive(self):
        """Log in and start the server."""
        account = {"auth": {"username": self.name, "password": PASSWORD}}
        self.token = ask(f"{self.hub}/users/{self.name}/tokens", "POST", account)["token"]
        self.ask(f"{self.hub}/users/{self.name}/server", "POST")
        self.ask(f"{self.server}/api/status", patience=60)

    def ask(self, address, method="GET", body=None, patience=0):
        """Ask the hub, or by an address that begins with / one's own server."""
        if address.startswith("/"):
            address = self.server + address
        return ask(address, method, body, self.token, patience)

    def press(self, address, **fields):
        """A button of nbgrader's pages; they tell of success in what they answer."""
        query = f"?{urllib.parse.urlencode(fields)}" if fields else ""
        answer = self.ask(f"{address}{query}", "POST")
        if not answer.get("success"):
            raise SystemExit(f"{self.name} pressed {address}: {json.dumps(answer)[:3000]}")
        return answer

    def shell(self, command, check=True):
        """A command in a terminal of this user, with the Python of the hub."""
        words = ["runuser", "-u", self.name, "--", "bash", "-c", command]
        path = os.pathsep.join([str(self.python.parent), os.environ["PATH"]])
        settings = {"cwd": self.home, "env": {"PATH": path, "HOME": str(self.home)}}
        if check:
            return do(*words, **settings)
        return subprocess.run(words, capture_output=True, text=True, check=False, **settings)


def ask(address, method="GET", body=None, token=None, patience=0):
    """A request and its JSON; for some seconds again where nothing answers yet."""
    headers = {"Authorization": f"token {token}"} if token else {}
    data = None if body is None else json.dumps(body).encode()
    end = time.monotonic() + patience
    while True:
        request = urllib.request.Request(address, data, headers, method=method)
        try:
            with urllib.request.urlopen(request, timeout=300) as answer:
                return json.loads(answer.read() or "null")
        except (urllib.error.URLError, json.JSONDecodeError):
            if time.monotonic() > end:
                raise
            time.sleep(0.2)
