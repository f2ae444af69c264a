"""A way that ends at the depth asked for still shows what leads back to the drawing."""
import glass
import json


class Node:
    pass


first, second, third = Node(), Node(), Node()
first.next, second.next, third.next = second, third, first
third.more = [1]
for depth in 1, 2, 3:
    graph = json.loads(glass.draw(first, depth=depth).json())["graph"]
    back = [edge for edge in graph["edges"] if edge["to"] == hex(id(first)) and edge["label"] == "next"]
    lines = [line for node in graph["nodes"] if node["id"] == hex(id(third)) for line in node.get("lines", [])]
    print(depth, [edge["from"] == hex(id(third)) for edge in back], lines)
