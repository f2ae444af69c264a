def g():
    print("start")
    try:
        while True:
            try:
                got = yield "value"
                print("got", got)
            except ValueError as error:
                print("caught", error)
    finally:
        print("closing")


it = g()
print(next(it), it.send(1), it.throw(ValueError("v")))
it.close()
print(list(it))
try:
    g().send(1)
except TypeError as error:
    print(error)
