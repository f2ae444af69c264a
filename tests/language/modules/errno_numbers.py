# Error numbers by name.
import errno

print(errno.errorcode)
print(sorted(name for name in dir(errno) if not name.startswith("__")))
print(errno.ENOENT, errno.EWOULDBLOCK, errno.EAGAIN, errno.errorcode[errno.EAGAIN])
try:
    open("/no/such/file")
except OSError as error:
    print(error.errno == errno.ENOENT, errno.errorcode[error.errno])
