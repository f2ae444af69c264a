"""BytesIO, StringIO, TextIOWrapper over a buffer, and classes of a program's own."""
import io

b = io.BytesIO(b"abc\ndef")
print(b.readline(), b.read(), b.getvalue(), b.seek(1), b.write(b"ZZ"), b.getvalue(), b.getbuffer()[0])
b.seek(10)
b.write(b"!")
print(b.getvalue(), b.truncate(2), b.getvalue())
t = io.TextIOWrapper(io.BytesIO("x\r\ny\rz".encode()), newline=None)
print(t.readlines())
t = io.TextIOWrapper(io.BytesIO(), encoding="latin-1", newline="\r\n")
t.write("ä\n")
t.flush()
print(t.buffer.getvalue(), t.encoding, t.errors)
s = io.StringIO("a\nb")
print(s.readlines(), s.tell(), s.seek(0), s.read(1))
s.write("ZZZ")
print(repr(s.getvalue()))
s = io.StringIO(newline=None)
s.write("a\r\nb\rc")
print(repr(s.getvalue()), s.newlines)


class Writer(io.RawIOBase):
    def writable(self):
        return True

    def write(self, data):
        print("write", bytes(data))
        return len(data)


w = io.BufferedWriter(Writer())
w.write(b"abc")
w.close()
print(w.closed, io.BytesIO.__name__, isinstance(b, io.BufferedIOBase), isinstance(t, io.TextIOBase))


class Reader(io.RawIOBase):
    def __init__(self, data):
        self.data = data

    def readable(self):
        return True

    def readinto(self, room):
        part, self.data = self.data[:len(room)], self.data[len(room):]
        room[:len(part)] = part
        return len(part)


print(list(io.TextIOWrapper(io.BufferedReader(Reader("eins\nzwei\ndrei".encode())))))
try:
    s.close()
    s.read()
except ValueError as error:
    print(error)
