a or b or c and d and not e
a if b else c if d else e
a < b <= c != d is not e not in f
a | b ^ c & d << e + f * -g ** -h ** i
a @ b // c % d / e - ~f >> +g
not a == b
(a := 1)
a[(b := 1)]
await_ = 1
-1 ** 2
