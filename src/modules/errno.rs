//! `errno`: the error numbers of the system by name.

use super::support::{new_module, set};
use crate::runtime::{Interpreter, Outcome};

macro_rules! numbers {
    ($($name:ident,)*) => {
        /// Names and numbers in the order of CPython's module.
        const NUMBERS: &[(&str, i32)] = &[$((stringify!($name), libc::$name),)*];
    };
}

numbers! {
    ENODEV, ENOCSI, EHOSTUNREACH, ENOMSG, EUCLEAN, EL2NSYNC, EL2HLT, ENODATA,
    ENOTBLK, ENOSYS, EPIPE, EINVAL, EOVERFLOW, EADV, EINTR, EUSERS,
    ENOTEMPTY, ENOBUFS, EPROTO, EREMOTE, ENAVAIL, ECHILD, ELOOP, EXDEV,
    E2BIG, ESRCH, EMSGSIZE, EAFNOSUPPORT, EBADR, EHOSTDOWN, EPFNOSUPPORT, ENOPROTOOPT,
    EBUSY, EWOULDBLOCK, EBADFD, EDOTDOT, EISCONN, ENOANO, ESHUTDOWN, ECHRNG,
    ELIBBAD, ENONET, EBADE, EBADF, EMULTIHOP, EIO, EUNATCH, EPROTOTYPE,
    ENOSPC, ENOEXEC, EALREADY, ENETDOWN, ENOTNAM, EACCES, ELNRNG, EILSEQ,
    ENOTDIR, ENOTUNIQ, EPERM, EDOM, EXFULL, ECONNREFUSED, EISDIR, EPROTONOSUPPORT,
    EROFS, EADDRNOTAVAIL, EIDRM, ECOMM, ESRMNT, EREMOTEIO, EL3RST, EBADMSG,
    ENFILE, ELIBMAX, ESPIPE, ENOLINK, ENETRESET, ETIMEDOUT, ENOENT, EEXIST,
    EDQUOT, ENOSTR, EBADSLT, EBADRQC, ELIBACC, EFAULT, EFBIG, EDEADLK,
    ENOTCONN, EDESTADDRREQ, ELIBSCN, ENOLCK, EISNAM, ECONNABORTED, ENETUNREACH, ESTALE,
    ENOSR, ENOMEM, ENOTSOCK, ESTRPIPE, EMLINK, ERANGE, ELIBEXEC, EL3HLT,
    ECONNRESET, EADDRINUSE, EOPNOTSUPP, EREMCHG, EAGAIN, ENAMETOOLONG, ENOTTY, ERESTART,
    ESOCKTNOSUPPORT, ETIME, EBFONT, EDEADLOCK, ETOOMANYREFS, EMFILE, ETXTBSY, EINPROGRESS,
    ENXIO, ENOPKG, ENOMEDIUM, EMEDIUMTYPE, ECANCELED, ENOKEY, EKEYEXPIRED, EKEYREVOKED,
    EKEYREJECTED, EOWNERDEAD, ENOTRECOVERABLE, ERFKILL, ENOTSUP,
}

const DOCUMENTATION: &str = "This module makes available standard errno system symbols.\n\nThe value of each symbol is the corresponding integer value,\ne.g., on most systems, errno.ENOENT equals the integer 2.\n\nThe dictionary errno.errorcode maps numeric codes to symbol names,\ne.g., errno.errorcode[2] could be the string 'ENOENT'.\n\nSymbols that are not relevant to the underlying system are not defined.\n\nTo map error codes to error messages, use the function os.strerror(),\ne.g. os.strerror(2) could return 'No such file or directory'.";

/// Makes the module.
pub fn make(cx: &Interpreter) -> Outcome {
    let module = new_module(cx, "errno", &[], DOCUMENTATION)?;
    let names = cx.new_dict()?;
    set(cx, &module, "errorcode", names.as_object().clone())?;
    for (name, number) in NUMBERS {
        let number = cx.new_int(i64::from(*number))?;
        // Where two names have one number the last one stays.
        cx.dict_set(&names, &number, cx.intern(name)?.into_object())?;
        set(cx, &module, name, number)?;
    }
    Ok(module)
}
