"""For instructors: how solutions become exercises, and how submissions are graded.

The only part of the package that imports nbgrader; `nbgrader_config.py` names its classes.
In the order in which a submission passes through:

    intake    of a submission, only the text of its cells is used
    run       the cells go into the sandbox, their outputs come back
    sandbox   bubblewrap: what the learner's code can see and use
    inside    the program in the sandbox
    records   what comes back is text from a stranger
    session   inputs drawn for this grading, and what the solution gives on them
    judge     the points, and the reasons
    feedback  the page a learner gets

And before that, `release` cleans what nbgrader releases.
"""
