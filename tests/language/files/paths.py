"""os.path and pathlib."""
import os.path
from pathlib import Path, PurePath

for p in "", "/", "//", "///a", "a/../..", "/a/./b//c/..", "../x", "./y":
    print(repr(os.path.normpath(p)), os.path.split(p), os.path.splitext(p), os.path.isabs(p))
print(os.path.join("a", "b", "/c", "d"), os.path.join("a/", ""), os.path.commonpath(["/a/b", "/a/c"]))
print(os.path.splitext(".bashrc"), os.path.splitext("x.tar.gz"), os.path.commonprefix(["abc", "abd"]))
print(os.path.relpath("/a/b/c", "/a/d"), os.path.dirname("/a/b"), os.path.basename("/a/b"))
for wrong in lambda: os.path.join("a", 3), lambda: os.path.join("a", b"b"), lambda: os.path.commonpath(["/a", "b"]):
    try:
        wrong()
    except (TypeError, ValueError) as error:
        print(error)
p = PurePath("/usr/lib/python3/x.tar.gz")
print(p, repr(p), p.parts, p.name, p.stem, p.suffix, p.suffixes, p.parent, list(map(str, p.parents)))
print(p.with_suffix(".txt"), p.with_name("y"), p.relative_to("/usr"), p / "z", p.match("*.gz"), "a" / PurePath("b"))
print(PurePath("a//b/./c"), PurePath(), PurePath("a") < PurePath("b"), Path("x") == PurePath("x"), hash(p) == hash(p))
try:
    p.relative_to("/etc")
except ValueError as error:
    print(error)
