"""Runs made programs on CPython and on glasspy, and shows the ones that tell something else, cut down.

    python3.11 tests/counts/compare.py [--seed N] [--first N] [--programs M] [--interpreter target/release/glasspy]
                                       [--cpython /usr/bin/python3.11] [--option=-Xverify-heap] [--show K]

A differing program is shrunk: lines and blocks are taken out as long as the two still differ. What is printed runs by
hand behind `tests/counts/prelude.py`; `generate.py SEED NUMBER` prints any program whole.
"""

import argparse
import os
import subprocess
import sys
import tempfile

import generate

HERE = os.path.dirname(os.path.abspath(__file__))


def run(command, arguments):
    environment = dict(os.environ, PYTHONHASHSEED="0")
    done = subprocess.run([*command, os.path.join(HERE, "generate.py"), *arguments], stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=environment)
    return done.stdout.decode("utf-8", "replace").split("\n"), done


def outcome(command, text):
    """What one program tells, or how its interpreter ended."""
    with tempfile.NamedTemporaryFile("w", suffix=".py", delete=False) as file:
        file.write(text)
    lines, done = run(command, ["text", file.name])
    os.unlink(file.name)
    return lines[0] if done.returncode == 0 else f"status {done.returncode}"


def differs(options, text):
    try:
        compile(text, "program", "exec")
    except SyntaxError:
        return False
    expected, found = outcome([options.cpython], text), outcome(glasspy(options), text)
    broken = ("NameError", "UnboundLocalError", "IndentationError")
    return expected != found and not any(name in expected.split(" . ")[0] for name in broken)


def glasspy(options):
    return [options.interpreter, *options.option]


def block_end(lines, start):
    indent = len(lines[start]) - len(lines[start].lstrip())
    end = start + 1
    while end < len(lines) and len(lines[end]) - len(lines[end].lstrip()) > indent:
        end += 1
    return end


def shrink(options, text):
    lines = text.rstrip("\n").split("\n")
    changed = True
    while changed:
        changed = False
        at = len(lines) - 1
        while at >= 0:
            for candidate in smaller(lines, at):
                if differs(options, "\n".join(candidate) + "\n"):
                    lines, changed = candidate, True
                    break
            at = min(at, len(lines)) - 1
    return "\n".join(lines)


def smaller(lines, at):
    """The program without a line and its block; without the line alone, its block moved out; with the block empty."""
    end = block_end(lines, at)
    yield lines[:at] + lines[end:]
    if end > at + 1:
        yield lines[:at] + [line[4:] for line in lines[at + 1 : end]] + lines[end:]
        yield lines[: at + 1] + [lines[at + 1][: len(lines[at + 1]) - len(lines[at + 1].lstrip())] + "pass"] + lines[end:]


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
    found, done = run(glasspy(options), which)
    found += [""] * (len(expected) - len(found))
    different = [number for number in range(options.programs) if expected[number] != found[number]]
    print(f"{options.programs} programs, {len(different)} differ; glasspy ended with status {done.returncode}")
    for number in different[: options.show]:
        text = generate.make(options.seed, options.first + number)
        print(f"\n# seed {options.seed}, program {options.first + number}")
        if differs(options, text):
            text = shrink(options, text)
            print(text)
            print("# CPython:", outcome([options.cpython], text))
            print("# glasspy:", outcome(glasspy(options), text))
        else:
            print("# alone it does not differ\n# CPython:", expected[number], "\n# glasspy:", found[number])
    sys.exit(1 if different or done.returncode else 0)


if __name__ == "__main__":
    main()
