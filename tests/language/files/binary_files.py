"""Files of bytes: modes, buffers, places, truncation."""
import io
import os
import tempfile

folder = tempfile.mkdtemp()
path = os.path.join(folder, "f.bin")
with open(path, "wb") as f:
    print(type(f).__name__, f.mode, f.name == path, f.write(b"hello\nworld\nend"))
with open(path, "rb") as f:
    print(f.read(3), f.readline(), f.tell(), list(f), f.read())
    f.seek(-3, 2)
    print(f.read(), f.seek(0), f.peek(2)[:3], f.read1(4))
    room = bytearray(4)
    print(f.readinto(room), room)
with open(path, "r+b") as f:
    f.read(2)
    f.write(b"XX")
    f.seek(0)
    print(f.read())
    print(f.truncate(5), f.seek(0), f.read())
with open(path, "ab") as f:
    f.write(b"++")
    print(f.tell())
with open(path, "rb", buffering=0) as f:
    print(type(f).__name__, f.read(), f.readall())
for mode in "xb", "rw", "rbt", "":
    try:
        open(path, mode)
    except (OSError, ValueError) as error:
        print(type(error).__name__, error.args[0])
try:
    open(path, "rb").write(b"x")
except io.UnsupportedOperation as error:
    print(repr(error))
try:
    open(path, "wb").read()
except io.UnsupportedOperation as error:
    print(repr(error))
f = open(path, "rb")
f.close()
for use in f.read, f.readline, f.flush, lambda: f.seek(0), f.peek:
    try:
        use()
    except ValueError as error:
        print(error)
os.remove(path)
os.rmdir(folder)
