"""How often one may do a thing; counted in the cache, which all processes share."""

import time
from hashlib import blake2b

from django.core.cache import cache


def within_limit(who, act, times, seconds=3600):
    """Counts one more `act`; False if there were more than `times` of them in this stretch of `seconds`.

    `who` is a reader, or for those without an account any text that tells them apart, such as an address.

    The stretch is part of the key: the database cache forgets how long to keep a number when it counts it up.
    """
    name = blake2b(who.casefold().encode(), digest_size=16).hexdigest() if isinstance(who, str) else who.pk
    key = f"limit:{act}:{name}:{int(time.time() // seconds)}"
    if cache.add(key, 1, seconds):
        return True
    try:
        count = cache.incr(key)
    except ValueError:  # it ran out between the two lines
        return True
    cache.touch(key, seconds)
    return count <= times
