# Source in other encodings than UTF-8 is read as its comment says.
def show(source):
    try:
        names = {}
        exec(compile(source, "<source>", "exec"), names)
        print({name: value for name, value in names.items() if name != "__builtins__"})
    except SyntaxError as error:
        print(error.msg, error.filename, error.lineno, error.text)


for source in (
    b"# coding: bad\nx = 1",
    b"# -*- coding: cp1251 -*-\nx = '\xcf\xb3\xf2'",
    b"# coding: latin-1\nx = '\xe9'",
    b"# coding: iso8859-15\nx = '\xa4'",
    b"# coding: cp1252\nx = '\x81'",
    b"# coding: ascii\nx = '\xe9'",
    b"# coding: latin9\nx = '\xa4'",
    b"\xef\xbb\xbf# coding: latin-1\nx = 1",
    b"\xef\xbb\xbf# coding: utf-8\nx = 1",
    b"# coding: koi8-r\nx = '\xcf\xb3\xf2\xee\xed' +",
    b"# coding: utf-8-sig\nx = 1",
    b"# coding: unicode_escape\nx = '\\u00e9'",
    b"#!/bin/sh\n# vim: set fileencoding=cp437 :\nx = '\x80'",
    b"x = 1\n# coding: bad\n",
):
    show(source)
