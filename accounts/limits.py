"""How often one reader may do a thing; counted in the cache, which all processes share."""

import time

from django.core.cache import cache


def within_limit(user, act, times, seconds=3600):
    """Counts one more `act` of this reader; False once there were more than `times` in this span of `seconds`.

    Written with its time to live each time: incr() of the database cache would give it another. Two at the very same
    moment may count as one; this is a brake, not a lock.
    """
    key = f"limit:{act}:{user.pk}:{time.time() // seconds:.0f}"
    count = cache.get(key, 0) + 1
    cache.set(key, count, seconds)
    return count <= times
