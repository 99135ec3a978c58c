# ruff: noqa
# fmt: off
# Right answers to nesterov, written differently. Each deserves every point.

# %% as the formulas say
def nesterov(w, velocity, grad_fn, lr, beta=0.9):
    lookahead = w - lr * beta * velocity
    velocity = beta * velocity + grad_fn(lookahead)
    w = w - lr * velocity
    return w, velocity

# %% in one line
nesterov = lambda w, velocity, grad_fn, lr, beta=0.9: (
    lambda v: (w - lr * v, v))(beta * velocity + grad_fn(w - lr * beta * velocity))

# %% other names, positional only by use
def nesterov(theta, m, df, eta, beta=0.9):
    shift = eta * (beta * m)
    g = df(theta - shift)
    m_new = g + m * beta
    return theta - m_new * eta, m_new

# %% step in two parts
def nesterov(w, velocity, grad_fn, lr, beta=0.9):
    ahead = w - lr * beta * velocity
    g = grad_fn(ahead)
    return ahead - lr * g, beta * velocity + g

# %% lr inside the velocity, converted on the way out
def nesterov(w, velocity, grad_fn, lr, beta=0.9):
    inside = lr * np.asarray(velocity)
    inside = beta * inside + lr * grad_fn(w - beta * inside)
    return w - inside, inside / lr

# %% negative velocity inside
def nesterov(w, velocity, grad_fn, lr, beta=0.9):
    v = -lr * velocity
    new = beta * v - lr * grad_fn(w + beta * v)
    return w + new, -new / lr

# %% in place on copies
def nesterov(w, velocity, grad_fn, lr, beta=0.9):
    w, velocity = np.array(w, dtype=float), np.array(velocity, dtype=float)
    g = np.array(grad_fn(w - lr * beta * velocity))
    velocity *= beta
    velocity += g
    w -= lr * velocity
    return w, velocity

# %% a class inside
class Nesterov:
    def __init__(self, lr, beta):
        self.lr, self.beta = lr, beta

    def step(self, w, velocity, grad_fn):
        self.velocity = self.beta * velocity + grad_fn(w - self.lr * self.beta * velocity)
        return w - self.lr * self.velocity, self.velocity

def nesterov(w, velocity, grad_fn, lr, beta=0.9):
    return Nesterov(lr, beta).step(w, velocity, grad_fn)

# %% loop over the entries
def nesterov(w, velocity, grad_fn, lr, beta=0.9):
    w, velocity = np.asarray(w, float), np.asarray(velocity, float)
    gradient = np.asarray(grad_fn(w - lr * beta * velocity))
    new_w, new_velocity = np.empty_like(w), np.empty_like(w)
    for i in np.ndindex(w.shape):
        new_velocity[i] = beta * velocity[i] + gradient[i]
        new_w[i] = w[i] - lr * new_velocity[i]
    return new_w, new_velocity

# %% float32
def nesterov(w, velocity, grad_fn, lr, beta=0.9):
    w, velocity = np.float32(w), np.float32(velocity)
    lr, beta = np.float32(lr), np.float32(beta)
    velocity = np.float32(beta * velocity + grad_fn(w - lr * beta * velocity))
    return w - lr * velocity, velocity

# %% Python floats for numbers
def nesterov(w, velocity, grad_fn, lr, beta=0.9):
    if np.ndim(w) == 0:
        v = beta * float(velocity) + float(grad_fn(float(w) - lr * beta * float(velocity)))
        return float(w) - lr * v, v
    v = beta * velocity + grad_fn(w - lr * beta * velocity)
    return w - lr * v, v

# %% np.float64 for numbers
def nesterov(w, velocity, grad_fn, lr, beta=0.9):
    w, velocity = np.float64(w), np.float64(velocity)
    v = np.float64(beta * velocity + grad_fn(np.float64(w - lr * beta * velocity)))
    return np.float64(w - lr * v), v

# %% ufuncs
def nesterov(w, velocity, grad_fn, lr, beta=0.9):
    faded = np.multiply(beta, velocity)
    v = np.add(faded, grad_fn(np.subtract(w, np.multiply(lr, faded))))
    return np.subtract(w, np.multiply(lr, v)), v

# %% a matrix product
def nesterov(w, velocity, grad_fn, lr, beta=0.9):
    g = grad_fn(w - lr * beta * velocity)
    mix = np.array([[1.0, -lr * beta, -lr], [0.0, beta, 1.0]])
    new = np.tensordot(mix, np.stack([w, velocity, g]), axes=1)
    return new[0], new[1]

# %% returns a list
def nesterov(w, velocity, grad_fn, lr, beta=0.9):
    v = beta * velocity + grad_fn(w - lr * beta * velocity)
    return [w - lr * v, v]

# %% helper functions and a named tuple
from collections import namedtuple
State = namedtuple("State", "w velocity")

def look(w, velocity, lr, beta):
    return w - lr * beta * velocity

def nesterov(w, velocity, grad_fn, lr, beta=0.9):
    v = beta * velocity + grad_fn(look(w, velocity, lr, beta))
    return State(w=look(w, v, lr, 1), velocity=v)

# %% from torch's form, back and forth
def nesterov(w, velocity, grad_fn, lr, beta=0.9):
    p = w - lr * beta * velocity
    g = grad_fn(p)
    buffer = beta * velocity + g
    p = p - lr * (g + beta * buffer)
    return p + lr * beta * buffer, buffer

# %% with a docstring, annotations and an assertion
def nesterov(w: np.ndarray, velocity: np.ndarray, grad_fn, lr: float, beta: float = 0.9) -> tuple:
    """Nesterov momentum."""
    assert 0 <= beta < 1, "beta"
    velocity = beta * velocity + grad_fn(w - (lr * beta) * velocity)
    return w - lr * velocity, velocity

# %% warns
def nesterov(w, velocity, grad_fn, lr, beta=0.9):
    import warnings
    warnings.warn("a warning is no mistake")
    np.log(np.zeros(1))
    velocity = beta * velocity + grad_fn(w - lr * beta * velocity)
    return w - lr * velocity, velocity

# %% talks on both streams
def nesterov(w, velocity, grad_fn, lr, beta=0.9):
    import sys
    print("w is", w)
    print("velocity is", velocity, file=sys.stderr)
    velocity = beta * velocity + grad_fn(w - lr * beta * velocity)
    return w - lr * velocity, velocity
