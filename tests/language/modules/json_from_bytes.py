import json

text = '{"a": "€"}'
for encoding in "utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "utf-32-le", "utf-32-be":
    data = b"\xef\xbb\xbf" + text.encode() if encoding == "utf-8-sig" else text.encode(encoding)
    print(encoding, json.loads(data), json.loads(bytearray(data)))
print(json.loads(b"7"), json.loads(b"[]"))
for options in {}, {"indent": 1}:
    try:
        json.dumps([float("nan")], allow_nan=False, **options)
    except ValueError as error:
        print(error)
