"""The comparison that a well-known tutorial prints: one network, one order of samples, 300 epochs.

The tutorial trains a 2-8-1 network in pure Python, one sample at a time, and reports the mean loss
and accuracy of each epoch as seen before each update. Its numbers, for each rule at the tutorial's
default rate and at a sensible one, stand below; ``run`` must print the same digits.

Where a digit depends on rounding, the table has NaN: for momentum at 0.05, moving the start by
1e-16 moves the loss of epoch 150 between 0.203 and 0.236, in the tutorial's own code too. The
tutorial's AdamW shrinks the weights after the step, ours before it; here no printed digit differs.
"""

import random

import numpy as np
import pytest

from course_utils.data import circle
from course_utils.network import MLP
from course_utils.objectives import Classification
from course_utils.optimizers import adam, adamw, momentum, sgd
from course_utils.training import run

EPOCHS = [0, 75, 150, 225, 299]
nan = np.nan

# rule, lr, loss and accuracy in percent at EPOCHS
TABLE = [
    (sgd, 0.01, [0.6879, 0.0832, 0.0493, 0.0358, 0.0280], [53.5, 98.5, 99, 99, 99]),
    (sgd, 0.1, [0.5542, 0.0393, 0.0256, 0.0204, 0.0166], [68.5, 98, 99, 99, 99]),
    (momentum, 0.01, [0.5739, 0.0425, 0.0442, 0.0115, 0.0041], [68.5, 98.5, 97.5, 99.5, 100]),
    (momentum, 0.05, [0.5641, 0.2073, nan, nan, nan], [71, 93, nan, nan, nan]),
    (adam, 0.001, [0.8418, 0.1331, 0.0661, 0.0447, 0.0336], [45.5, 98.5, 99, 99, 99.5]),
    (adam, 0.01, [0.6122, 0.0460, 0.0213, 0.0133, 0.0095], [62.5, 97.5, 99.5, 99.5, 99.5]),
    (adamw, 0.001, [0.8414, 0.1495, 0.0855, 0.0686, 0.0612], [45.5, 97.5, 99, 99, 99]),
    (adamw, 0.01, [0.6120, 0.0872, 0.0879, 0.0875, 0.0873], [62.5, 98, 98, 98, 98]),
]


@pytest.fixture(scope="module")
def start():
    """The tutorial's start: weights from Python's own normal numbers with seed 0, biases 0."""
    draw = random.Random(0)
    hidden = [draw.gauss(0, 0.5) for _ in range(16)]
    output = [draw.gauss(0, 0.5) for _ in range(8)]
    return np.array([*hidden, *[0.0] * 8, *output, 0.0])


def names(value):
    return getattr(value, "__name__", None) or (str(value) if np.isscalar(value) else "")


@pytest.mark.parametrize(("rule", "lr", "losses", "accuracies"), TABLE, ids=names)
def test_run_prints_the_digits_of_the_tutorial(start, rule, lr, losses, accuracies):
    net, (X, y) = MLP((2, 8, 1)), circle()
    task = Classification(net, X, y, batch_size=1, shuffle=False)
    result = run(task, rule, start, lr, steps=300 * len(X))
    epochs = result.loss[:-1].reshape(300, len(X))
    # Each point of the path is one "run" of the network, with the sample it met as its data.
    z = net.logits(result.w[:-1], np.tile(X, (300, 1))[:, None, :])[:, 0]
    right = ((z >= 0) == (np.tile(y, 300) == 1)).reshape(300, len(X))
    given = ~np.isnan(losses)
    measured = epochs.mean(axis=1)[EPOCHS], 100 * right.mean(axis=1)[EPOCHS]
    assert measured[0].round(4)[given].tolist() == np.array(losses)[given].tolist()
    assert measured[1].round(1)[given].tolist() == np.array(accuracies)[given].tolist()
