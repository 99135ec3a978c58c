"""MathJax in one file, from its npm package; npm keeps a copy for the next build."""

import hashlib
import io
import shutil
import subprocess
import sys
import tarfile
from pathlib import Path
from tempfile import TemporaryDirectory

PACKAGE = "mathjax@3.2.2"
FILE = "package/es5/tex-svg.js"
SHA256 = "d4295dc33744836935c1399feece5159577b34c5c8ffb9f1c6324cd82e03a882"


def fetch(folder):
    """Put ``tex-svg.js`` into a folder."""
    if not shutil.which("npm"):
        sys.exit(
            "The site draws its formulas with MathJax, which npm brings, and there is no npm here. "
            "On Debian and Ubuntu: sudo apt install npm."
        )
    with TemporaryDirectory() as place:
        command = ["npm", "pack", PACKAGE, "--silent", "--prefer-offline"]
        done = subprocess.run(command, cwd=place, capture_output=True, text=True)
        if done.returncode:
            sys.exit(f"npm could not bring {PACKAGE}. Is there a network? {done.stderr}")
        (packed,) = Path(place).glob("*.tgz")
        with tarfile.open(fileobj=io.BytesIO(packed.read_bytes())) as archive:
            script = archive.extractfile(FILE).read()
    if hashlib.sha256(script).hexdigest() != SHA256:
        sys.exit(f"{FILE} of {PACKAGE} is not the one that the site was tried with.")
    (folder / "tex-svg.js").write_bytes(script)
