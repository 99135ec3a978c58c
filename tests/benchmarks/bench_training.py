"""Microseconds per run and step of Adam on the circle data, beside three other ways to compute it.

All in one process, on one thread, so that the ratios mean something on any machine. Run it with
`make bench`; nothing here is a test.
"""

import os

if hasattr(os, "sched_setaffinity"):  # Linux: one core, whatever a library makes of the settings
    os.sched_setaffinity(0, {max(os.sched_getaffinity(0))})
os.environ |= {
    "OMP_NUM_THREADS": "1",
    "OPENBLAS_NUM_THREADS": "1",
    "XLA_FLAGS": "--xla_cpu_multi_thread_eigen=false intra_op_parallelism_threads=1",
}

import math
import platform
import statistics
import time

import jax
import jax.numpy as jnp
import numpy as np
import torch

from course_utils.data import circle
from course_utils.network import MLP
from course_utils.objectives import Classification
from course_utils.optimizers import adam
from course_utils.training import run

RUNS = (1, 10, 100, 500, 2000)
REPEATS = 5
LR = 1e-3
NET, (X, Y) = MLP((2, 8, 1)), circle()
HIDDEN = 8


def batches(batch_size):
    """First samples of the batches of an epoch, in order; the ragged last one is left out."""
    return range(0, len(X) - batch_size + 1, batch_size)


def seconds(work):
    """Median time of several calls, after one that warms up."""
    work()
    times = []
    for _ in range(REPEATS):
        start = time.perf_counter()
        work()
        times.append(time.perf_counter() - start)
    return statistics.median(times)


class PurePython:
    """The network and Adam as a lesson without NumPy writes them: lists, indices, one run."""

    def __init__(self):
        w = NET.init(0).tolist()
        self.w1 = [w[2 * i : 2 * i + 2] for i in range(HIDDEN)]
        self.b1, self.w2, self.b2 = w[16:24], w[24:32], w[32]
        self.m, self.v, self.t = [0.0] * NET.d, [0.0] * NET.d, 0

    def forward(self, x):
        self.x, self.z, self.h = x, [], []
        for i in range(HIDDEN):
            z = self.w1[i][0] * x[0] + self.w1[i][1] * x[1] + self.b1[i]
            self.z.append(z)
            self.h.append(max(0.0, z))
        out = sum(self.w2[i] * self.h[i] for i in range(HIDDEN)) + self.b2
        return 1.0 / (1.0 + math.exp(-max(-500.0, min(500.0, out))))

    def add_gradient(self, grad, slope):
        for i in range(HIDDEN):
            back = slope * self.w2[i] * (1.0 if self.z[i] > 0 else 0.0)
            grad[2 * i] += back * self.x[0]
            grad[2 * i + 1] += back * self.x[1]
            grad[16 + i] += back
            grad[24 + i] += slope * self.h[i]
        grad[32] += slope

    def step(self, w, grad):
        self.t += 1
        for i in range(len(w)):
            self.m[i] = 0.9 * self.m[i] + (1 - 0.9) * grad[i]
            self.v[i] = 0.999 * self.v[i] + (1 - 0.999) * grad[i] ** 2
            m_hat = self.m[i] / (1 - 0.9**self.t)
            v_hat = self.v[i] / (1 - 0.999**self.t)
            w[i] -= LR * m_hat / (math.sqrt(v_hat) + 1e-8)

    def train(self, batch_size, steps):
        points, labels, firsts = X.tolist(), Y.tolist(), batches(batch_size)
        for t in range(steps):
            grad, total, first = [0.0] * NET.d, 0.0, firsts[t % len(firsts)]
            for k in range(first, first + batch_size):
                p = max(1e-15, min(1 - 1e-15, self.forward(points[k])))
                total += -(labels[k] * math.log(p) + (1 - labels[k]) * math.log(1 - p))
                self.add_gradient(grad, (p - labels[k]) / batch_size)
            w = [value for row in self.w1 for value in row] + self.b1 + self.w2 + [self.b2]
            self.step(w, grad)
            self.w1 = [w[2 * i : 2 * i + 2] for i in range(HIDDEN)]
            self.b1, self.w2, self.b2 = w[16:24], w[24:32], w[32]


def course(batch_size, runs, steps):
    whole = len(batches(batch_size)) * batch_size
    task = Classification(NET, X[:whole], Y[:whole], batch_size, shuffle=False)
    start = NET.init(np.arange(runs) if runs > 1 else 0)
    return lambda: run(task, adam, start, LR, steps=steps, keep_path=False)


