"""For instructors: how solutions become exercises, and how submissions are graded.

The only part of the package that imports nbgrader; `nbgrader_config.py` names its classes.
In the order in which a submission passes through:

    __main__    the runner's door: `python -m course_utils.grading ASSIGNMENT`
    autograde   nbgrader's door: its command and formgrader's button
    course      a class: what is missing or changed is graded and recorded
    workers     the work spread over processes or machines, with Dask
    handed_in   the file that a student means, or what was found instead
    session     inputs drawn for this grading, and what the solution gives on them
    grade       the pure function: bytes in, notebook, scores and reasons out
    submission  of a file, only the text of its cells is used
    execution   the cells run, checks apart from what learners have redefined
    sandbox     bubblewrap starts a Python that sees little; `bubblewrap` says what, `syscalls`
                what is forbidden, `watch` how much it may take, `fonts` saves time
    inside      the program in the sandbox; `kernel` is Jupyter's, `outputs` what it puts out
    report      what comes back is text from a stranger
    judge       the points, and the reasons; `missing` says why a function is not there
    record      the gradebook: one transaction a submission
    summary     a class in a few lines, a picture and a table
    feedback    the page a learner gets; `words` shows what was written, `pictures` which are safe

And before that, `release` cleans what nbgrader releases.
"""
