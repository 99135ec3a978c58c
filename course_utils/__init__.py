"""Tools of the course *Ravine: deep-learning optimizers from scratch*."""
