def g():
    try:
        yield 1
    finally:
        print("finalized")


it = g()
next(it)
del it
print("after")
g()
print("never started: nothing to finish")
for x in g():
    break
print("after the loop")
