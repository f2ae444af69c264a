import sys
# What conversions, operators and methods of numbers answer and refuse.
def e(s):
    try: r=repr(eval(s)); print(s[:50],'=>',r if len(r)<300 else len(r))
    except BaseException as x: print(s[:50],'=>',type(x).__name__,str(x)[:400])
class BadI:
    def __index__(self): return 'x'
for s in r'''round(5,'x')
round(5,None)
(5).__round__(1,2)
round(2.5)
round(float('nan'))
round(float('inf'))
round(1e300,-400)
round(1.5,'x')
round(1.7e308,-308)
round(2.675,2)
round(2.5,None)
(2.5).__round__(10**30)
(1).__getnewargs__()
(2.5).__getnewargs__()
(1j).__getnewargs__()
format(1,'x','y')
(1).__format__(1)
format(1,'y')
format(10**400,'f')
format(10**400,'e')
format(10**5000,'d')
format(10**5000,'n')
format(10**5000,'x')
format(10**5000,',')
'%d'%10**5000
str(10**5000)
repr(10**5000)
int('1'*5000)
int('1'*5000,16)
int('1'*5000,8)
int('1'*5000,7)
int('_'*5000)
int('1'*5000+'x')
int('1_'*5000)
int(b'1'*5000)
format(True,'d')
format(True,'')
format(True,'5')
format(1.5,'d')
format(1j,'d')
(1).__format__('n')
float.__getformat__('double')
float.__getformat__('float')
float.__getformat__('x')
float.__getformat__(1)
float.fromhex('x')
float.fromhex('0x1p5000')
float.fromhex(1)
float.fromhex('0x1.8')
(1.5).hex()
(1.5).as_integer_ratio()
float('inf').as_integer_ratio()
float('nan').as_integer_ratio()
int(1e400)
(1.0).__floor__()
float('nan').__floor__()
float('inf').__ceil__()
float('inf').__trunc__()
(1).__divmod__('x')
(1).__pow__(2,'x')
pow('x',2,3)
pow(2,'x',3)
5 .__rpow__(2)
5 .__rpow__(2,3)
True & 3
True & False
True ^ True
True | 1
bool(1,2)
bool(x=1)
bool.__new__(int)
int.__new__(bool,1)
int.__new__(str)
int.__new__()
int.__new__(5)
float.__new__(int)
complex.__new__(int)
float('nan') == float('nan')
1.0.__eq__('x')
1 .__eq__(1.0)
1j.__eq__(1)
1j.__lt__(1)
repr(1e16), repr(1e-5), repr(1j), repr(complex(-0.0,-1)), repr(complex('nan+nanj')), repr(-0j), repr(complex(1,-0.0)), repr(complex(float('inf'),float('-inf')))
5.0.__rfloordiv__(2), 5.0 // -2, -5.0 // 2, 5.0 % -2, -0.0 % 2, 0.0 % -2, 5 % -float('inf'), divmod(-5.0, float('inf')), divmod(1e308,1e-308)
0.0**0, float('nan')**0, 1**float('nan'), (-1)**float('inf'), (-2.0)**0.5
(-0.0)**-1
(-2.0)**float('inf'), 0.5**float('inf'), 2.0**-float('inf'), (-0.0)**3, (-0.0)**2,
0**-1
0**-1.5
0.0**float('-inf')
(-8)**(1/3)
2.0**10000
10**400*1.0
10**400/3
10**400/3.0
10**400+1.0
10**400==1e300
10**400<float('inf'), 10**400<float('nan')
10**400//1.0
5//0
5%0
divmod(5,0)
5/0
0.0/0
1.0//0
1.0%0
divmod(1.0,0)
1/0.0
1.0/0j
5 .__pow__(-1,0)
pow(5,-1,0)
pow(2,-1,5)
pow(2,-1,4)
pow(2,-1,-5)
pow(2,3,-5)
pow(-2,3,5)
pow(2,3,1.0)
pow(2.0,3,5)
pow(2,3.0,5)
2**-1, (-2)**-1, 10**-400, (2**70)**-1
(10**400)**-1
1<<-1
1>>-1
0<<-1
1<<10**12
1<<10**30
0<<10**30
0<<10**12
1>>10**30
-1>>10**30
int.__sizeof__(0), int.__sizeof__(2**30), int.__sizeof__(-2**60),True.__sizeof__(), (1.5).__sizeof__(), 1j.__sizeof__()
1j.__complex__(), 1j.__format__('.2f'), format(1+2j, '>20')
format(1+2j,'010')
5 .as_integer_ratio(), True.as_integer_ratio(), (-5).bit_count(), (-5).bit_length()
1j*1j, 1j+1, 1-1j, 1j/2, 2/1j, (1+2j)*(3-4j), (1+2j)/(3-4j), 1j**-1, 2**1j, (1+1j)**3, (1+1j)**-3, (1+1j)**100, (1+1j)**101
1j//1
1j%1
divmod(1j,1)
1j/0
1j/0.0
int(1j)
float(1j)
complex(0,float('inf'))*1, complex(1,2)==1, 1==1+0j, 1.5==1.5+0j, 10**400==complex(1e300), hash(1+0j), hash(1+1j), bool(0j), +1j, -1j
int.from_bytes(b'', 'big'), int.from_bytes(b'\xff', 'big', signed=True), int.from_bytes(bytearray(b'ab')), int.from_bytes(memoryview(b'ab'))
bool.from_bytes(b'a')
True.to_bytes(2,'little')
(5).to_bytes(10**30)
(5).to_bytes(10**13)
int.__rsub__(3,5)
int.__add__(3,5.0)
int.__add__('x',5)
int.__neg__()
(3).__index__(), (3).__bool__(), True.__repr__()
float.__new__(float, '1')
int.__getnewargs__(True)
sys.set_int_max_str_digits(100)
sys.set_int_max_str_digits(-1)
sys.set_int_max_str_digits(0)
str(10**5000)
float.__round__(5.5,-400), float.__round__(-5.5,400), round(0.5),round(1.5),round(-0.5),round(-2.5), round(1e22), round(123.456,-2)
int('-'), 1
int('+ 1')
int('- 1')
int(' -1 ')
int('\u2003 5 \u2003')
int('5\n')
int(5.9), int(-5.9), int(1e20)
int('0b1',2),int('0o17',8),int('0B1',0)
int('0b1',3)
int('0b',2)
int('0x')
int('0b1', True)
int('5', BadI())
int('5', 10**30)
int(5, base=None)
int(b'\xff\x00abc', 16)
int(b'12', 16)
int('ab\x00', 16)
int('é', 16)'''.splitlines():
    e(s)
