if (n := len("abc")) > 2:
    print(n)
while (n := n - 1) > 0:
    print(n)
print((y := 5) + y, f"{(z := 3)}", z)
print([v for x in range(5) if (v := x * x) > 3])
