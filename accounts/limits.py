"""How often one reader may do a thing; counted in the cache, which all processes share."""

import time

from django.core.cache import cache


def within_limit(user, act, times, seconds=3600):
    """Counts one more `act` of this reader; False if there were more than `times` in this stretch of `seconds`.

    The stretch is part of the key: the database cache forgets how long to keep a number when it counts it up.
    """
    key = f"limit:{act}:{user.pk}:{int(time.time() // seconds)}"
    if cache.add(key, 1, seconds):
        return True
    try:
        count = cache.incr(key)
    except ValueError:  # it ran out between the two lines
        return True
    cache.touch(key, seconds)
    return count <= times
