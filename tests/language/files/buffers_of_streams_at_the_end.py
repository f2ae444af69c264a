# What the standard streams write through is let go at the end, after all that it was given.
import sys


class Late:
    def __del__(self):
        print('late')


kept = sys.stdout.buffer, sys.stderr.buffer, sys.stdin.buffer
print('first')
sys.stdout.flush()
kept[0].write(b'bytes\n')
kept[0].flush()
late = Late()
late.me = late
print('last')
