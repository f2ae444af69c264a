# A snapshot keeps its own attributes when it is written to a file and read again.
import os
import tempfile
import tracemalloc

tracemalloc.start()
kept = bytearray(5000)
snapshot = tracemalloc.take_snapshot()
tracemalloc.stop()
snapshot.note = 'before the rush'
snapshot.numbers = [1, 2, 3]
name = os.path.join(tempfile.mkdtemp(), 'snapshot')
snapshot.dump(name)
again = tracemalloc.Snapshot.load(name)
print(again.note, again.numbers, again.traceback_limit)
print(again.traces == snapshot.traces, len(again.traces) == len(snapshot.traces), again is snapshot)
print(sorted(vars(again)))
os.unlink(name)
os.rmdir(os.path.dirname(name))
