"""A package that may be missing: the module, or one sentence with the command that brings it."""

import numpy as np
import pytest

from course_utils.extras import Missing, optional


def test_a_package_that_is_there_is_imported():
    assert optional("numpy") is np


def test_a_missing_package_stops_a_notebook_with_one_sentence():
    with pytest.raises(Missing, match="pip install not_there") as stopped:
        optional("not_there")
    assert stopped.value._render_traceback_() == [str(stopped.value)]
    with pytest.raises(Missing, match="conda install it"):
        optional("not_there", "conda install it")
