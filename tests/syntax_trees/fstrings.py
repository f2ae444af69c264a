f''
f'a'
f'{a}'
f'a{b!r}c{d:>{e}.{f}}g'
f'{a=}' f'{b = !s}' f'{c=:>5}' f'{ d = }'
f'{{{a}}}'
f'{a, b}' f'{(a)}' f'{ {a: b}[c] }'
'a' f'b{c}' r'\d' rf'\d{e}' 'f'
f"{a['b']!a:{c}}"
f'{a if b else c}{d != e}{f"{g}"}'
f'{(lambda x: x)(1)}'
f'''{
a
+ b} {c}
  {d}'''
f'{x for x in y}'
f'{yield}'
f'{a:%H:%M}'
