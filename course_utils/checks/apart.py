"""Run a check where a notebook's other cells have changed nothing but the learner's functions."""


def run_apart(sources, names, learners):
    """Run cells of the exercise in a room of their own; of `names`, only the learner's are in it.

    A learner's `np = 5`, or another function with a helper's name, stays outside; the learner's
    function still sees it.
    """
    room = {name: names[name] for name in learners if name in names}
    for source in sources:
        exec(compile(source, "<exercise>", "exec"), room)
