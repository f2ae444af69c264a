# Lines of a width, broken between words and at hyphens, as the attributes of a TextWrapper say.
import random
import textwrap

random.seed(3)
words = ("a bb well-known e-mail --option foo--bar x-y state-of-the-art it's (hello) 1-2 end. Next "
         "very-long-word-indeed supercalifragilistic -- a-1b \t \n\n").split(" ")
flags = "expand_tabs replace_whitespace fix_sentence_endings break_long_words drop_whitespace break_on_hyphens".split()
for _ in range(150):
    text = random.choice([" ", "  ", "\n"]).join(random.choice(words) for _ in range(random.randrange(12)))
    options = {"width": random.randrange(4, 30)}
    options.update((flag, random.random() < 0.5) for flag in flags if random.random() < 0.3)
    if random.random() < 0.3:
        options["initial_indent"] = "* "
    if random.random() < 0.3:
        options["subsequent_indent"] = "  "
    if random.random() < 0.2:
        options["max_lines"] = random.randrange(1, 4)
    for make in (lambda: textwrap.wrap(text, **options), lambda: textwrap.shorten(text, options["width"])):
        try:
            print(make())
        except ValueError as error:
            print(error)
print(textwrap.TextWrapper(width=20, initial_indent="* ", subsequent_indent="  ").fill("The quick brown fox jumps"))
