x, w = 3.14159, 10
name = "it's"
print(f"{x:.2f}|{x:{w}.3f}|{name!r:>8}|{x=}|{x = :.1f}|{{}}|{'a' 'b'}|{1 + 1}")
print(f"{name!s} {name!a} {'é'!a} {[1, 2][0]} {({'a': 1})['a']} {(lambda: 5)()}")
print(f"{1000000:,} {255:#x} {-5:+d} {0.5:%} {5:05d} {'c':^5}| {True} {None}")
print(f'{"nested " + f"{x:.0f}"}' f" joined", rf"\d{w}", f"""{
    w
}""")
print("%s %r %5.2f %d%% %x %-4s| %(a)s" % ("s", "r", 2.5, 3, 255, "l") if 0 else "%s %r %5.2f %d%% %x" % ("s", "r", 2.5, 3, 255))
print("{} {1}".format if 0 else "{0} {1} {0} {k[a]} {k}".format("a", "b", k={"a": 5}))
