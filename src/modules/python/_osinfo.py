"""The named tuples that functions of os return."""


def _make(name, module, fields, hidden=(), required=None):
    full = module + '.' + name
    count = len(fields)
    required = count if required is None else required

    def getter(index):
        return property(lambda self: tuple.__getitem__(self, index))

    def hidden_getter(field):
        return property(lambda self: self.__dict__.get('_' + field))

    def __new__(cls, sequence, dict={}):
        values = tuple(sequence)
        if len(values) < required:
            least = 'at least ' if hidden else ''
            raise TypeError('%s() takes an %s%d-sequence (%d-sequence given)' % (full, least, required, len(values)))
        if len(values) > count + len(hidden):
            most = 'at most ' if hidden else ''
            raise TypeError('%s() takes an %s%d-sequence (%d-sequence given)'
                            % (full, most, count + len(hidden), len(values)))
        self = tuple.__new__(cls, values[:count])
        for field, value in zip(hidden, values[count:]):
            self.__dict__['_' + field] = value
        for field in hidden:
            if field in dict:
                self.__dict__['_' + field] = dict[field]
        return self

    def __repr__(self):
        return '%s(%s)' % (full, ', '.join('%s=%r' % pair for pair in zip(fields, self)))

    def __reduce__(self):
        return self.__class__, (tuple(self), {})

    names = {'__module__': module, '__new__': __new__, '__repr__': __repr__, '__reduce__': __reduce__,
             '__match_args__': tuple(fields), 'n_fields': count + len(hidden), 'n_sequence_fields': count,
             'n_unnamed_fields': 0}
    for index, field in enumerate(fields):
        names[field] = getter(index)
    for field in hidden:
        names[field] = hidden_getter(field)
    return type(name, (tuple,), names)


stat_result = _make(
    'stat_result', 'os',
    ('st_mode', 'st_ino', 'st_dev', 'st_nlink', 'st_uid', 'st_gid', 'st_size', '_atime', '_mtime', '_ctime'),
    ('st_atime', 'st_mtime', 'st_ctime', 'st_atime_ns', 'st_mtime_ns', 'st_ctime_ns', 'st_blksize', 'st_blocks',
     'st_rdev'))


def _time(field, index):
    # The float where it is known, else the integer of the tuple.
    def get(self):
        found = self.__dict__.get('_' + field)
        return tuple.__getitem__(self, index) if found is None else found
    return property(get)


for _index, _field in enumerate(('st_atime', 'st_mtime', 'st_ctime'), 7):
    setattr(stat_result, _field, _time(_field, _index))
    delattr(stat_result, _field[2:])
stat_result.__match_args__ = stat_result.__match_args__[:7]


def _repr(self):
    names = ('st_mode', 'st_ino', 'st_dev', 'st_nlink', 'st_uid', 'st_gid', 'st_size', 'st_atime', 'st_mtime',
             'st_ctime')
    return 'os.stat_result(%s)' % ', '.join('%s=%r' % pair for pair in zip(names, self))


stat_result.__repr__ = _repr
statvfs_result = _make('statvfs_result', 'os', (
    'f_bsize', 'f_frsize', 'f_blocks', 'f_bfree', 'f_bavail', 'f_files', 'f_ffree', 'f_favail', 'f_flag',
    'f_namemax'), ('f_fsid',))
terminal_size = _make('terminal_size', 'os', ('columns', 'lines'))
times_result = _make('times_result', 'posix', ('user', 'system', 'children_user', 'children_system', 'elapsed'))
uname_result = _make('uname_result', 'posix', ('sysname', 'nodename', 'release', 'version', 'machine'))
