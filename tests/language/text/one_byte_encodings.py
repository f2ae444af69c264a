"""Encodings by tables: code pages, ISO 8859, KOI8, Macintosh; and UTF-8 with a mark."""
text = "Ünï €"
for name in ("cp1252", "windows-1252", "cp437", "iso8859-15", "latin9", "koi8-r", "mac_roman", "cp037", "cp1251",
             "iso-8859-5", "greek", "utf-8-sig"):
    print(name, text.encode(name, "replace"), "Жя".encode(name, "backslashreplace"), bytes(range(0x80, 0xa4)).decode(name, "replace"))


def attempt(action):
    try:
        print(ascii(action()))
    except UnicodeError as error:
        print(error, error.args[0], error.args[2:])


attempt(lambda: "a€€b".encode("cp437"))
attempt(lambda: "a€b".encode("cp437"))
attempt(lambda: b"ab\x81".decode("cp1252"))
attempt(lambda: "\udc81".encode("cp1252", "surrogateescape"))
attempt(lambda: b"\xef\xbb\xbfa".decode("utf-8-sig"))
attempt(lambda: b"a\xff".decode("utf-8-sig"))
attempt(lambda: "\udc80".encode("utf-8-sig"))
