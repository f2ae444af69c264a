class Base(Exception):
    pass


class Special(Base):
    def __init__(self, code, *rest):
        super().__init__(code, *rest)
        self.code = code

    def __str__(self):
        return f"code {self.code}"


try:
    raise Special(5, "more")
except (KeyError, Base) as error:
    print(error, repr(error), error.args, error.code)
print(issubclass(Special, Exception), Base("a", 1), repr(Base()), str(Base()))
e = Base("x")
e.add_note("a note")
print(e.__notes__)
