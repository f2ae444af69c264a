"""unicode_escape and raw_unicode_escape."""


def t(f):
    try: print(repr(f()))
    except Exception as e: print(type(e).__name__, e)
for s in ['abc', 'é€𐍈\n\t\\\'"\x00\x7f', '\ud800x', '']:
    for c in ('unicode_escape', 'raw_unicode_escape', 'unicode-escape', 'RAW-UNICODE-ESCAPE'):
        t(lambda: s.encode(c)); t(lambda: s.encode(c).decode(c) == s)
for b in [b'\\x4', b'\\u12', b'\\U0011ffff', b'\\N{EURO SIGN}', b'\\N{nope}', b'\\N', b'a\\', b'\\101', b'\xe9', b'\\\\u1234', b'\\u20acx', b'\\\n', b'\\U00110000']:
    for c in ('unicode_escape', 'raw_unicode_escape'):
        t(lambda: b.decode(c)); t(lambda: b.decode(c, 'replace')); t(lambda: b.decode(c, 'ignore')); t(lambda: b.decode(c, 'backslashreplace'))
t(lambda: str(b'\\x41', 'unicode_escape'))
