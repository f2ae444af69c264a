import sys

print(sys.modules["circles.asks_by_attribute"].value)
