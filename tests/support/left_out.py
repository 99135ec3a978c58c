"""Ends a test run with one sentence on what was left out, and the command that installs it."""

TOOLS = {  # a word of the reason for skipping: what to install on Debian and Ubuntu
    "bubblewrap": ("bubblewrap", "the sandbox of grading"),
    "Chromium": ("chromium", "what happens in a browser"),
}


def sentence(reasons):
    """One sentence on the skipped tests, from the reason of each; "" if nothing was skipped."""
    if not reasons:
        return ""
    needed = {
        package: what
        for word, (package, what) in TOOLS.items()
        if any(word in reason for reason in reasons)
    }
    other = sorted({r for r in reasons if not any(word in r for word in TOOLS)})
    tests = "1 test was" if len(reasons) == 1 else f"{len(reasons)} tests were"
    if not needed:
        return f"{tests} left out: {' '.join(other)}"
    told = f"{tests} left out, on {' and '.join(needed.values())}. To run them too: "
    return told + " ".join([f"sudo apt install {' '.join(needed)}.", *other])


def pytest_terminal_summary(terminalreporter):
    skipped = terminalreporter.getreports("skipped")
    # A report of a skipped test holds (file, line, reason).
    reasons = [r.longrepr[2].removeprefix("Skipped: ") for r in skipped if r.longrepr]
    if said := sentence(reasons):
        terminalreporter.write_sep("=", "left out")
        terminalreporter.write_line(said)
