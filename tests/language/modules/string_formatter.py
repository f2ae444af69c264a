"""Checked against what CPython prints."""
import string
f=string.Formatter()
def t(*a,**k):
    try: print(repr(f.format(*a,**k)))
    except Exception as e: print(type(e).__name__, e)
t("{0} {1} {a}",1,2,a=3); t("{} {}",1,2); t("{} {0}",1); t("{0} {}",1); t("{a.real} {b[0]} {b[k]}" if 0 else "{a.real} {b[0]} {c[k]}",a=1,b=[5],c={'k':7})
t("{0!r:>10}|{0!s}|{0!a}",'é'); t("{0:{1}}",'x',5); t("{0:{1:{2}}}",'x',5,6); t("{{}} {}",1); t("}"); t("{"); t("{0"); t("{0!}",1); t("{0!x}",1); t("{0!rx}",1); t("{a[}",a=1); t("{a.}",a=1); t("{a[1]x}",a=[1,2]); t("{:>{w}.{p}f}",3.14159,w=10,p=2); t("{x}"); t("{5}",1); t("a{{b}}c"); t("{!r}",'a'); t("{a[b.c]}",a={'b.c':1}); t("",); t("{a[]}",a=1); t("{0:{{}}}" ,1); t("{ }",1); t("{a{b}}",a=1,b=2); t("{:%Y}",1); t("{0[a:b]}",{'a:b':3}); t("{0[}]}",{'}':3})
print(list(f.parse("a{b!r:c}d{{e}}{}")), list(f.parse("")), list(f.parse("{{")))
print(f.vformat("{0}{k}",[1],{'k':2}), f.get_field("0.real",[3],{}), f.get_value(0,[1],{}), f.convert_field(1,'r'), f.format_field(1.5,'.2f'))
class D(string.Formatter):
    def get_value(self,k,a,kw):
        return kw.get(k,f'<{k}>') if isinstance(k,str) else a[k]
    def check_unused_args(self,u,a,k): print('used',sorted(map(str,u)))
print(D().format("{x} {0} {y}",1,y=2))
T=string.Template
tt=T("$who likes ${what} $$5 $who"); print(tt.get_identifiers(), tt.is_valid(), T("$1").is_valid(), T("$").is_valid(), T('${a').is_valid(), T("$a$").get_identifiers() if 0 else '')
print(tt.substitute(who='a',what='b'), tt.safe_substitute(who='z'), string.capwords('a bC  d'))
