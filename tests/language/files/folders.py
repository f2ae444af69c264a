"""os: folders, entries, removal, errors with two names, the environment, pipes."""
import os
import tempfile

top = tempfile.mkdtemp()
os.makedirs(os.path.join(top, "a/b"), exist_ok=True)
with open(os.path.join(top, "x.txt"), "w") as f:
    f.write("hallo")
print(sorted(os.listdir(top)), os.stat(os.path.join(top, "x.txt")).st_size)
for folder, folders, files in os.walk(top):
    print(os.path.relpath(folder, top), sorted(folders), files)
print([os.path.relpath(t[0], top) for t in os.walk(top, topdown=False)])
for action in lambda: os.remove("nope"), lambda: os.rename("nope", "b"), lambda: os.mkdir(top), lambda: os.rmdir(top):
    try:
        action()
    except OSError as error:
        print(type(error).__name__, error.errno, error.strerror, error.filename == top or error.filename,
              error.filename2)
print(sorted((e.name, e.is_dir(), e.is_file()) for e in os.scandir(top)))
os.remove(os.path.join(top, "x.txt"))
os.removedirs(os.path.join(top, "a/b"))
print(os.path.exists(top))
r, w = os.pipe()
os.write(w, b"abc")
print(os.read(r, 10))
os.close(r)
os.close(w)
os.environ["FOO"] = "bar"
print(os.getenv("FOO"), os.environ.get("NOPE"), "FOO" in os.environ)
del os.environ["FOO"]
print(os.getenv("FOO", "gone"))
for wrong in lambda: os.fspath(3), lambda: os.stat(None), lambda: os.listdir(3.5), lambda: os.environ.update(A=1):
    try:
        wrong()
    except TypeError as error:
        print(error)
print(os.sep, repr(os.linesep), os.name, len(os.urandom(5)), os.fsencode("ä"), os.fsdecode(b"\xff") == "\udcff")
