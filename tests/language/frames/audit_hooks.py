# Functions that are told what a program does, and cannot be taken away.
import sys

log = []
is_on = True


def hook(event, arguments):
    if is_on:
        log.append((event, arguments))


print(sys.audit("nobody.listens", 1))
sys.addaudithook(hook)
sys.audit("my.event", 1, [2])
sys.audit("plain")
compile("1", "<a>", "eval")
exec("x = 1")
open("/dev/null").close()
open("/dev/null", "r+").close()
is_on = False
for event, arguments in log:
    if event == "exec":
        print(event, [code.co_name for code in arguments])
    else:
        print(event, arguments)
log.clear()


def stop(event, arguments):
    if event == "stop":
        raise RuntimeError("stopped")


sys.addaudithook(stop)
try:
    sys.audit("stop")
except RuntimeError as error:
    print(error)


def closed(event, arguments):
    if event == "sys.addaudithook":
        raise RuntimeError("no more hooks")


sys.addaudithook(closed)
print(sys.addaudithook(print))
sys.audit("after")
for call in (lambda: sys.audit(), lambda: sys.audit(1), lambda: sys.addaudithook()):
    try:
        call()
    except TypeError as error:
        print(error)
print(repr(sys.abiflags), "os" in sys.stdlib_module_names, type(sys.stdlib_module_names).__name__)
flags = sys.getdlopenflags()
sys.setdlopenflags(flags)
print(flags)
