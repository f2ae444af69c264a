"""Makes small programs that move references about and tell what they count.

    python3 tests/counts/generate.py SEED FIRST COUNT          runs these programs: a line of output for each
    python3 tests/counts/generate.py SEED NUMBER               prints one program, to be run by hand
    python3 tests/counts/generate.py text FILE                 runs the programs in a file, a form feed between two

The same seed and number make the same program on any interpreter, so both CPython and glasspy run this very file.
A program is grown from `constructs.py`: a construct writes statements about a pool of live variables, and blocks
(functions, loops, `try`, `with`) hold further constructs, so that all of them meet. Every count asked for is that of
an object made while the program runs.
"""

import copy
import functools
import gc
import sys
import weakref

MODULUS = 1 << 64
BETWEEN = "\f\n"


class Chance:
    """Numbers that look random and are the same everywhere."""

    def __init__(self, seed, number):
        self.state = (seed * 0x9E3779B97F4A7C15 + number * 0xD1B54A32D192ED03 + 0x2545F491) % MODULUS
        for _ in range(4):
            self.below(2)

    def below(self, limit):
        self.state = (self.state * 6364136223846793005 + 1442695040888963407) % MODULUS
        return (self.state >> 33) % limit

    def pick(self, things):
        return things[self.below(len(things))]

    def one_in(self, number):
        return self.below(number) == 0


class Block:
    """A suite of statements and the variables that it binds: pairs of a name and the kind of its value."""

    def __init__(self, frame, repeats=False):
        self.frame = frame
        self.repeats = repeats
        self.variables = []


class Program:
    """A program in the making: its lines so far, and what is alive at the end of them."""

    DEPTH = 3

    def __init__(self, seed, number):
        self.chance = Chance(seed, number)
        self.lines = []
        self.names = 0
        self.frames = 0
        self.blocks = []

    def fresh(self, start="v"):
        self.names += 1
        return start + str(self.names)

    def say(self, *lines):
        indent = "    " * (len(self.blocks) - 1)
        self.lines.extend([indent + line for line in lines])

    def open(self, frame=None, repeats=False):
        """Opens a block: of the present frame, or of a new one."""
        inside = self.blocks[-1] if self.blocks else None
        if frame is None:
            frame = inside.frame
            repeats = repeats or inside.repeats
        self.blocks.append(Block(frame, repeats))

    def close(self):
        """Closes a block; a frame's variables outlive the blocks in it."""
        block = self.blocks.pop()
        if self.blocks and self.blocks[-1].frame == block.frame:
            self.blocks[-1].variables += [(name, "kept " + kind) for name, kind in block.variables]

    def new_frame(self):
        self.frames += 1
        return self.frames

    def bind(self, name, kind):
        self.blocks[-1].variables.append((name, kind))
        return name

    def forget(self, name):
        variables = self.blocks[-1].variables
        variables[:] = [pair for pair in variables if pair[0] != name]

    def visible(self, kind="", made_by_types=False):
        """The names of all live variables whose kind is this one; without functions and classes, if need be."""
        found = []
        for block in self.blocks:
            for name, its in block.variables:
                if made_by_types and its.removeprefix("kept ") in ("defined", "class"):
                    continue
                if kind == "" or its == kind or its == "kept " + kind:
                    found.append(name)
        return found

    def own(self, kind=""):
        """Those of the innermost block alone, which it may delete or bind anew."""
        return [name for name, its in self.blocks[-1].variables if its == kind or kind == ""]

    def frame_of(self, name):
        for block in self.blocks:
            for other, _ in block.variables:
                if other == name:
                    return block.frame

    @property
    def frame(self):
        return self.blocks[-1].frame


def make(seed, number):
    """The text of one program."""
    import constructs

    program = Program(seed, number)
    chance = program.chance
    program.open(frame=0)
    inside = chance.below(2)
    if inside:
        program.say("def main():")
        program.open(frame=program.new_frame())
    constructs.start(program)
    for _ in range(5 + chance.below(5)):
        constructs.statement(program)
    constructs.end(program)
    if inside:
        program.blocks.pop()
        program.say("main()", "p(gc.collect(), len(kept))")
    return "\n".join(program.lines) + "\n"


def prelude():
    with open(__file__.replace("generate.py", "prelude.py")) as file:
        return file.read()


def run(text, setting):
    """What a program tells, on one line; its names die at the end, and so does all that it has left in cycles."""
    below = {"__name__": "prelude"}
    exec(setting, below)
    names = dict(below)
    names["__name__"] = "program"
    out = below["out"]
    try:
        exec(compile(text, "program", "exec"), names)
    except BaseException as error:
        out.append(f"{type(error).__name__}: {error}")
    out.append(".")
    names.clear()
    gc.collect()
    line = " ".join(out)
    sys.unraisablehook = len
    below["kept"].clear()
    gc.collect()
    below.clear()
    gc.collect()
    return line


def main():
    if sys.argv[1] == "text":
        with open(sys.argv[2]) as file:
            return run_all(0, file.read().split(BETWEEN))
    seed, first = int(sys.argv[1]), int(sys.argv[2])
    if len(sys.argv) == 3:
        print(prelude() + "\ngc.disable()\n\n" + make(seed, first) + "\nprint(*out)")
        return
    count = int(sys.argv[3])
    texts = [make(seed, number) for number in range(first, first + count)]
    run_all(first, texts)


def run_all(first, texts):
    setting = compile(prelude(), "prelude", "exec")
    gc.disable()
    gc.collect()
    gc.freeze()
    for place, text in enumerate(texts):
        print(first + place, masked(run(text, setting)))
    gc.unfreeze()


def masked(text):
    """Without addresses, which no two runs of CPython share."""
    first, *others = text.split(" at 0x")
    return " at 0x".join([first] + [other.lstrip("0123456789abcdef") for other in others])


if __name__ == "__main__":
    main()
