"""Where text may be broken: behind a hyphen between letters, at a dash between words, at no other hyphen."""
import textwrap

wrapper = textwrap.TextWrapper(width=12)
for text in ("this-is-a-useful-feature", "e-mail and x-ray", "use the -n option, or --dry-run", "em--dash--without spaces",
             "what?--yes", "2-succinyl-6-hydroxy-2,4-cyclohexadiene", "a-b-c-d", "well-known, half-open", "non\xa0breaking-space here",
             "-----", "trailing- hyphen -leading", "un-4-gettable", "don't-stop"):
    print(repr(text), wrapper.wrap(text))
print(textwrap.wrap("a very-long-compound-word indeed", 10, break_on_hyphens=False))
print(textwrap.wrap("a very-long-compound-word indeed", 10, break_long_words=False))
