# ruff: noqa
# fmt: off
# Wrong answers to nesterov. `points`: what each deserves by checks, of 8; `mistake` or `says`:
# what the learner is told (course_utils/grading/bank.py).

# %% gradient at w
# points: 1
# mistake: the gradient is taken at w instead of at the lookahead point
def nesterov(w, velocity, grad_fn, lr, beta=0.9):
    velocity = beta * velocity + grad_fn(w)
    return w - lr * velocity, velocity

# %% lookahead in the wrong direction
# points: 1
# mistake: the lookahead point is w + lr * beta * velocity: the wrong direction
def nesterov(w, velocity, grad_fn, lr, beta=0.9):
    velocity = beta * velocity + grad_fn(w + lr * beta * velocity)
    return w - lr * velocity, velocity

# %% lookahead without beta
# points: 1
# mistake: the lookahead point is w - lr * velocity, without beta
def nesterov(w, velocity, grad_fn, lr, beta=0.9):
    velocity = beta * velocity + grad_fn(w - lr * velocity)
    return w - lr * velocity, velocity

# %% lookahead without lr
# points: 1
# mistake: the lookahead point is w - beta * velocity, without lr
def nesterov(w, velocity, grad_fn, lr, beta=0.9):
    velocity = beta * velocity + grad_fn(w - beta * velocity)
    return w - lr * velocity, velocity

# %% lookahead with beta twice
# points: 1
# mistake: the lookahead point is w - lr * beta**2 * velocity: beta comes in twice
def nesterov(w, velocity, grad_fn, lr, beta=0.9):
    v = beta * velocity
    v = v + grad_fn(w - lr * beta * v)
    return w - lr * v, v

# %% gradient of the velocity
# points: 0
# mistake: grad_fn is called with the velocity instead of a point
def nesterov(w, velocity, grad_fn, lr, beta=0.9):
    velocity = beta * velocity + grad_fn(velocity)
    return w - lr * velocity, velocity

# %% gradient at both points
# points: 1
# mistake: the gradients at w and at the lookahead point are averaged
def nesterov(w, velocity, grad_fn, lr, beta=0.9):
    g = (grad_fn(w) + grad_fn(w - lr * beta * velocity)) / 2
    velocity = beta * velocity + g
    return w - lr * velocity, velocity

# %% gradient called twice and added
# points: 0
# mistake: the gradients at w and at the lookahead point are added
def nesterov(w, velocity, grad_fn, lr, beta=0.9):
    velocity = beta * velocity + grad_fn(w) + grad_fn(w - lr * beta * velocity)
    return w - lr * velocity, velocity

# %% uphill
# points: 0
# mistake: the step goes uphill: w + lr * velocity
def nesterov(w, velocity, grad_fn, lr, beta=0.9):
    velocity = beta * velocity + grad_fn(w - lr * beta * velocity)
    return w + lr * velocity, velocity

# %% gradient subtracted from the velocity
# points: 0
# mistake: the gradient is subtracted from the velocity, and the velocity from w
def nesterov(w, velocity, grad_fn, lr, beta=0.9):
    velocity = beta * velocity - grad_fn(w - lr * beta * velocity)
    return w - lr * velocity, velocity

# %% velocity as an average
# points: 0
# mistake: the velocity is an average, with (1 - beta) before the gradient; here it is a sum
def nesterov(w, velocity, grad_fn, lr, beta=0.9):
    velocity = beta * velocity + (1 - beta) * grad_fn(w - lr * beta * velocity)
    return w - lr * velocity, velocity

# %% average the wrong way round
# points: 0
# mistake: beta stands before the gradient and (1 - beta) before the velocity
def nesterov(w, velocity, grad_fn, lr, beta=0.9):
    velocity = (1 - beta) * velocity + beta * grad_fn(w - lr * beta * velocity)
    return w - lr * velocity, velocity

# %% lr inside the velocity
# points: 1
# mistake: lr is inside the velocity: beta * velocity + lr * gradient
def nesterov(w, velocity, grad_fn, lr, beta=0.9):
    velocity = beta * velocity + lr * grad_fn(w - beta * velocity)
    return w - velocity, velocity

# %% lr inside the velocity and outside
# points: 0
# mistake: lr comes in twice, in the velocity and in the step
def nesterov(w, velocity, grad_fn, lr, beta=0.9):
    velocity = beta * velocity + lr * grad_fn(w - lr * beta * velocity)
    return w - lr * velocity, velocity

# %% negative velocity
# points: 1
# mistake: the velocity is beta * velocity - lr * gradient and is added to w, as in CS231n
def nesterov(w, velocity, grad_fn, lr, beta=0.9):
    velocity = beta * velocity - lr * grad_fn(w + beta * velocity)
    return w + velocity, velocity

# %% velocity that never fades
# points: 1
# mistake: the old velocity is kept whole, without beta
def nesterov(w, velocity, grad_fn, lr, beta=0.9):
    velocity = velocity + grad_fn(w - lr * beta * velocity)
    return w - lr * velocity, velocity

