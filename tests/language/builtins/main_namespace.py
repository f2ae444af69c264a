"""The names that a program finds in its namespace before it has made any."""

print(list(globals()))
print(dir())
print(__annotations__, __cached__, __spec__, __package__, __name__)
count: int = 3
print(__annotations__)
