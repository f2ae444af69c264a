"""A backslash in front of a replacement field is warned of, and a room that is read-only is refused."""

import io
import warnings

with warnings.catch_warnings(record=True) as told:
    warnings.simplefilter("always")
    print(repr(eval(r"f'\{6 * 7}'")), repr(eval(r"f'\d{1}'")), repr(eval(r"rf'\{1}'")))
for warning in told:
    print(warning.message, warning.category.__name__)

for room in (b"abc", "abc", 5, memoryview(b"abc")):
    try:
        io.BytesIO(b"12345").readinto(room)
    except TypeError as error:
        print(error)
room = bytearray(3)
print(io.BytesIO(b"12345").readinto(room), room)
