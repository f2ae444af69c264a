try:
    raise ValueError("x")
except ValueError as error:
    kept = error
try:
    error
except NameError as missing:
    print(missing)
print(kept, kept.args)
