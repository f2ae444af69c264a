# What formats of bytes have that those of texts have not.
for form in ("%z.1f", "%z5.1f|", "%-z5.1f|", "%zd", "%z", "%.2147483648d", "%.99999999999999999999f", "%2147483648z"):
    for value in (-0.01, 0.01, -1.26):
        for text in (form, form.encode()):
            try:
                print(text, text % value)
            except Exception as error:
                print(text, type(error).__name__, error)
