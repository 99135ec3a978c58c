"""Everything that learners' code can read in the sandbox, against a short list of what it may."""

import json
import os
import subprocess
import sys
from itertools import product

import pytest
import sandboxed
from classroom import COURSE, needs_sandbox
from sandboxed import either  # noqa: F401

from course_utils.grading import bubblewrap, sandbox, syscalls

pytestmark = needs_sandbox
on_either = pytest.mark.usefixtures("either")

SECRET = "gradebook-password-of-the-instructor"
SYSTEM = [f"{top}/{name}" for top in ("/usr", "") for name in bubblewrap.SYSTEM]
FOLDERS = [*SYSTEM, *bubblewrap.python_folders(), "/etc/alternatives", "/proc"]
FILES = {"/etc/passwd", "/etc/group", "/etc/hosts", "/etc/ld.so.cache"}
DEVICES = {
    f"/dev/{name}"
    for name in ["null", "zero", "full", "random", "urandom", "tty", "stdin", "stdout", "stderr"]
}
DEVICES |= {"/dev/ptmx", "/dev/pts/ptmx"}
# What IPython writes when it starts, and Matplotlib's list of fonts.
OWN = ("/home/learner/.ipython/", "/home/learner/.cache/matplotlib/fontlist-")
# Of the machine, /proc tells the hardware, the kernel and the load, and the paths of what is bound.
MACHINE = """
buddyinfo cgroups consoles cpuinfo crypto devices diskstats dma execdomains fb filesystems
interrupts iomem ioports kallsyms latency_stats loadavg locks mdstat meminfo misc modules
mtrr pagetypeinfo partitions schedstat slabinfo softirqs stat swaps sysrq-trigger timer_list
uptime version
vmallocinfo vmstat zoneinfo config.gz kmsg kcore bootconfig pressure kpagecount
kpageflags kpagecgroup version_signature dynamic_debug driver tty acpi sysvipc
"""
LOOK = f"""
import json, os, stat
known, pruned = set(), set({FOLDERS!r})
for folder, folders, files in os.walk("/"):
    folders[:] = [name for name in folders if os.path.join(folder, name) not in pruned]
    known |= {{os.path.join(folder, name) for name in files}} - pruned
open_to_us = sorted(name for name in known if os.access(name, os.R_OK))
machine, found, token = [], [], {SECRET[::-1]!r}[::-1].encode()

def content(name, most=10**7):
    with open(os.open(name, os.O_RDONLY | os.O_NONBLOCK), "rb") as file:
        return file.read(most)

for folder, folders, files in os.walk("/proc"):
    mine = folder.split("/")[2:3] in (["self"], ["thread-self"], [str(os.getpid())])
    folders[:] = [name for name in folders if name not in ("task", "map_files", "ns", "fdinfo")]
    for name in files:
        path = os.path.join(folder, name)
        if stat.S_ISREG(os.lstat(path).st_mode) and os.access(path, os.R_OK):
            if not path.startswith(f"/proc/{{os.getpid()}}/"):
                machine.append(path.removeprefix("/proc/"))
            try:
                found += [path] * (not mine and token in content(path))
            except OSError:
                pass
found += ["environment"] * (token in content("/proc/self/environ"))
pids = sorted(name for name in os.listdir("/proc") if name.isdigit())
print(json.dumps([open_to_us, machine, found, pids]))
"""


@pytest.fixture(
    scope="module", params=product(["whoever runs this", "an ordinary user"], sandboxed.KINDS)
)
def sight(request):
    """What `LOOK` finds, while the one who starts it holds a secret in the environment."""
    who, kind = request.param
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("MY_SECRET", SECRET)
        patch.setenv(sandboxed.KIND, kind)
        ordinary = who == "an ordinary user"
        look = sandboxed.output_as_ordinary_user if ordinary else in_a_process_of_its_own
        seen = look(LOOK)
    assert seen.startswith("["), seen
    return json.loads(seen)


def in_a_process_of_its_own(source):
    """Whose own first environment holds the secret, as an instructor's shell would give it."""
    command = [sys.executable, sandboxed.__file__]
    done = subprocess.run(command, input=source, capture_output=True, text=True, timeout=100)
    return done.stdout


def test_files_in_sight_are_those_of_a_short_list(sight):
    files, *_ = sight
    assert {name for name in files if not name.startswith(OWN)} <= FILES | DEVICES


