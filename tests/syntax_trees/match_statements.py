match a:
    case 1 | -1.5 | 1 + 2j | -1 - 2j: pass
    case 'a' 'b' | b'c': pass
    case None | True | False: pass
    case b: pass
    case _: pass
    case b.c.d: pass
    case (b): pass
    case (b,) | [] | () | [b, *c, d] | (e, *_): pass
    case b, *c: pass
    case *b,: pass
    case {}: pass
    case {'a': b, -1: c, d.e: f, None: g, **h}: pass
    case A() | B.C(d, e=f, ) | D(1, [2]): pass
    case (1 | 2) as b if c := d: pass
    case (b as c), 1 as d:
        pass
match a, b:
    case _: pass
match *a, b:
    case _: pass
match (a):
    case _: pass
match -a:
    case _:
        match b:
            case c: pass
        case = 1
