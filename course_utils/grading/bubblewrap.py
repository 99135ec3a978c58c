"""The command that starts a program in the sandbox, and the files it sees there."""

import os
import shutil
import sys
from pathlib import Path

MEGABYTE = 2**20
LIMITS = {  # of each process inside; prlimit's names
    "as": 2048 * MEGABYTE,  # addresses; what is in use is counted over all processes in `watch`
    "cpu": 120,  # seconds
    "nproc": 64,  # processes and threads in the sandbox
    "fsize": 16 * MEGABYTE,  # of a file, and of the report that comes out
    "nofile": 256,
    "core": 0,
}
HOME = "/home/learner"
WRITABLE = ["/tmp", "/dev/shm", HOME]
NOBODY = "65534"
PACKAGE = Path(__file__).parents[1]
ETC = Path(__file__).with_name("etc")
# Of /usr, and of a Python or virtual environment, no more than this: beside it may lie anything.
SYSTEM = ["bin", "sbin", "lib", "lib32", "lib64", "libexec", "share"]
PYTHON = ["bin", "lib", "lib64", "share", "etc", "ssl", "pyvenv.cfg"]
MASKED = ["/proc/cmdline", "/proc/keys", "/proc/key-users"]


def command(python, environment, seccomp=None, more=None, forks=False):
    """Words that run `python` in the sandbox; `more` files are {place inside: file to show}.

    One that `forks` keeps the right to give its forks a sandbox each, and sets their limits.
    """
    # The learner's own process is the first one: bubblewrap's would have no filter and no limits,
    # and one user's processes may write into each other's memory.
    everything = ["--unshare-user", "--unshare-all", "--disable-userns", "--as-pid-1"]
    everything += ["--new-session"]
    everything += ["--hostname", "sandbox", "--uid", NOBODY, "--gid", NOBODY, "--cap-drop", "ALL"]
    if forks:
        everything += ["--cap-add", "CAP_SYS_ADMIN", "--cap-add", "CAP_SETPCAP"]
    variables = ["--clearenv"]
    for name, value in (environment_inside() | environment).items():
        variables += ["--setenv", name, value]
    masked = ((os.devnull, name) for name in MASKED if os.path.exists(name))
    last = ["--proc", "/proc", "--chdir", HOME]
    if not forks:
        last += ["--tmpfs", "/proc/sys", *shown(*masked), "--remount-ro", "/proc/sys"]
    for folder in ["/dev", "/"]:
        last += ["--remount-ro", folder]
    if seccomp is not None:
        last += ["--seccomp", str(seccomp)]
    limits = [tool("prlimit"), *(f"--{name}={value}" for name, value in LIMITS.items()), "--"]
    limits = [] if forks else limits
    files, outer = more or {}, []
    if not os.geteuid():
        outer = as_nobody(files)
        files = {place: place for place in files}
    inner = [*everything, *variables, *view(files), *last, "--", *limits, *python]
    return [*outer, tool("bwrap"), *inner]


def as_nobody(files):
    """Root first becomes nobody: no limit on processes binds root, not even in a namespace.

    The files stay readable on the way because a first bubblewrap, with root's rights, shows them.
    """
    rights = ["--cap-drop", "ALL", "--cap-add", "CAP_SETUID", "--cap-add", "CAP_SETGID"]
    ids = ["--reuid", NOBODY, "--regid", NOBODY, "--clear-groups"]
    seen = [*view(files), "--bind", "/proc", "/proc"]
    return [tool("bwrap"), *seen, *rights, "--", tool("setpriv"), *ids, "--"]


def tool(name):
    return shutil.which(name) or name


def view(files):
    """The files inside: the system's programs, this Python, the course's package; empty folders."""
    arguments = ["--die-with-parent", "--dev", "/dev", *parents("/usr/bin"), *parents("/etc/hosts")]
    for name in SYSTEM:
        arguments += shown((f"/usr/{name}", f"/usr/{name}"))
        if Path("/", name).is_symlink():
            arguments += ["--symlink", f"usr/{name}", f"/{name}"]
        else:
            arguments += shown((f"/{name}", f"/{name}"))
    arguments += shown(*((str(file), f"/etc/{file.name}") for file in sorted(ETC.iterdir())))
    arguments += shown(*((name, name) for name in ["/etc/alternatives", "/etc/ld.so.cache"]))
    for folder in WRITABLE:
        arguments += [*parents(folder), "--size", str(64 * MEGABYTE), "--tmpfs", folder]
    for folder in python_folders():  # they may lie in /tmp, so last
        arguments += [*parents(folder), *shown((folder, folder))]
    for place, file in files.items():
        arguments += [*parents(place), *shown((file, place))]
    return arguments


def python_folders():
    """What this Python and the course's package need, outside /usr's own folders."""
    prefixes = {sys.prefix, sys.base_prefix, str(Path(sys.executable).resolve().parents[1])}
    folders = [f"{prefix}/{name}" for prefix in sorted(prefixes - {"/usr"}) for name in PYTHON]
    return [*filter(os.path.exists, folders), str(PACKAGE)]


def exposed(course):
    """A folder that the sandbox shows although the course lies in it, or None."""
    course = Path(course).resolve()
    folders = [f"/usr/{name}" for name in SYSTEM] + [f"/{name}" for name in SYSTEM]
    for folder in map(Path, [*folders, *python_folders()]):
        if course.is_relative_to(folder) or course.is_relative_to(folder.resolve()):
            return folder
    return None


def shown(*pairs):
    """Options that bind each source, read-only, to its place inside, where there is one."""
    return [word for source, place in pairs for word in ("--ro-bind-try", source, place)]


def parents(path):
    """Folders on the way to `path`, open to every user."""
    above = reversed(Path(path).parents[:-1])
    return [word for folder in above for word in ("--perms", "0755", "--dir", str(folder))]


def environment_inside():
    return {
        "HOME": HOME,
        "USER": "learner",
        "LOGNAME": "learner",
        "LANG": "C.UTF-8",
        "PATH": f"{sys.prefix}/bin:/usr/bin:/bin",
        "PYTHONPATH": str(PACKAGE.parent),
        "MPLBACKEND": "module://matplotlib_inline.backend_inline",
        "OPENBLAS_NUM_THREADS": "1",
        "OMP_NUM_THREADS": "1",
        "MALLOC_ARENA_MAX": "2",  # else each thread reserves addresses by the gigabyte
    }
