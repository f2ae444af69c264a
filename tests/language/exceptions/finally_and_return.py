def a():
    try:
        return "try"
    finally:
        print("cleanup")


def b():
    try:
        return "try"
    finally:
        return "finally"


def c():
    for i in range(3):
        try:
            continue
        finally:
            print("loop", i)
    while True:
        try:
            break
        finally:
            print("break")
    return "end"


def d():
    try:
        raise ValueError
    finally:
        return "swallowed"


print(a(), b(), c(), d())
