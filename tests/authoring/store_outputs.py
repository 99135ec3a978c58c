"""Run notebooks from a clean kernel and store their outputs, without what changes by machine.

python tests/authoring/store_outputs.py lessons/03_momentum.ipynb …
"""

import sys
from pathlib import Path

import nbformat
from nbclient import NotebookClient

KERNEL = {"display_name": "Python 3 (ipykernel)", "language": "python", "name": "python3"}


def execute(path):
    """Run one notebook in its own folder and write it back."""
    notebook = nbformat.read(path, as_version=4)
    resources = {"metadata": {"path": str(path.parent)}}
    options = {"timeout": 240, "record_timing": False, "store_widget_state": False}
    NotebookClient(notebook, resources=resources, **options).execute()
    clean(notebook)
    nbformat.write(notebook, path)


def clean(notebook):
    """Drop versions, timestamps and widget state: they differ on every machine."""
    notebook.metadata.pop("widgets", None)
    notebook.metadata.kernelspec = KERNEL
    notebook.metadata.language_info = {"name": "python"}
    for cell in notebook.cells:
        cell.metadata.pop("execution", None)
        if cell.cell_type == "code":
            cell.outputs = joined(cell.outputs)
            for output in cell.outputs:  # without its kernel a widget shows as HTML or a picture
                output.get("data", {}).pop("application/vnd.jupyter.widget-view+json", None)


def joined(outputs):
    """Put prints that follow each other in one output; a kernel cuts them up by time."""
    result = []
    for output in outputs:
        previous = result[-1] if result else {}
        if output.output_type == "stream" and previous.get("name") == output.name:
            previous.text += output.text
        else:
            result.append(output)
    return result


if __name__ == "__main__":
    for name in sys.argv[1:]:
        execute(Path(name))
        print(f"ran {name}")
