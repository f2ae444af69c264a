# Drawings stand alone, show counts, and say what they leave out.
import glass
import os
import sys
import tempfile


class Node:
    def __init__(self, value):
        self.value = value
        self.next = None


def parts(report):
    svg = report.svg()
    assert svg.startswith("<svg ") and svg.endswith("</svg>\n")
    assert "script" not in svg and "href" not in svg and svg.count("http") == 1
    return svg


long = list(range(1000, 1045))
svg = parts(glass.draw(long))
print("… 37 more left out" in svg, svg.count("marker-end"))

chain = None
for number in range(5):
    chain = Node(chain)
svg = parts(glass.draw(chain, depth=2))
print("reference not followed" in svg or "references not followed" in svg)

twins = [[], []]
twins[1] = twins[0]
drawing = glass.draw(twins)
print([(row.type, row.count, row.refers_to) for row in drawing if row.type == "list"])
assert [row.count for row in drawing][0] == sys.getrefcount(twins) - 1

marked = parts(glass.draw(["<b>&\"quoted\""]))
print("&lt;b&gt;&amp;&quot;quoted" in marked)


def frames(argument):
    local = [argument]
    return glass.draw()


report = frames(chain)
print([row.object.split(",")[0] for row in report if row.address is None])
dot = report.dot()
print(dot.startswith("digraph heap {"), dot.count("{") == dot.count("}"), "->" in dot)

with tempfile.TemporaryDirectory() as folder:
    for ending in ("svg", "dot", "json", "txt"):
        path = os.path.join(folder, "heap." + ending)
        glass.save(path, chain, depth=1)
        with open(path, encoding="utf-8") as file:
            text = file.read()
        print(ending, text.split()[0], len(text) > 100)
        glass.save(path, glass.owners(chain))
        with open(path, encoding="utf-8") as file:
            print(ending, file.read().split()[0])
wide = [[Node(number) for number in range(8)] for _ in range(8)]
svg = parts(glass.draw(wide))
print("left out:" in svg, svg.count("<title>") <= 60)
