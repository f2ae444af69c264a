# A namespace is counted once as the globals and once as the locals of the code that runs in it, and nowhere else.
import gc
import sys

rc = sys.getrefcount
kept = []
print(rc(globals()), rc(locals()))


def shown():
    print(rc(globals()))


shown()


class Body:
    print(rc(globals()), rc(locals()))
    names = locals()
    print(rc(names), len(gc.get_referrers(names)))
    names = 0
    evaluated = eval("rc(locals())"), eval("rc(locals())", globals(), locals()), eval("rc(globals())")


print(Body.evaluated)
both = "print(rc(locals()), rc(globals()))"
exec(both, {"rc": rc})
exec(both, {"rc": rc}, {})
exec(both)
exec(compile(both, "both", "exec"), {"rc": rc}, {})
print(eval("rc(locals()), rc(globals())"))


def inside(first, second=None):
    print(eval("rc(locals()), rc(globals())"))
    exec(both)
    names = locals()
    print(rc(names))
    exec(both)
    exec(both, dict(names, rc=rc), names)
    print(eval("rc(locals()), rc(globals())", {"rc": rc}, names))


inside(1)


def run(text):
    names = {"kept": kept, "rc": rc, "__name__": "run"}
    exec(compile(text, "text", "exec"), names)
    print(text.split("\n")[0], rc(names), [type(thing).__name__ for thing in gc.get_referrers(names)])
    names.clear()


tell = "\nkept.append(rc(globals())); print(kept.pop())"
run("kept.append(locals())")
kept.clear()
run("kept.append(rc(locals())); print(kept.pop())")
run("pass" + tell)
run("def f(): pass" + tell)
run("class C:\n def f(): pass\n print(len(locals()))" + tell)
run("class C:\n x = 1" + tell)
run("(lambda: kept.append(rc(globals())))(); print(kept.pop())")
run("g = (x for x in (1, 2)); next(g)" + tell)
run("import sys; x = sys._getframe()" + tell + "; del x")
run("try: 1 / 0\nexcept Exception as e: kept.append(rc(globals())); print(kept.pop())")
exec("import sys; kept.append(sys._getframe())" + tell, {"kept": kept, "rc": rc})
print(rc(kept[0].f_globals), rc(kept[0].f_locals), kept[0].f_locals is kept[0].f_globals)
