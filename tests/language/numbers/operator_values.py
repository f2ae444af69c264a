# Operators and formats of numbers at places all over them.
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
B={'+':lambda a,b:a+b,'-':lambda a,b:a-b,'*':lambda a,b:a*b,'//':lambda a,b:a//b,'%':lambda a,b:a%b,'/':lambda a,b:a/b,'divmod':divmod,'&':lambda a,b:a&b,'|':lambda a,b:a|b,'^':lambda a,b:a^b,'<':lambda a,b:a<b,'<=':lambda a,b:a<=b,'==':lambda a,b:a==b,'!=':lambda a,b:a!=b,'>':lambda a,b:a>b,'>=':lambda a,b:a>=b,'<<':lambda a,b:a<<abs(b)%150,'>>':lambda a,b:a>>abs(b)%150,'**':lambda a,b:a**(abs(b)%20) if isinstance(a,int) else a**(b%7)}
for i in range(12):
    a,b=ri(),ri()
    for n,f in B.items(): t(n,f,a,b)
    m=ri()
    t('powmod',pow,a,abs(b),m); t('powinv',pow,a,-abs(b)-1,m)
    t('h',hash,a); t('neg',lambda a:(-a,+a,~a,abs(a),bool(a),float(a),a.bit_length(),a.bit_count(),hex(a),oct(a),bin(a)),a)
    t('round',lambda a:[round(a,-k) for k in range(0,45,4)],a)
    t('sz',int.__sizeof__,a)
    for l in (1,8,20,90):
        for s in (False,True):
            for o in ('big','little'):
                t('tb',lambda a,l,o,s:a.to_bytes(l,o,signed=s),a,l,o,s)
                bs=bytes([rnd()%256 for _ in range(l)])
                t('fb',lambda bs,o,s:int.from_bytes(bs,o,signed=s),bs,o,s)
    for base in (2,3,7,10,16,36,0):
        t('int',int,str(abs(a)%10**9),base); t('int',int,hex(a),base)
    x,y=rf(),rf()
    for n in ('+','-','*','//','%','/','divmod','<','<=','==','!=','>','>='):
        t(n,B[n],x,y); t(n,B[n],x,a); t(n,B[n],a,x); t(n,B[n],float(a>>9),a>>9)
    t('pw',pow,x,y); t('pw',pow,abs(x),y);t('pw',pow,x,a%50-25)
    t('fl',lambda x:(hash(x),int(x),round(x),x.hex(),float.fromhex(x.hex()),x.as_integer_ratio(),x.is_integer(),str(x),-x,abs(x),bool(x)),x)
    t('rd',lambda x:[round(x,k) for k in range(-8,20)],x)
    z,w=complex(x,y),complex(rf(),rf())
    for n in ('+','-','*','/','==','!='):
        t(n,B[n],z,w); t(n,B[n],z,x); t(n,B[n],a,z)
    t('cp',pow,z,w); t('cp',pow,z,a%20-10); t('cp',pow,z,0.5); t('ca',abs,z); t('ch',hash,z)
    for sp in ('','d',',','_x','+.3e','>30','020','#x','.10g','%','e','n','=+40,.2f','b','c','z.1f','_b','g','G','.0f','#.3g','E','x<9','^9s'):
        t('fi',format,a,sp); t('ff',format,x,sp); t('fc',format,z,sp)
    t('fb',format,bool(a&1),'5d')
