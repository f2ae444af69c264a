# The parts of a flag come in the order of their definition.
import enum


class Mode(enum.Flag):
    READ = 4
    WRITE = 2
    RUN = 1


print(repr(Mode.RUN | Mode.READ), list(Mode.RUN | Mode.WRITE | Mode.READ), ~Mode.READ)


class Bits(enum.IntFlag):
    HIGH = 2
    LOW = 1


print(repr(Bits(3)), list(Bits(3)), repr(Bits(7)))
