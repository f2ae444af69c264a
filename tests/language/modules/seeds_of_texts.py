import random

for seed in "text", "", "gläss", b"bytes", "x" * 300, -1.5, 2.5, -7:
    print(repr(seed)[:12], random.Random(seed).random())
