"""23. The stack from inside

A message is handed down through an office, and photographed when it reaches the last desk.

Run: glasspy --lesson 23
"""
import glass


def director(message):
    urgent = "!" in message
    return secretary(message.upper(), urgent)


def secretary(text, urgent):
    copies = [text] * (2 if urgent else 1)
    return ["sent: " + clerk(copy, number) for number, copy in enumerate(copies, 1001)][0]


def clerk(letter, number):
    global photograph
    photograph = glass.stack()
    return f"{letter} ({number})"


def desks(report):
    """Each frame with the names of its locals."""
    for row, frame in zip(report, report.parts):
        names = [part.name.removeprefix("local ") for part in frame if part.name.startswith("local ")]
        print(f"  {row.frame}  {row.function:30} line {row.line:2}  {', '.join(names) or '-'}")


print("--- A photograph of the whole office ---")
print(" ", director("come quickly!"))
desks(photograph)

print("--- One desk from near ---")
for part in photograph.parts[0]:
    print(f"  {part.name:24} {part.holds:24} count {part.count}")

print("--- Half a sentence ---")
# The secretary's comprehension is in the middle of "sent: " + clerk(...): its left half has been worked out already and
# waits. No name holds it; the frame does.
waiting = [part for part in photograph.parts[1] if part.name.startswith("temporary")]
for part in waiting:
    print(f"  {part.name:24} {part.holds:24} {part.type}")

print("--- The photograph shows, it does not hold ---")
print("  frames now:", [row.function for row in glass.stack()])
print("  names in the picture are text:", type(photograph.parts[0].rows[0].holds).__name__)

print("--- A stack that comes back to itself ---")


def countdown(number):
    if number == 0:
        return [(frame.rows[0].holds, row.line) for row, frame in zip(glass.stack(), glass.stack().parts)][:-1]
    return countdown(number - 1)


print(" ", countdown(3))

# Why do all frames but the innermost stand at a line with a call in it? Each waits for an answer. The line, the locals
# and the half-done sums are its context: all that is needed to go on (lesson 4).
#
# Try: print(photograph) as a whole. Which rows of the outermost frame hold the module's names?
# Try: let the clerk raise an error, and run `glasspy stack program.py`. What is left of the office?
# Try: print(glass.draw()) in clerk(), or glass.save("office.svg").
