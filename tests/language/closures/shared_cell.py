def pair():
    value = 0

    def get():
        return value

    def put(new):
        nonlocal value
        value = new
    return get, put


get, put = pair()
put(5)
print(get(), get.__closure__[0] is put.__closure__[0])
