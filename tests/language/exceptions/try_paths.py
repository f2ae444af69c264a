def path(kind):
    out = []
    try:
        out.append("try")
        if kind:
            raise kind
    except ValueError:
        out.append("except")
    else:
        out.append("else")
    finally:
        out.append("finally")
    return out


print(path(None))
print(path(ValueError))
try:
    path(KeyError)
except KeyError:
    print("passed on")