# %% velocity forgotten
# points: 1
# mistake: the old velocity is dropped: the new one is the gradient alone
def nesterov(w, velocity, grad_fn, lr, beta=0.9):
    velocity = grad_fn(w - lr * beta * velocity)
    return w - lr * velocity, velocity

# %% double lookahead
# points: 1
# mistake: the step starts at the lookahead point instead of at w
def nesterov(w, velocity, grad_fn, lr, beta=0.9):
    ahead = w - lr * beta * velocity
    velocity = beta * velocity + grad_fn(ahead)
    return ahead - lr * velocity, velocity

# %% torch's update
# points: 0
# mistake: torch's form is used as it stands: its parameter is the lookahead point, not w
def nesterov(w, velocity, grad_fn, lr, beta=0.9):
    g = grad_fn(w)
    velocity = beta * velocity + g
    return w - lr * (g + beta * velocity), velocity

# %% torch's update at the lookahead point
# points: 0
# mistake: the gradient is taken at the lookahead point and the step is torch's: it looks ahead twice
def nesterov(w, velocity, grad_fn, lr, beta=0.9):
    g = grad_fn(w - lr * beta * velocity)
    velocity = beta * velocity + g
    return w - lr * (g + beta * velocity), velocity

# %% step with the old velocity
# points: 0
# mistake: w moves with the old velocity; the new one comes too late
def nesterov(w, velocity, grad_fn, lr, beta=0.9):
    g = grad_fn(w - lr * beta * velocity)
    return w - lr * velocity, beta * velocity + g

# %% returns the old velocity
# points: 0
# mistake: the velocity that was given is returned instead of the new one
def nesterov(w, velocity, grad_fn, lr, beta=0.9):
    v = beta * velocity + grad_fn(w - lr * beta * velocity)
    return w - lr * v, velocity

# %% returns the old w
# points: 0
# mistake: the w that was given is returned instead of the new one
def nesterov(w, velocity, grad_fn, lr, beta=0.9):
    v = beta * velocity + grad_fn(w - lr * beta * velocity)
    return w, v

# %% returns the lookahead point
# points: 0
# mistake: the lookahead point is returned as the new w
def nesterov(w, velocity, grad_fn, lr, beta=0.9):
    w = w - lr * beta * velocity
    return w, beta * velocity + grad_fn(w)

# %% returned in the wrong order
# points: 0
# mistake: velocity and w are returned in the wrong order
def nesterov(w, velocity, grad_fn, lr, beta=0.9):
    velocity = beta * velocity + grad_fn(w - lr * beta * velocity)
    return velocity, w - lr * velocity

# %% plain gradient descent
# points: 0
# mistake: this is plain gradient descent, and the velocity is left as it was
def nesterov(w, velocity, grad_fn, lr, beta=0.9):
    return w - lr * grad_fn(w), velocity

# %% beta written as a number
# points: 3
# mistake: beta is the number 0.9 inside the function, whatever the argument says
def nesterov(w, velocity, grad_fn, lr, beta=0.9):
    velocity = 0.9 * velocity + grad_fn(w - lr * 0.9 * velocity)
    return w - lr * velocity, velocity

# %% lr written as a number
# points: 0
# mistake: lr is the number 0.1 inside the function, whatever the argument says
def nesterov(w, velocity, grad_fn, lr, beta=0.9):
    velocity = beta * velocity + grad_fn(w - 0.1 * beta * velocity)
    return w - 0.1 * velocity, velocity

# %% another default
# points: 6
# mistake: beta has another default than 0.9
def nesterov(w, velocity, grad_fn, lr, beta=0.99):
    velocity = beta * velocity + grad_fn(w - lr * beta * velocity)
    return w - lr * velocity, velocity

# %% velocity changed in place
# points: 7
# mistake: the velocity that was given is changed in place, as in `velocity *= beta`
def nesterov(w, velocity, grad_fn, lr, beta=0.9):
    lookahead = w - lr * beta * velocity
    velocity *= beta
    velocity += grad_fn(lookahead)
    return w - lr * velocity, velocity

# %% w changed in place
# points: 7
# mistake: the w that was given is changed in place, as in `w -= lr * velocity`
def nesterov(w, velocity, grad_fn, lr, beta=0.9):
    velocity = beta * velocity + grad_fn(w - lr * beta * velocity)
    w -= lr * velocity
    return w, velocity

# %% gradient changed in place
# points: 7
# mistake: what grad_fn returned is changed in place; it may belong to someone else
def nesterov(w, velocity, grad_fn, lr, beta=0.9):
    g = grad_fn(w - lr * beta * velocity)
    g += beta * velocity
    return w - lr * g, g

# %% velocity in a global
# points: 2
# mistake: the velocity is kept outside the function, and the argument is ignored
kept = 0.0
def nesterov(w, velocity, grad_fn, lr, beta=0.9):
    global kept
    kept = np.zeros_like(w) if np.shape(kept) != np.shape(w) else kept
    kept = beta * kept + grad_fn(w - lr * beta * kept)
    return w - lr * kept, kept

