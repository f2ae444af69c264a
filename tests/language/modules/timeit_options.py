"""What `python -m timeit` takes and tells, with a clock that goes by itself."""
import sys
import timeit

sys.stderr = sys.stdout
PACE = 0.25


def paced(clock):
    ticks = iter(range(1000))
    return lambda: next(ticks) * PACE


for line in ("-n 5 -r 2 pass", "-n1 pass", "-v -n4 -r3 pass", "-vv -n3 -r1", "-n 7 -u msec pass", "-n10 -u usec", "-r 0 -n 2",
             "--number=2 --repeat 1 pass", "--nu=2 -r1 --unit nsec 1", "-s x=5 -s y=x -n1 x+y", "-vn3 -r 1 -- pass",
             "-v -r 2 pass", "-p -n 1 pass", "-x", "--foo", "--verbose=1", "-n", "--number", "-u day", "-u"):
    print("timeit", line)
    status = timeit.main(line.split(), _wrap_timer=paced)
    print("status", status)
