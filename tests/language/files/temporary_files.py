"""tempfile: files that go away, and the folders they lie in."""
import os
import tempfile
from pathlib import Path

with tempfile.NamedTemporaryFile("w+") as f:
    f.write("hi")
    f.flush()
    name = f.name
    print(os.path.exists(name), os.path.getsize(name))
print(os.path.exists(name))
with tempfile.TemporaryDirectory() as folder:
    root = Path(folder)
    (root / "sub").mkdir()
    print((root / "sub" / "a.txt").write_text("héllo"), (root / "sub" / "a.txt").read_text())
    print(sorted(p.name for p in root.rglob("*")), [p.name for p in root.glob("*/*.txt")])
print(os.path.exists(folder))
with tempfile.TemporaryFile() as f:
    f.write(b"abc")
    f.seek(0)
    print(f.read())
with tempfile.SpooledTemporaryFile(max_size=4) as f:
    f.write(b"abc")
    print(f._rolled)
    f.write(b"def")
    f.seek(0)
    print(f._rolled, f.read())
number, name = tempfile.mkstemp(suffix=".x", prefix="y")
print(os.path.basename(name)[0], name[-2:], oct(os.fstat(number).st_mode & 0o777))
os.close(number)
os.remove(name)
folder = tempfile.TemporaryDirectory()
name = folder.name
del folder
print(os.path.exists(name))
