# Characters by their Unicode names and aliases, in any case; not loosely.
print("\N{EURO SIGN}\N{latin small letter e with acute}\N{CJK UNIFIED IDEOGRAPH-8000}\N{HANGUL SYLLABLE GAG}")
print(ascii("\N{LINE FEED}\N{NO-BREAK SPACE}\N{NULL}\N{BELL}"))
print(f"\N{DIGIT ONE}{1}\N{DIGIT TWO}", rb"\N{DIGIT ONE}", r"\N{DIGIT ONE}")
for source in (r"'\N{eurosign}'", r"'\N{}'", r"'\N'", r"'\Nx'", r"'\N{EURO SIGN'", r"'ab\N{no such name}'"):
    try:
        eval(source)
    except SyntaxError as error:
        print(error.msg)
print("a\xac\u1234\u20ac\u8000\U0010ffff\n".encode("ascii", "namereplace"))
