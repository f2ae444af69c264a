def g():
    yield it.gi_running
    try:
        next(it)
    except ValueError as error:
        yield str(error)


it = g()
print(it.gi_running, next(it), next(it), it.__name__, it.gi_yieldfrom)
