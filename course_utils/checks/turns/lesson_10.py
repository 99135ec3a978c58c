"""Lesson 10: Adam as torch writes it, the calls of a training step, groups of parameters."""

import numpy as np

from .task import Complaint, Unfilled, task


@task()
def torchs_adam(w, grad, state, lr, beta1=0.9, beta2=0.999, eps=1e-8):
    """Adam with both corrections taken out of the moments, as in torch's source."""
    t = state.get("t", 0) + 1
    m = beta1 * state.get("m", 0.0) + (1 - beta1) * grad
    v = beta2 * state.get("v", 0.0) + (1 - beta2) * grad**2
    step_size = lr / (1 - beta1**t)
    denominator = np.sqrt(v) / np.sqrt(1 - beta2**t) + eps
    return w - step_size * m / denominator, {"t": t, "m": m, "v": v}


MISSING = {
    "zero_grad": "`optimizer.zero_grad()` is missing: each gradient is added to what the steps "
    "before left in `.grad`.",
    "forward": "`model(X)` is missing: there is no prediction.",
    "loss": "`loss_of` is missing: nothing says how good the prediction is.",
    "backward": "`loss.backward()` is missing: nothing computes a gradient.",
    "clip": "`clip` is missing: no gradient is ever shortened.",
    "step": "`optimizer.step()` is missing: no weight moves.",
    "schedule": "`scheduler.step()` is missing: the rate stays as it is in the first step.",
}
THROWN = (
    "`zero_grad` comes between `backward` and `step`: the gradients are gone before a weight has "
    "moved."
)
NO_GRADIENT = "`step` comes before `backward`: `.grad` is empty, so no weight moves."
MANY = "`.grad` holds more than one gradient when `step` comes: `backward` adds, once per call."
CLIP_EARLY = (
    "`clip` comes before `backward`: the new gradient is not there yet, and `step` takes all of it."
)
CLIP_LATE = "`clip` comes after `step`: the weights have already moved along the whole gradient."
SCHEDULE_EARLY = "The schedule moves before `step`: the rate of the first step is never used."


class Calls:
    """Stands for torch: takes the calls down and keeps account of what `.grad` holds."""

    def __init__(self, X, y):
        self.X, self.y = X, y
        self.gradients = self.steps = self.moves = 0
        self.clipped = self.thrown = False
        self.complaint = None
        self.names = []

    def zero_grad(self):
        self.thrown = self.gradients > 0 and "step" not in self.names
        self.gradients, self.clipped = 0, False

    def backward(self):
        self.gradients += 1
        self.clipped = self.thrown = False

    def clip(self):
        self.clipped = self.gradients > 0

    def step(self):
        self.complaint = self.complaint or self.misfit()
        self.steps += 1

    def schedule(self):
        self.moves += 1

    def misfit(self):
        """What is wrong when the weights move."""
        if not self.gradients:
            return THROWN if self.thrown else NO_GRADIENT
        if self.gradients > 1:
            return MANY
        if not self.clipped:
            return CLIP_EARLY if "clip" in self.names else CLIP_LATE
        return SCHEDULE_EARLY if self.moves > self.steps else None

    def note(self, name):
        getattr(self, name, lambda: None)()
        self.names.append(name)

    def judge(self):
        """Complain of the step of training that ends here, or begin another."""
        for name, sentence in MISSING.items():
            if name not in self.names:
                raise Complaint(sentence)
        if self.complaint:
            raise Complaint(self.complaint)
        for name, call in {"step": "optimizer.step()", "schedule": "scheduler.step()"}.items():
            if self.names.count(name) > 1:
                raise Complaint(f"`{call}` comes more than once in one step of training.")
        self.names = []


class Called:
    """Stands for a model, a prediction, a loss, an optimizer or a scheduler."""

    def __init__(self, calls, kind):
        self._calls, self._kind = calls, kind

    def __call__(self, *given, **named):
        calls, given = self._calls, (*given, *named.values())
        if any(value is ... for value in given):
            raise Unfilled
        calls.note(self._kind)
        if self._kind == "forward" and not (len(given) == 1 and given[0] is calls.X):
            raise Complaint("The model is given X, and nothing else: `model(X)`.")
        if self._kind == "loss" and not (
            len(given) == 2 and is_kind(given[0], "prediction") and given[1] is calls.y
        ):
            raise Complaint("The loss compares two things: `loss_of(model(X), y)`, in this order.")
        if self._kind == "clip" and not (len(given) == 2 and given[1] == 1.0):
            raise Complaint("Clip to length 1: `clip(model.parameters(), 1.0)`.")
        return Called(calls, {"forward": "prediction"}.get(self._kind, "value"))

    def backward(self, *given, **named):
        self._calls.note("backward")

    def zero_grad(self, *given, **named):
        self._calls.note("zero_grad")

    def step(self):
        self._calls.note("schedule" if self._kind == "scheduler" else "step")

    def parameters(self):
        return []

    def item(self):
        return self

    detach = item


def is_kind(thing, kind):
    return isinstance(thing, Called) and thing._kind == kind


def two_steps(function, rng):
    """Two steps of training: every order of the calls with the right effect is right."""
    calls = Calls(np.ones(2), np.zeros(2))
    names = ("forward", "loss", "optimizer", "scheduler", "clip")
    tools = [Called(calls, name) for name in names]
    for _ in range(2):
        result = function(calls.X, calls.y, *tools)
        calls.judge()
        if not is_kind(result, "value"):
            raise Complaint("It returns something else than the loss.")
    return {"steps of the optimizer": calls.steps, "steps of the scheduler": calls.moves}


@task(trial=two_steps)
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
