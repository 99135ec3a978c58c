"""The plan of the house: which file may import what, and one list of packages."""

import ast
import re
import sys
import tomllib

import pytest

SOURCES = {  # outside the standard library: what each file of course_utils may import
    "__init__": set(),
    "vocabulary": set(),
    "optimizers": {"numpy"},
    "schedules": {"numpy"},
    "clipping": {"numpy"},
    "surfaces": {"numpy"},
    "data": {"numpy"},
    "losses": {"numpy", "kernels"},
    "network": {"numpy", "kernels", "losses"},
    "curvature": {"numpy"},
    "kernels": {"numpy"},
    "rules": {"numpy"},
    "apart": {"numpy", "rules"},
    "trajectory": {"numpy", "clipping"},
    "contracts": {"numpy", "rules"},
    "shapes": {"numpy"},
    "objectives": {"numpy"},
    "problems": {"numpy", "objectives"},
    "training": {
        "numpy",
        "clipping",
        "apart",
        "contracts",
        "kernels",
        "rules",
        "schedules",
        "shapes",
        "trajectory",
    },
    "design": {"numpy", "optimizers", "schedules", "training"},
    "scores": {"numpy"},
    "tables": {"numpy", "scores", "style"},
    "tuning": {"numpy", "rules", "scores", "training"},
    "comparison": {"numpy", "rules", "scores", "tables", "training", "tuning"},
    "budgets": {"numpy", "scores"},
    "colors": {"numpy"},
    "style": {"numpy", "colors"},
    "plots": {"numpy", "matplotlib", "IPython", "PIL", "scores", "colors", "style"},
}
CORE = set(SOURCES)
# The first folder of a path decides for what lies below it.
FOLDERS = {
    "checks": {"numpy", "IPython", "turns", *CORE},
    "widgets": {"numpy", "anywidget", "traitlets", *CORE},
    "grading": {
        *{"nbgrader", "nbformat", "nbconvert", "ipykernel", "jupyter_client", "traitlets"},
        *{"bleach", "jinja2", "mistune", "PIL", "sqlalchemy", "checks"},
        *{"dask", "distributed", "matplotlib", "tqdm"},
        *{"numpy", "plots", "widgets"},  # what learners' code will want, imported ahead
    },
}


def imports(path):
    """Top names of what a file imports; for its own package, the name of the module."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name.split(".")[0] for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            own = node.level or (node.module or "").startswith("course_utils")
            module = (node.module or "").removeprefix("course_utils").strip(".")
            if own and not module:
                yield from (alias.name for alias in node.names)
            else:
                yield module.split(".")[0]


def concern(path, package):
    return path.relative_to(package).parts[0].removesuffix(".py")


def test_arrows_point_one_way(root):
    package = root / "course_utils"
    for path in sorted(package.rglob("*.py")):
        name = concern(path, package)
        inside = {p.stem for p in path.parent.glob("*.py")} if path.parent != package else set()
        allowed = SOURCES.get(name) or FOLDERS.get(name, set())
        found = set(imports(path)) - set(sys.stdlib_module_names) - inside - {name}
        assert found <= allowed, f"{path.relative_to(root)} imports {sorted(found - allowed)}"


def test_files_hold_one_concern(root):
    for path in sorted((root / "course_utils").rglob("*.py")):
        lines = len(path.read_text(encoding="utf-8").splitlines())
        assert lines <= 220, f"{path.relative_to(root)} has {lines} lines"


@pytest.fixture(scope="module")
def project(root):
    return tomllib.loads((root / "pyproject.toml").read_text(encoding="utf-8"))["project"]


def test_environment_yml_names_python_and_pip_and_leaves_the_rest_to_pyproject(root, project):
    text = (root / "environment.yml").read_text(encoding="utf-8")
    lines = [line.strip() for line in text.splitlines() if not line.strip().startswith("#")]
    packages = [line[2:] for line in lines[lines.index("dependencies:") + 1 :] if line]
    python, pip, section, install = packages
    assert re.fullmatch(r"python>=3\.11(,<3\.\d+)?", python) and pip == "pip" and section == "pip:"
    assert python.startswith("python" + project["requires-python"])
    extras = re.fullmatch(r"-e \.\[(.+)\]", install)[1].split(",")
    assert set(extras) <= set(project["optional-dependencies"])


def test_constraints_pin_every_package_of_the_project(root, project):
    text = (root / "constraints.txt").read_text(encoding="utf-8")
    pins = dict(re.findall(r"^([\w.-]+)==(\S+)$", text, flags=re.MULTILINE))
    lists = [project["dependencies"], *project["optional-dependencies"].values()]
    wanted = {re.match(r"[\w.-]+", item)[0] for items in lists for item in items} - {"ravine"}
    assert wanted <= set(pins)
    assert "://" not in text


def test_declared_pythons_are_those_of_requires_python(project):
    declared = re.findall(r"Python :: (3\.\d+)", " ".join(project["classifiers"]))
    assert declared == ["3.11", "3.12", "3.13"]


def test_nothing_refers_outside_the_project(root):
    for pattern in ("*.py", "*.md", "*.ipynb", "*.toml", "*.yml", "Makefile", ".ci/run"):
        for path in root.rglob(pattern):
            if ".venv" in path.parts or path.name == "test_house.py":
                continue
            assert "../shared" not in path.read_text(encoding="utf-8"), path
