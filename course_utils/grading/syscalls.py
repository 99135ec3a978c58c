"""A filter of system calls: what could hold memory or keys that no limit counts is forbidden.

The filter is a program of the kernel's packet filter, as `bwrap --seccomp` reads it: each line is
an operation, how far to jump if true, how far if false, and a number.
"""

import os
import platform
import struct

FORBIDDEN = {  # name: (number on x86_64, number on aarch64)
    # memory that belongs to no process
    "shmget": (29, 194), "semget": (64, 190), "msgget": (68, 186),
    "memfd_create": (319, 279), "memfd_secret": (447, 447), "io_uring_setup": (425, 425),
    # keys of the one who started this
    "add_key": (248, 217), "request_key": (249, 218), "keyctl": (250, 219),
    # ways into the kernel or into other processes that no exercise needs
    "ptrace": (101, 117), "process_vm_readv": (310, 270), "process_vm_writev": (311, 271),
    "userfaultfd": (323, 282), "perf_event_open": (298, 241), "bpf": (321, 280),
}  # fmt: skip
SOCKET = (41, 198)
FAMILIES = (1, 2, 10, 16)  # unix, IPv4, IPv6, netlink; others reach the machine that hosts this one
MACHINES = {"x86_64": (0, 0xC000003E), "aarch64": (1, 0xC00000B7)}  # column above, its audit number
LOAD, EQUAL, AT_LEAST, RETURN = 0x20, 0x15, 0x35, 0x06
ALLOW, REFUSE, KILL = 0x7FFF0000, 0x00050001, 0x80000000  # REFUSE: "operation not permitted"
NUMBER, ARCHITECTURE, FIRST_ARGUMENT = 0, 4, 16  # where they stand in what the filter reads
OTHER_NUMBERS = 0x40000000  # the calls of x32 have these numbers and would pass by


def program(machine=None):
    """The filter as bytes, or None for a machine whose numbers are not listed here."""
    machine = machine or platform.machine()
    if machine not in MACHINES:
        return None
    column, architecture = MACHINES[machine]
    lines = [
        (LOAD, 0, 0, ARCHITECTURE),
        (EQUAL, 1, 0, architecture),
        (RETURN, 0, 0, KILL),
        (LOAD, 0, 0, NUMBER),
        (AT_LEAST, 0, 1, OTHER_NUMBERS),
        (RETURN, 0, 0, KILL),
    ]
    for numbers in FORBIDDEN.values():
        lines += [(EQUAL, 0, 1, numbers[column]), (RETURN, 0, 0, REFUSE)]
    lines += [(EQUAL, 1, 0, SOCKET[column]), (RETURN, 0, 0, ALLOW), (LOAD, 0, 0, FIRST_ARGUMENT)]
    for family in FAMILIES:
        lines += [(EQUAL, 0, 1, family), (RETURN, 0, 0, ALLOW)]
    lines += [(RETURN, 0, 0, REFUSE)]
    return b"".join(struct.pack("HBBI", *line) for line in lines)


def as_file():
    """A descriptor that bubblewrap can read the filter from, or None."""
    filter_ = program()
    if filter_ is None:
        return None
    reading, writing = os.pipe()
    os.write(writing, filter_)
    os.close(writing)
    return reading
