"""10. Copies

Photograph the shelf, list it, or rebuild it with every book: three things are called a copy.

Run: glasspy --lesson 10
"""
import copy


def compare(name, other):
    shelf_is = "same" if other is shelf else "new"
    books_are = "same" if other[0] is shelf[0] else "new"
    pages_are = "same" if other[0]["pages"] is shelf[0]["pages"] else "new"
    print(f"  {name:14} shelf: {shelf_is:5} book: {books_are:5} its list of pages: {pages_are}")


shelf = [{"title": "Atlas", "pages": ["sea", "land"]}, "a loose note"]

print("--- How deep does the copy go? ---")
assigned = shelf
sliced = shelf[:]
shallow = copy.copy(shelf)
two_deep = [dict(item) if isinstance(item, dict) else item for item in shelf]
deep = copy.deepcopy(shelf)
copies = {"assigned": assigned, "sliced": sliced, "copy.copy": shallow, "by hand": two_deep, "deepcopy": deep}
for name, other in copies.items():
    compare(name, other)

print("--- Three changes, one for each floor ---")
shelf.append("a globe")
shelf[0]["title"] = "Old Atlas"
shelf[0]["pages"].append("sky")
for name, other in copies.items():
    print(f"  {name:14} {len(other)} things; {other[0]['title']}: {other[0]['pages']}")
print("  the note is shared by all, and nobody minds:", all(other[1] is shelf[1] for other in copies.values()))

print("--- deepcopy keeps the shape ---")
# Two references to one thing become two references to one copy, and a ring becomes a ring.
page = ["map"]
album = [page, page]
album.append(album)
twin = copy.deepcopy(album)
print("  twice the same page:", twin[0] is twin[1], "- but not the old one:", twin[0] is not page)
print("  the ring closes in the copy:", twin[2] is twin)
# It remembers what it has copied already. Copied one by one, that memory is lost:
parted = [copy.deepcopy(thing) for thing in album[:2]]
print("  one by one, the page is doubled:", parted[0] is not parted[1])

print("--- A thing may say what its copy is ---")


class Reader:
    def __init__(self, name, library):
        self.name, self.library, self.notes = name, library, []

    def __deepcopy__(self, memo):
        # A reader's notes are his own. The library is not copied because someone copies a reader.
        twin = Reader(self.name, self.library)
        twin.notes = copy.deepcopy(self.notes, memo)
        return twin


reader = Reader("Nur", {"books": 10_000})
reader.notes.append(["page 3"])
clone = copy.deepcopy(reader)
clone.notes[0].append("page 4")
print("  notes:", reader.notes, "and", clone.notes, "- one library:", clone.library is reader.library)

print("--- A classic trap ---")
board = [["."] * 3] * 3             # one row, three references to it
board[0][0] = "X"
print("  one row three times:", board)
board = [["."] * 3 for _ in range(3)]
board[0][0] = "X"
print("  three rows:         ", board)

# Why is the shallow copy the usual one? It is quick, and mostly one wants another order or another choice of the same
# things. What cannot change need not be copied at all. deepcopy has to follow every reference, and may drag along half
# of the program.
#
# Try: copy.copy of a tuple, and of a tuple with a list in it. Which are new? And deepcopy?
# Try: replace `two_deep` by a version that copies the pages, too, without deepcopy.
# Try: [(".",) * 3] * 3. Is that a trap, too?
