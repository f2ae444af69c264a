# Functions of math at places all over the numbers.
import math
S=[12345]
def rnd():
    S[0]=(S[0]*6364136223846793005+1442695040888963407)%2**64
    return S[0]
def rf():
    k=rnd()%6
    v=(rnd()-2**63)/2**63
    return v*[1,10,1000,1e-5,1e200,1e-300][k]
def ri():
    k=rnd()%8
    v=rnd()-2**63
    if k==0: return v%7-3
    if k==1: return v>>40
    if k==2: return v>>34
    if k==3: return v
    if k==4: return v*rnd()
    if k==5: return v*rnd()**5
    if k==6: return v>>4
    return (1<<(rnd()%200))-(rnd()%3)
def t(name,f,*a):
    try: r=repr(f(*a))
    except Exception as e: r=type(e).__name__+' '+str(e)
    print(name,*a,'=>',r)
one=[n for n in 'acos acosh asin asinh atan atanh cbrt cos cosh erf erfc exp exp2 expm1 fabs log1p sin sinh sqrt tan tanh degrees radians gamma lgamma log log2 log10 ulp frexp modf floor ceil trunc'.split()]
two='atan2 copysign fmod pow remainder nextafter hypot'.split()
for i in range(25):
    for n in one: t(n,getattr(math,n),rf())
    for n in two: t(n,getattr(math,n),rf(),rf())
    t('dist',math.dist,[rf() for _ in range(5)],[rf() for _ in range(5)])
    t('hypot',math.hypot,*[rf()*1e-120 for _ in range(6)])
    t('fsum',math.fsum,[rf() for _ in range(20)])
    t('gammai',math.gamma,(rnd()%40000)/100-200)
    t('lgamma',math.lgamma,(rnd()%40000)/100-200)
    a,b=ri(),ri()
    t('log',math.log,abs(a)+1,abs(b)+2)
    t('gcd',math.gcd,a,b); t('lcm',math.lcm,a,b); t('isqrt',math.isqrt,abs(a))
    t('comb',math.comb,rnd()%300,rnd()%60); t('perm',math.perm,rnd()%300,rnd()%60); t('fact',math.factorial,rnd()%300)