def test_the_machine_is_described_and_no_more(sight):
    _, machine, *_ = sight
    described = {name for name in machine if not name.startswith(("net/", "irq/", "fs/", "bus/"))}
    parts = {name.split("/")[0] for name in described}
    assert parts <= set(MACHINE.split())
    assert not {"cmdline", "keys", "key-users"} & described


def test_nothing_tells_what_the_instructor_holds(sight):
    _, _, found, pids = sight
    assert found == []
    assert pids == ["1"]  # so there is no memory to look into but the code's own


@on_either
def test_only_descriptors_of_the_run_are_open():
    code = "print([os.readlink(f'/proc/self/fd/{n}') for n in os.listdir('/proc/self/fd')[:-1]])"
    secret = os.open(COURSE / "README.md", os.O_RDONLY)
    os.set_inheritable(secret, True)
    try:
        links = eval(sandboxed.output("import os", code))
    finally:
        os.close(secret)
    kinds = {"/dev/null"}
    assert {link for link in links if "(deleted)" not in link and ":[" not in link} <= kinds
    assert len([link for link in links if "(deleted)" in link]) == 1  # the report


@pytest.mark.parametrize(
    ("code", "printed"),
    [
        ("import os; print(os.getuid(), os.getgid(), os.uname().nodename)", "65534 65534 sandbox"),
        ("import getpass, pathlib; print(getpass.getuser(), pathlib.Path.home())",
         "learner /home/learner"),
        ("import os; print(os.path.exists('/proc/1/root/etc/shadow'))", "False"),
        ("import os; print(os.path.exists('/sys'), os.path.exists('/run'))", "False False"),
        ("import socket; print([n for _, n in socket.if_nameindex()])", "['lo']"),
        ("print([line for line in open('/proc/net/unix') if '/' in line or '@' in line])", "[]"),
        ("import subprocess; print(subprocess.run(['unshare', '-U', 'true']).returncode)", "1"),
        ("import subprocess; print(subprocess.run('bwrap --bind / / id'.split()).returncode)", "1"),
    ],
)  # fmt: skip
@on_either
def test_inside_there_are_no_rights(code, printed):
    assert sandboxed.output(code).strip() == printed


@pytest.mark.skipif(syscalls.program() is None, reason="no filter for this kind of machine")
@pytest.mark.parametrize("name", syscalls.FORBIDDEN)
@on_either
def test_forbidden_calls_are_refused(name):
    column = syscalls.MACHINES[os.uname().machine][0]
    number = syscalls.FORBIDDEN[name][column]
    code = f"print(libc.syscall({number}, 0, 4096, 0o600), ctypes.get_errno())"
    load = "import ctypes; libc = ctypes.CDLL(None, use_errno=True)"
    assert sandboxed.output(load, code) == "-1 1\n"


@pytest.mark.skipif(syscalls.program() is None, reason="no filter for this kind of machine")
@on_either
def test_only_common_sockets_can_be_made():
    code = (
        "import socket\n"
        "def made(family):\n"
        "    try: return socket.socket(family, socket.SOCK_DGRAM)\n"
        "    except OSError as error: return not isinstance(error, PermissionError)\n"
        "print([family for family in range(50) if made(family)])"
    )
    allowed = set(eval(sandboxed.output(code)))
    assert allowed == set(syscalls.FAMILIES)


# A course among what the sandbox shows.


@pytest.mark.parametrize("folder", ["/usr/share/ravine", "/usr/lib/courses/ravine"])
def test_a_course_among_programs_is_refused(folder):
    said = sandbox.missing(folder)
    assert "this course lies in it, with its solutions and grades. Move the course" in said


def test_a_virtual_environment_in_the_course_folder_shows_no_more_of_it(monkeypatch, tmp_path):
    """`python -m venv .` makes the course folder the environment's own."""
    for name in ["bin", "lib", "solutions", "submitted"]:
        (tmp_path / name).mkdir()
    (tmp_path / "gradebook.db").touch()
    monkeypatch.setattr(sys, "prefix", str(tmp_path))
    assert bubblewrap.exposed(tmp_path) is None
    command = bubblewrap.command(["/bin/ls", str(tmp_path)], {})
    listed = subprocess.run(command, env={}, capture_output=True, text=True).stdout
    assert listed.split() == ["bin", "lib"]
