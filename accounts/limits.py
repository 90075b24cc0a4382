"""How often one reader may do a thing; counted in the cache, which all processes share."""

from django.core.cache import cache


def within_limit(user, act, times, seconds=3600):
    """Counts one more `act` of this reader; False once there were more than `times` since the first in `seconds`."""
    key = f"limit:{act}:{user.pk}"
    if cache.add(key, 1, seconds):
        return True
    try:
        return cache.incr(key) <= times
    except ValueError:  # it ran out between the two lines
        return cache.add(key, 1, seconds)
