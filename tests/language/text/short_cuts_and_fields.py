"""split, replace, join, format of floats and short specifications: the ways that need no memory, beside the others."""
print("a,b,,c".split(","), "".split(","), ",".split(","), "a".split(",", 0), "a,b,c".split(",", 1), "abc".split("bc"))
print(" a  b c ".split(), " a  b c ".split(None, 1), " a b ".split(None, 0), "".split(), "  ".split())
print("é,ü,x".split(","), "é–ü–x".split("–"), "a,b".split("–"), "ééé".split("é"), "x\u2003y z".split())
print("aXXbXXc".split("XX"), "aXXXb".split("XX"), "aXbXc".rsplit("X", 1), ("ab" * 60).split("ba", 3))
print(len(("word " * 1000).split()), len(("word " * 1000).split(" ")), ("x" * 40 + "," + "y" * 40).split(","))
for wrong in ("", 5, b","):
    try:
        "a,b".split(wrong)
    except (TypeError, ValueError) as error:
        print(type(error).__name__, error)


class Text(str):
    pass


whole = Text("abc")
print(type(whole.split(",")[0]).__name__, whole.split(",")[0] is whole, "abc".split(",")[0])

print("abc".replace("b", "x"), "abc".replace("k", "x"), "aaa".replace("a", "bb", 2), "aaa".replace("aa", "b"))
print("abc".replace("", "-"), "".replace("", "-"), "abc".replace("abc", ""), "abcabc".replace("bc", ""), "aaaa".replace("a", "", 3))
print(("ab" * 9).replace("a", "xyz"), ("ab" * 100).replace("ba", "-").count("-"), "é,a".replace(",", ";"), "a,b".replace(",", "é"))
print("a–b".replace("–", "-"), "ab".replace("b", "–"), "aab".replace("a", "x", 0), "aab".replace("a", "x", -1), "abc".replace("b", "b"))
text = "nothing to do"
print(text.replace("q", "x") is text, text.replace("t", "t") is text)
print("ab\\\"c\n".replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n"))
print("".join(["a", "é", "b"]), "–".join(["a", "b"]), "é".join(["a", "b", "c"]), "é".join(["a"]), ",".join(["x" * 20, "y" * 17]))
print("é".join(["a"]).isascii(), "é".join(["a", "b"]).isascii(), "".join(["\xff", "a"]).encode("latin-1"), "".join(["a", "😀"]))
print(Text("-").join(["a", "b"]), Text("é").join(["a", "b"]), "".join([Text("a"), "b"]), "".join(c for c in "xyé"))
print("x" in "xyz", "é" in "aé", "é" in "a–é", "–" in "abc", "aé"[1], "a–"[1], "a–"[0], "aé"[-2], "é" < "ê", "a" < "é" < "–", "ab" < "b")
print([c for c in "aé"], [c for c in "a–é"], "count", "abababab".count("ab"), ("ab" * 100).count("ba"), ("ab" * 100).find("bb"))

for value in (0.0, -0.0, 1.0, 3.5, -2.25, 0.1, 0.05, 1234.5, 100.0, 99999.00001, 123456789.0, 1e9, 1234567890.5, 1e15, 1e16, 1e17,
              0.0001, 0.00011, 0.00001, 1e-5, 0.1 + 0.2, 1 / 3, 2 / 3, 5e-324, 1.7976931348623157e308, float("inf"), float("-inf"),
              float("nan"), 0.3, 2.675, 4503599627370496.5, 9007199254740993.0, 12345.678901, 0.99999, 0.999999, 999999999.99999):
    print(repr(value), str(value), f"{value}", f"{value:.2f}", f"{value:8.1f}|{value:<9.0f}|{value:^10.3f}|{value:=9.2f}|{value:09.2f}",
          f"{value:f} {value:F} {value:+.1f} {value:e} {value:g} {value:.3} {value:10}|{value:,.2f} {value:%} {value:.25f}"[:150])
print(f"{1.5:#.0f} {1.5:.0f} {2.5:.0f} {0.5:.0f} {-0.4:.0f} {-0.4:z.0f} {1e22:.1f} {1.5:120.1f}|{1.5:130.1f}|")
for value in (0, 7, -7, 255, -4096, 10 ** 9, 10 ** 12, -(2 ** 70)):
    print(f"{value:>6}|{value:<6}|{value:^6}|{value:06x}|{value:06}|{value:=6}|{value:b}|{value:o}|{value:X}|{value:<08}|{value:d}|{value:.1f}|{value:+}|{value:,}|{value:*^9}")
for value in ("", "row", "é", "a–b", Text("sub")):
    print(f"{value:<10}|{value:>10}|{value:^10}|{value:5}|{value:.2}|{value:6.1}|{value:*<6}|{value:–>6}|{value:s}|{value:06}|{value:70}|")
for value, spec in ((1, "."), (1, ".2"), (1.5, "."), (1.5, ".2x"), ("a", "=5"), ("a", "d"), (1, "z"), (1.5, "<<z"), (1, "9" * 30), (1, "5.5"),
                    ("a", "z"), (1, "q"), (1.5, "q"), ("a", "+"), (1, "5é"), (1.5, "5s"), (1, "c"), (1, "<"), (1.5, "0"), ("a", "0>3"), (1.5, "1234567.1f,")):
    try:
        print(repr(format(value, spec)))
    except ValueError as error:
        print(spec[:8], error)
