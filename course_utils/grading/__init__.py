"""For instructors: how solutions become exercises, and how submissions are graded.

The only part of the package that imports nbgrader. `nbgrader_config.py` names its classes.
"""
