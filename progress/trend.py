"""How a number went from one time to the next, as a small drawing: pure."""

WIDTH, HEIGHT, EDGE = 160, 48, 5
LOWEST, HIGHEST = 1, 5


def points(values):
    """Where each of `values`, from 1 to 5, stands in a drawing of WIDTH by HEIGHT: pairs of x and y, 5 on top.

    One that is None, because nothing was rated that time, has no point and leaves its place empty.
    """
    step = (WIDTH - 2 * EDGE) / max(1, len(values) - 1)
    rise = (HEIGHT - 2 * EDGE) / (HIGHEST - LOWEST)
    return [
        (round(EDGE + n * step, 1), round(EDGE + (HIGHEST - value) * rise, 1))
        for n, value in enumerate(values)
        if value is not None
    ]
