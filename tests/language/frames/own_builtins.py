"""__builtins__ of a global namespace: what code with it finds, and what functions made there keep."""
import builtins


def attempt(action):
    try:
        print(action())
    except Exception as error:
        print(type(error).__name__, error)


class Names(dict):
    def __getitem__(self, name):
        if name == "answer":
            return 42
        return dict.__getitem__(self, name)


attempt(lambda: exec("print(answer)", {"__builtins__": Names(print=print)}))
attempt(lambda: exec("print(unknown)", {"__builtins__": Names(print=print)}))
attempt(lambda: exec("print(1)", {"__builtins__": {}}))
attempt(lambda: exec("class A: pass", {"__builtins__": {}}))
attempt(lambda: exec("import math", {"__builtins__": {}}))
attempt(lambda: eval("len", {"__builtins__": {"len": 3}}))

space = {"__builtins__": {"len": 3}}
exec("def f(): return len", space)
space["__builtins__"] = builtins
print(space["f"](), space["f"].__builtins__)

original = builtins.__build_class__
builtins.__build_class__ = lambda *arguments, **keywords: (arguments[1:], keywords)


class Made(int, metaclass=3, other=4):
    pass


builtins.__build_class__ = original
print(Made)
print(eval(memoryview(b"1 + 1")), eval(bytearray(b"2 + 2")))
