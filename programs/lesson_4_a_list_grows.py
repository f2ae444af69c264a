"""Lesson 4: a list takes more room than it needs, so that append is cheap.

Try: fill a dict or a set instead. When do they grow, and by how much?
"""
import sys

numbers = []
size = sys.getsizeof(numbers)
print(f"{'items':>5} {'bytes':>6} {'room for':>8}")
print(f"{0:5} {size:6} {0:8}")
moves = 0
for n in range(1, 101):
    numbers.append(n)
    if sys.getsizeof(numbers) != size:
        size = sys.getsizeof(numbers)
        moves += 1
        print(f"{n:5} {size:6} {(size - sys.getsizeof([])) // 8:8}")
print("100 appends, the buffer grew", moves, "times; the list object itself never moved.")
