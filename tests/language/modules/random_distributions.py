# Numbers of the less usual distributions, from the same generator as in the library.
import random

r = random.Random(1)
for _ in range(5):
    print(r.betavariate(1, 2), r.gammavariate(0.5, 2), r.gammavariate(1, 2), r.gammavariate(7.5, 0.5))
    print(r.vonmisesvariate(0, 0), r.vonmisesvariate(1, 4), r.vonmisesvariate(3, 0.01))
try:
    random.gammavariate(0, 1)
except ValueError as error:
    print(error)
