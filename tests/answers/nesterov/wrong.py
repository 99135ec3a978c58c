# ruff: noqa
# fmt: off
# Wrong answers to nesterov. `points`: what each deserves by checks, of 8 (grading/bank.py).

# %% gradient at w
# points: 1
# mistake: the gradient is taken at w instead of at the lookahead point
def nesterov(w, velocity, grad_fn, lr, beta=0.9):
    velocity = beta * velocity + grad_fn(w)
    return w - lr * velocity, velocity

# %% velocity changed in place
# points: 7
# mistake: the velocity that was given is changed in place, as in `velocity *= beta`
def nesterov(w, velocity, grad_fn, lr, beta=0.9):
    lookahead = w - lr * beta * velocity
    velocity *= beta
    velocity += grad_fn(lookahead)
    return w - lr * velocity, velocity

# %% returned in the wrong order
# points: 0
# mistake: velocity and w are returned in the wrong order
def nesterov(w, velocity, grad_fn, lr, beta=0.9):
    velocity = beta * velocity + grad_fn(w - lr * beta * velocity)
    return velocity, w - lr * velocity
