def numbers():
    n = 0
    while True:
        print("making", n)
        yield n
        n += 1


squares = (n * n for n in numbers() if n % 2)
print(next(squares), next(squares))
print(type(squares).__name__, squares.gi_frame is not None)
squares.close()
print(squares.gi_frame)
print(any(x > 2 for x in iter([1, 3, 5])), sum(x for x in range(5)))