def jax_scan(batch_size, runs, steps):
    """jit of vmap over runs of scan over steps."""
    points, labels, per_epoch = jnp.array(X), jnp.array(Y), len(batches(batch_size))

    def loss(w, x, y):
        W1, b1, w2, b2 = w[:16].reshape(HIDDEN, 2), w[16:24], w[24:32], w[32]
        z = jnp.maximum(x @ W1.T + b1, 0.0) @ w2 + b2
        return jnp.mean(jnp.logaddexp(0.0, z) - y * z)

    def update(carry, t):
        w, m, v = carry
        first = t % per_epoch * batch_size
        x = jax.lax.dynamic_slice(points, (first, 0), (batch_size, 2))
        y = jax.lax.dynamic_slice(labels, (first,), (batch_size,))
        value, grad = jax.value_and_grad(loss)(w, x, y)
        m, v = 0.9 * m + 0.1 * grad, 0.999 * v + 0.001 * grad**2
        m_hat, v_hat = m / (1 - 0.9 ** (t + 1)), v / (1 - 0.999 ** (t + 1))
        return (w - LR * m_hat / (jnp.sqrt(v_hat) + 1e-8), m, v), value

    def descend(w):
        return jax.lax.scan(update, (w, 0 * w, 0 * w), jnp.arange(steps))

    compiled, start = jax.jit(jax.vmap(descend)), jnp.array(NET.init(np.arange(runs)))
    return lambda: jax.block_until_ready(compiled(start))


def torch_eager(batch_size, runs, steps):
    """Autograd and torch.optim.Adam on one tensor with a runs axis."""
    points, labels, firsts = torch.tensor(X), torch.tensor(Y), batches(batch_size)
    start = torch.tensor(NET.init(np.arange(runs)))

    def work():
        w = start.clone().requires_grad_()
        optimizer = torch.optim.Adam([w], lr=LR)
        for t in range(steps):
            first = firsts[t % len(firsts)]
            x, y = points[first : first + batch_size], labels[first : first + batch_size]
            h = torch.relu(x @ w[:, :16].view(-1, HIDDEN, 2).mT + w[:, None, 16:24])
            z = (h @ w[:, 24:32, None])[..., 0] + w[:, 32:]
            loss = (torch.nn.functional.softplus(z) - y * z).mean(dim=1)
            optimizer.zero_grad()
            loss.sum().backward()
            optimizer.step()

    return work


def steps_for(batch_size, runs):
    return max(40, min(2000, 100_000 // (runs * batch_size)))


def table(batch_size):
    rows = {"course": course, "JAX": jax_scan, "torch": torch_eager}
    print(f"\nAdam on circle, 2-8-1, batch size {batch_size}: microseconds per run and step")
    print(f"{'':20}" + "".join(f"{f'R = {runs}':>11}" for runs in RUNS))
    steps = 4000 // batch_size
    python = seconds(lambda: PurePython().train(batch_size, steps)) / steps * 1e6
    print(f"{'pure Python':20}{python:11.2f}")
    cost = {}
    for name, make in rows.items():
        for runs in RUNS:
            steps = steps_for(batch_size, runs)
            cost[name, runs] = seconds(make(batch_size, runs, steps)) / steps / runs * 1e6
        print(f"{name:20}" + "".join(f"{cost[name, runs]:11.3f}" for runs in RUNS))
    ratios = (
        ("pure Python / course", lambda runs: python / cost["course", runs]),
        ("course / JAX", lambda runs: cost["course", runs] / cost["JAX", runs]),
    )
    for title, ratio in ratios:
        print(f"{title:20}" + "".join(f"{ratio(runs):11.2f}" for runs in RUNS))


def grid():
    net, seeds, lrs = MLP((2, 16, 1)), np.arange(10), np.logspace(-4, 1, 50)
    task = Classification(net, X, Y, batch_size=32, seeds=seeds)
    start = net.init(seeds)
    took = seconds(lambda: run(task, adam, start, lrs[:, None], steps=500, keep_path=False))
    print(f"\n50 learning rates x 10 seeds x 500 steps of batch 32 on 2-16-1: {took:.2f} s")


if __name__ == "__main__":
    jax.config.update("jax_enable_x64", True)
    torch.set_num_threads(1)
    versions = f"NumPy {np.__version__}, JAX {jax.__version__}, torch {torch.__version__}"
    print(f"Python {platform.python_version()}, {versions}; one thread, float64")
    for size in (1, 32):
        table(size)
    grid()
