"""27. Same or equal

A recipe is passed on: by pointing at it, by copying the card, by copying all that it names.

Run: glasspy --lesson 27
"""
import copy
import glass

recipe = {"name": "soup", "parts": ["water", ["salt", "pepper"]]}


def told(what, first, second):
    report = glass.compare(first, second)
    print(f"--- {what} ---")
    print(report)


told("Pointing at it", recipe, recipe)
told("A copied card", recipe, recipe.copy())
told("Everything copied", recipe, copy.deepcopy(recipe))

print("--- And so it is with changes ---")
card, book = recipe.copy(), copy.deepcopy(recipe)
recipe["parts"].append("leek")
recipe["name"] = "leek soup"
print("  the card:", card)
print("  the book:", book)
print("  where card and recipe differ now:")
for row in glass.compare(recipe, card).rows[0].rows:
    print(f"    {row.place:10} {row.they_are}")

print("--- Two ways that lead to one place ---")
shared = ["spoon"]
drawer = [shared, shared]
twin = copy.deepcopy(drawer)
print("  in the copy both are one again:", twin[0] is twin[1], "- and not ours:", twin[0] is not shared)
print(" ", glass.compare(drawer, twin).notes[0])

# Why are the texts shared even by the deep copy? They cannot change, so nobody could tell the difference.
#
# Try: glass.save("copy.svg", glass.compare(recipe, recipe.copy())): what is shared has a colour of its own.
# Try: compare recipe with {**recipe}, with dict(recipe), and with recipe | {}.
