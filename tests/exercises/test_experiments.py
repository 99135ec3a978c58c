"""The solutions run from top to bottom: nobody's experiment stops, and pictures have words."""

import pytest
from classroom import EXERCISES, notebook
from nbclient import NotebookClient


@pytest.mark.parametrize("name", EXERCISES)
def test_every_cell_of_the_solution_runs(name):
    solution = notebook("solutions", name)
    NotebookClient(solution, timeout=120).execute()
    outputs = [o for cell in solution.cells for o in cell.get("outputs", [])]
    pictures = [o.data for o in outputs if "image/png" in o.get("data", {})]
    assert pictures and all("text/html" in data for data in pictures)
