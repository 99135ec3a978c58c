"""Lesson 10: Adam as torch writes it, the calls of a training step, groups of parameters."""

import numpy as np

from .task import Complaint, task


@task()
def torchs_adam(w, grad, state, lr, beta1=0.9, beta2=0.999, eps=1e-8):
    """Adam with both corrections taken out of the moments, as in torch's source."""
    t = state.get("t", 0) + 1
    m = beta1 * state.get("m", 0.0) + (1 - beta1) * grad
    v = beta2 * state.get("v", 0.0) + (1 - beta2) * grad**2
    step_size = lr / (1 - beta1**t)
    denominator = np.sqrt(v) / np.sqrt(1 - beta2**t) + eps
    return w - step_size * m / denominator, {"t": t, "m": m, "v": v}


CALLS = ("zero_grad", "forward", "loss", "backward", "clip", "step", "schedule")


class Called:
    """Stands for a model, a loss, an optimizer …; its calls are written down in one list."""

    def __init__(self, calls, name):
        self._calls, self._name = calls, name

    def __call__(self, *arguments):
        self._calls.append(self._name)
        return Called(self._calls, "result")

    def backward(self):
        self._calls.append("backward")

    def zero_grad(self, *arguments, **settings):
        self._calls.append("zero_grad")

    def step(self):
        self._calls.append("schedule" if self._name == "scheduler" else "step")

    def parameters(self):
        return []


def in_order(function, rng):
    """At which place each call came in one training step; 0 if it did not come."""
    calls = []
    names = ("forward", "loss", "optimizer", "scheduler", "clip")
    function(np.ones(2), np.ones(2), *(Called(calls, name) for name in names))
    return {
        f"{name} is call number": calls.index(name) + 1 if name in calls else 0 for name in CALLS
    }


@task(trial=in_order)
def training_step(X, y, model, loss_of, optimizer, scheduler, clip):
    """One step of training."""
    optimizer.zero_grad()
    loss = loss_of(model(X), y)
    loss.backward()
    clip(model.parameters(), 1.0)
    optimizer.step()
    scheduler.step()
    return loss


class Parameter(np.ndarray):
    """Stands for a parameter of a model: an array that also knows torch's name for `ndim`."""

    def dim(self):
        return self.ndim


def grouped(groups_of, rng):
    """In how many groups each parameter is, and with which decay; they come one by one."""
    shapes = {"the first weights": (3, 2), "the first biases": 3}
    shapes |= {"the last weights": (1, 3), "the last biases": 1}
    found = {}
    for decay in (0.1, 0.3):
        parameters = {name: rng.normal(size=s).view(Parameter) for name, s in shapes.items()}
        groups = groups_of(iter(parameters.values()), decay)
        if not isinstance(groups, list | tuple) or not all(isinstance(g, dict) for g in groups):
            raise Complaint('It returns a list of two dicts, each with "params".')
        for group in groups:
            group["params"] = list(group.get("params", []))
        for name, parameter in parameters.items():
            own = [group for group in groups if any(p is parameter for p in group["params"])]
            found[f"groups that hold {name}, with decay = {decay},"] = len(own)
            # AdamW's own decay holds for a group that names none.
            decays = [float(group.get("weight_decay", 0.01)) for group in own]
            found[f"decay of {name}, with decay = {decay},"] = sum(decays) if own else -1.0
    return found


@task(trial=grouped)
def groups_of(parameters, decay):
    """Two groups of parameters: matrices decay, the others do not."""
    weights, biases = [], []
    for p in parameters:
        (weights if p.ndim > 1 else biases).append(p)
    return [{"params": weights, "weight_decay": decay}, {"params": biases, "weight_decay": 0.0}]
