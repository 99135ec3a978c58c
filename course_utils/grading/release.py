"""solutions/ -> exercises/: what nbgrader leaves in a notebook and a learner should not get."""

from nbgrader.preprocessors import NbGraderPreprocessor

KERNEL = {"display_name": "Python 3 (ipykernel)", "language": "python", "name": "python3"}


class CleanMetadata(NbGraderPreprocessor):
    """Keep what nbgrader and Jupyter need, so that equal solutions give equal exercises.

    Widget state holds outputs, solutions included; execution times and the Python version change
    with every run.
    """

    def preprocess(self, nb, resources):
        nb.metadata = {"kernelspec": KERNEL, "language_info": {"name": "python"}}
        return super().preprocess(nb, resources)

    def preprocess_cell(self, cell, resources, index):
        cell.metadata.pop("execution", None)
        return cell, resources
