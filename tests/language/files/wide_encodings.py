# Text files in encodings of two and four bytes a character, with their marks, and in UTF-7.
import io
import os
import tempfile

path = os.path.join(tempfile.mkdtemp(), "text")


def content():
    with open(path, "rb") as file:
        return file.read()


for encoding in "utf-16", "utf-16-le", "utf-16-be", "utf-32", "utf-32-be", "utf-8-sig", "utf-7", "cp1252":
    word = "aé\n漢😀\n" if encoding != "cp1252" else "aé\n€\n"
    with open(path, "w", encoding=encoding) as file:
        print(encoding, file.write(word), file.tell(), file.encoding)
        file.write("more\n")
    print(content())
    with open(path, encoding=encoding) as file:
        print(ascii(file.readline()), file.tell(), ascii(file.read()))
        file.seek(0)
        start = file.read(3)
        place = file.tell()
        rest = file.read()
        file.seek(place)
        print(file.read() == rest, ascii(start))
    with open(path, "a", encoding=encoding) as file:
        file.write("end")
    print(content())
    with open(path, encoding=encoding) as file:
        print(ascii(list(file)))
    with open(path, "w", encoding=encoding, newline="\r\n") as file:
        file.write("a\nb\n")
        file.seek(0)
        file.write("c\n")
    print(content())
    layer = io.BytesIO()
    text = io.TextIOWrapper(layer, encoding=encoding)
    text.write("x")
    text.write("y")
    text.flush()
    print(layer.getvalue())
    with open(path, "w", encoding=encoding) as file:
        file.write("é" * 5000 + "\n" + "b" * 5000)
    with open(path, encoding=encoding) as file:
        print([len(line) for line in file])
for source in b"\xff\xfea\x00", b"\x00a", b"\xfe\xff\x00a", b"":
    with open(path, "wb") as file:
        file.write(source)
    try:
        with open(path, encoding="utf-16") as file:
            print(ascii(file.read()))
    except UnicodeError as error:
        print(type(error).__name__, error)