# %% one buffer for all results
# points: 7
# mistake: every call writes its result into the same array: earlier results change
buffers = {}
def nesterov(w, velocity, grad_fn, lr, beta=0.9):
    g = grad_fn(w - lr * beta * velocity)
    new = buffers.setdefault(np.shape(w), (np.zeros_like(w), np.zeros_like(w)))
    new[1][...] = beta * velocity + g
    new[0][...] = w - lr * new[1]
    return new

# %% flattened
# points: 6
# says: step 0-d[0]
def nesterov(w, velocity, grad_fn, lr, beta=0.9):
    w, velocity = np.ravel(w), np.ravel(velocity)
    velocity = beta * velocity + grad_fn(w - lr * beta * velocity)
    return w - lr * velocity, velocity

# %% loops over the entries
# points: 7
# says: len() of unsized object
def nesterov(w, velocity, grad_fn, lr, beta=0.9):
    g = grad_fn(w - lr * beta * velocity)
    velocity = np.array([beta * velocity[i] + g[i] for i in range(len(w))])
    return np.array([w[i] - lr * velocity[i] for i in range(len(w))]), velocity

# %% half precision
# points: 0
# says: not right yet
def nesterov(w, velocity, grad_fn, lr, beta=0.9):
    w, velocity = np.float16(w), np.float16(velocity)
    velocity = np.float16(beta * velocity + grad_fn(w - lr * beta * velocity))
    return np.float16(w - lr * velocity), velocity

# %% rounded
# points: 7
# says: not right yet
def nesterov(w, velocity, grad_fn, lr, beta=0.9):
    velocity = beta * velocity + grad_fn(w - lr * beta * velocity)
    return np.round(w - lr * velocity, 6), np.round(velocity, 6)

# %% a small number against zero
# points: 7
# mistake: a small number such as 1e-8 is added to the velocity
def nesterov(w, velocity, grad_fn, lr, beta=0.9):
    velocity = beta * velocity + grad_fn(w - lr * beta * velocity) + 1e-8
    return w - lr * velocity, velocity

# %% clipped gradient
# points: 1
# says: not right yet
def nesterov(w, velocity, grad_fn, lr, beta=0.9):
    velocity = beta * velocity + np.clip(grad_fn(w - lr * beta * velocity), -1, 1)
    return w - lr * velocity, velocity

# %% no return
# points: 0
# says: Your function returned None. Is its `return` line missing?
def nesterov(w, velocity, grad_fn, lr, beta=0.9):
    velocity = beta * velocity + grad_fn(w - lr * beta * velocity)
    w = w - lr * velocity

# %% returns w alone
# points: 0
# says: Return as many as the stub says, in the same order.
def nesterov(w, velocity, grad_fn, lr, beta=0.9):
    velocity = beta * velocity + grad_fn(w - lr * beta * velocity)
    return w - lr * velocity

# %% missing argument
# points: 3
# says: Keep the stub's first line.
def nesterov(w, velocity, grad_fn, lr):
    velocity = 0.9 * velocity + grad_fn(w - lr * 0.9 * velocity)
    return w - lr * velocity, velocity

# %% beta without a default
# points: 5
# says: missing 1 required positional argument
def nesterov(w, velocity, grad_fn, lr, beta):
    velocity = beta * velocity + grad_fn(w - lr * beta * velocity)
    return w - lr * velocity, velocity

# %% arguments in another order
# points: 0
# says: Your code stopped in `nesterov`, line 2
def nesterov(w, grad_fn, velocity, lr, beta=0.9):
    velocity = beta * velocity + grad_fn(w - lr * beta * velocity)
    return w - lr * velocity, velocity

# %% misspelled
# points: 0
# says: NameError: name 'velocty' is not defined
def nesterov(w, velocity, grad_fn, lr, beta=0.9):
    velocity = beta * velocty + grad_fn(w - lr * beta * velocity)
    return w - lr * velocity, velocity

# %% gradient not called
# points: 0
# says: Your code stopped in `nesterov`, line 2
def nesterov(w, velocity, grad_fn, lr, beta=0.9):
    velocity = beta * velocity + grad_fn
    return w - lr * velocity, velocity

# %% another name
# points: 0
# says: `nesterov` does not exist. Run the cell that defines it
def nesterov_momentum(w, velocity, grad_fn, lr, beta=0.9):
    velocity = beta * velocity + grad_fn(w - lr * beta * velocity)
    return w - lr * velocity, velocity

# %% syntax error
# points: 0
# says: `nesterov` does not exist. Run the cell that defines it
def nesterov(w, velocity, grad_fn, lr, beta=0.9)
    return w, velocity

# %% prints instead of returning
# points: 0
# says: Your function returned None. Is its `return` line missing?
def nesterov(w, velocity, grad_fn, lr, beta=0.9):
    velocity = beta * velocity + grad_fn(w - lr * beta * velocity)
    print(w - lr * velocity, velocity)

# %% text instead of numbers
# points: 0
# says: no number but str
def nesterov(w, velocity, grad_fn, lr, beta=0.9):
    velocity = beta * velocity + grad_fn(w - lr * beta * velocity)
    return str(w - lr * velocity), str(velocity)
