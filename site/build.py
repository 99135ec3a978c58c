"""Build the site: python site/build.py [folder]

The pages are laid out in a folder for a while, as the readers will find them; Sphinx turns that
into one folder that works from any host and from a disk.
"""

import shutil
import subprocess
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

import mathjax
import pages

HERE = Path(__file__).resolve().parent


def build(target):
    """Build the site in the folder ``target``, which a build before may have left."""
    if target.exists() and any(target.iterdir()) and not (target / "searchindex.js").exists():
        sys.exit(f"{target} holds something that is not the site. Name another folder.")
    with TemporaryDirectory() as place:
        sources = Path(place) / "sources"
        shutil.copytree(HERE, sources, ignore=shutil.ignore_patterns("__pycache__"))
        pages.lay_out(HERE.parent, sources)
        mathjax.fetch(sources / "static")
        built = Path(place) / "site"  # MyST-NB leaves a folder beside what it builds
        # -W: a warning is an error. --keep-going: all of them at once.
        command = [sys.executable, "-m", "sphinx", "-W", "--keep-going", "-q", "-b", "html"]
        done = subprocess.run([*command, "-d", Path(place) / "doctrees", sources, built])
        if done.returncode:
            sys.exit("The site is not whole: Sphinx's warnings above name file and line.")
        shutil.rmtree(target, ignore_errors=True)
        shutil.move(built, target)
    (target / ".nojekyll").touch()  # a host of pages then leaves _static as it is
    (target / ".buildinfo").unlink(missing_ok=True)


if __name__ == "__main__":
    folder = Path(sys.argv[1] if len(sys.argv) > 1 else "_site")
    build(folder)
    print(f"The site is in {folder}. Open {folder / 'index.html'} in a browser.")
