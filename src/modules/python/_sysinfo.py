"""Values of sys that are named tuples."""


def _make(name, fields, values, shown=None):
    full = 'sys.' + name
    shown = fields if shown is None else shown

    def getter(index):
        def get(self):
            return tuple.__getitem__(self, index)
        return get

    def __repr__(self):
        parts = ['%s=%r' % pair for pair in zip(shown, self)]
        return '%s(%s)' % (full, ', '.join(parts))

    def __new__(cls, *args, **kwds):
        raise TypeError("cannot create '%s' instances" % full)

    names = {'__module__': 'sys', '__slots__': (), '__repr__': __repr__, '__match_args__': tuple(fields),
             'n_fields': len(fields), 'n_sequence_fields': len(values), 'n_unnamed_fields': 0}
    for index, field in enumerate(fields):
        names[field] = property(getter(index))
    kind = type(name, (tuple,), names)
    made = tuple.__new__(kind, values)
    kind.__new__ = __new__
    return made


version_info = _make('version_info', ('major', 'minor', 'micro', 'releaselevel', 'serial'), (3, 11, 2, 'final', 0))
flags = _make('flags', (
    'debug', 'inspect', 'interactive', 'optimize', 'dont_write_bytecode', 'no_user_site', 'no_site',
    'ignore_environment', 'verbose', 'bytes_warning', 'quiet', 'hash_randomization', 'isolated', 'dev_mode',
    'utf8_mode', 'warn_default_encoding', 'safe_path', 'int_max_str_digits',
), (0, 0, 0, 0 if __debug__ else 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, False, 0, 0, False, 4300))
float_info = _make('float_info', (
    'max', 'max_exp', 'max_10_exp', 'min', 'min_exp', 'min_10_exp', 'dig', 'mant_dig', 'epsilon', 'radix', 'rounds',
), (1.7976931348623157e+308, 1024, 308, 2.2250738585072014e-308, -1021, -307, 15, 53, 2.220446049250313e-16, 2, 1))
int_info = _make('int_info', (
    'bits_per_digit', 'sizeof_digit', 'default_max_str_digits', 'str_digits_check_threshold',
), (30, 4, 4300, 640))
hash_info = _make('hash_info', (
    'width', 'modulus', 'inf', 'nan', 'imag', 'algorithm', 'hash_bits', 'seed_bits', 'cutoff',
), (64, 2305843009213693951, 314159, 0, 1000003, 'siphash13', 64, 128, 0))
thread_info = _make('thread_info', ('name', 'lock', 'version'), ('pthread', None, None))

