# UTF-7, there and back, with all that can be wrong.
import random

random.seed(7)
for text in ("", "a", "é", "a+b", "a\\~b", "+-", "é-", "éa", "é a", "漢字", "😀!", "\ud800", "\udc00x", "a\x00b", "é+é"):
    encoded = text.encode("utf-7")
    print(ascii(text), encoded, encoded.decode("utf-7") == text)
for source in (b"+", b"+-", b"+A", b"+AO", b"+AOk", b"+AOk-", b"+AOkx", b"+AOl!", b"+AO!", b"+!", b"\xff", b"a+\xff", b"+2D0-",
               b"+2D3eAA-", b"+2D0-+3gA-", b"+2D0AQQ-", b"+AOk-\xe9+AOk", b"++", b"+//", b"~\\\x01"):
    for errors in "strict", "replace", "ignore", "backslashreplace", "surrogateescape":
        try:
            print(source, errors, ascii(source.decode("utf-7", errors)))
        except UnicodeDecodeError as error:
            print(source, errors, error)
letters = "abc +-~\\é漢😀\ud800\udc01\n"
for _ in range(200):
    text = "".join(random.choice(letters) for _ in range(random.randrange(8)))
    back = text.encode("utf7").decode("U7")
    if back != text:
        print(ascii(text), ascii(back))
bytes_ = b"+-AOkz2Dd/!\xff "
for _ in range(300):
    source = bytes(random.choice(bytes_) for _ in range(random.randrange(8)))
    try:
        print(source, ascii(source.decode("utf_7")))
    except UnicodeDecodeError as error:
        print(source, error)
