"""Checked against what CPython prints."""
import numbers
for v in (1,1.5,1j,True,'a',None):
    print([c.__name__ for c in (numbers.Number,numbers.Complex,numbers.Real,numbers.Rational,numbers.Integral) if isinstance(v,c)])
try: numbers.Integral()
except TypeError as e: print(e)
try: numbers.Complex()
except TypeError as e: print(e)
print(numbers.Number().__class__, numbers.Number.__hash__, numbers.Real.__mro__)
