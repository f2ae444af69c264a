a = [1]
b = a
a += (2,)
print(a, b, a is b)
t = ([],)
try:
    t[0] += [1]
except TypeError as error:
    print(error, t)
n = 5
n //= 2; n **= 3; n <<= 2; n |= 1; n ^= 3; n %= 20; n -= 1; n *= 2
print(n)
s = "a"
s *= 3
print(s)


class C:
    x = 1


c = C()
c.x += 1
print(c.x, C.x)
