"""input() does not mind a stream that cannot be flushed."""
import sys


class Sink:
    def write(self, text):
        sys.__stdout__.write(f"[{text}]")


class Source:
    def readline(self):
        return "line\n"


output, sys.stdout, sys.stdin = sys.stdout, Sink(), Source()
line = input("prompt")
sys.stdout = output
print(line)
