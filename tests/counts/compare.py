"""Runs made programs on CPython and on glasspy, and shows the ones that tell something else, cut down.

    python3.11 tests/counts/compare.py [--seed N] [--first N] [--programs M] [--interpreter target/release/glasspy]
                                       [--cpython /usr/bin/python3.11] [--option '-X verify-heap'] [--show K]

A differing program is shrunk as long as the two still differ. What is printed runs by hand behind
`tests/counts/prelude.py`; `generate.py SEED NUMBER` prints any program whole.
"""

import argparse
import os
import re
import resource
import subprocess
import sys
import tempfile

import generate
from shrink import shrink

HERE = os.path.dirname(os.path.abspath(__file__))
# What a program that was cut too far tells: such differences teach nothing.
BROKEN = ("NameError", "UnboundLocalError", "cannot create weak reference", "MemoryError")
# A program cut so that it has no end may have neither this many seconds nor this many bytes.
SECONDS, BYTES = 5, 2 << 30


def limit_memory():
    resource.setrlimit(resource.RLIMIT_AS, (BYTES, BYTES))


def run(command, arguments, patience=None):
    environment = dict(os.environ, PYTHONHASHSEED="0")
    environment.pop("PYTHONUNBUFFERED", None)
    command = [*command, os.path.join(HERE, "generate.py"), *arguments]
    try:
        done = subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=environment, timeout=patience,
                              preexec_fn=limit_memory if patience else None)
    except subprocess.TimeoutExpired:
        return [], "no end"
    return done.stdout.decode("utf-8", "replace").splitlines(), done.returncode


def outcomes(command, texts):
    """What each program tells, or how its interpreter ended."""
    with tempfile.NamedTemporaryFile("w", suffix=".py", delete=False) as file:
        file.write(generate.BETWEEN.join(texts))
    lines, status = run(command, ["text", file.name], SECONDS)
    os.unlink(file.name)
    if status == 0 and len(lines) == len(texts):
        return lines
    if len(texts) == 1:
        return [f"status {status}"]
    half = len(texts) // 2
    return outcomes(command, texts[:half]) + outcomes(command, texts[half:])


def differ(options, texts):
    expected, found = outcomes([options.cpython], texts), outcomes(glasspy(options), texts)
    return [one != other and not broken(one.split(" ", 1)[-1]) for one, other in zip(expected, found)]


def broken(told):
    return any(name in told for name in BROKEN) or re.search(r"\b\d{4,}\b", told) is not None


def glasspy(options):
    return [options.interpreter, *" ".join(options.option).split()]


def show(options, number, expected, found):
    text = generate.make(options.seed, number)
    print(f"\n# seed {options.seed}, program {number}", flush=True)
    if not differ(options, [text])[0]:
        print("# alone it does not differ\n# CPython:", expected, "\n# glasspy:", found)
        return
    text = shrink(text, lambda texts: differ(options, texts))
    print(text.rstrip("\n"))
    print("# CPython:", *outcomes([options.cpython], [text]))
    print("# glasspy:", *outcomes(glasspy(options), [text]), flush=True)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--first", type=int, default=0)
    parser.add_argument("--programs", type=int, default=5000)
    parser.add_argument("--interpreter", default="target/release/glasspy")
    parser.add_argument("--cpython", default="/usr/bin/python3.11")
    parser.add_argument("--option", action="append", default=[])
    parser.add_argument("--show", type=int, default=3)
    options = parser.parse_args()
    which = [str(options.seed), str(options.first), str(options.programs)]
    expected, _ = run([options.cpython], which)
    found, status = run(glasspy(options), which)
    found += [""] * (len(expected) - len(found))
    different = [number for number, one in enumerate(expected) if one != found[number]]
    print(f"{len(expected)} programs, {len(different)} differ; glasspy ended with status {status}", flush=True)
    for number in different[: options.show]:
        show(options, options.first + number, expected[number], found[number])
    sys.exit(1 if different or status else 0)


if __name__ == "__main__":
    main()
