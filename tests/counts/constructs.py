"""The grammar of `generate.py`: what a made program can say.

`expression` writes something that gives one object made at run time; `statement` writes one construct. Each construct
is a function of the program alone; the lists at the end of the chapters are what chance picks from.

Left out is what depends on how often code has run: CPython's interpreter specialises code that has run eight times, and
`D()[x]` and `table[D()] = x` then lend objects that they counted before (`__getitem__` and `__hash__` tell no counts).
Left out are counts of None, of built-in functions and of all else that a program has not made; and lists and dicts are
not asked for weak references, which they have here only.
"""

# ---- Expressions ----


def variable(program, kind=""):
    names = program.visible(kind)
    return program.chance.pick(names) if names else made(program)


def name_text(program, start="k"):
    return repr(program.fresh(start))


def made(program):
    """A new object that holds nothing."""
    return program.chance.pick(
        [
            "[]",
            "{}",
            "K({name})",
            "D({name})",
            "S()",
            "R({name})",
            "Sub()",
            "Table()",
            "set()",
            "object()",
            "Fault()",
            "(lambda: 0)",
            "bytearray()",
            "K.made({name})",
        ]
    ).replace("{name}", name_text(program))


HOLDING = [
    "[{0}]",
    "({0},)",
    "({0}, {1})",
    "[{0}, {1}]",
    "{{'a': {0}}}",
    "{{'a': {0}, 'b': {1}}}",
    "K({name}, {0})",
    "D({name}, {0})",
    "S({0}, {1})",
    "R({name}, {0})",
    "Fault({0})",
    "Fault({0}, name={1})",
    "Sub([{0}])",
    "Table(a={0})",
    "(lambda kept={0}: kept)",
    "iter([{0}])",
    "enumerate([{0}])",
    "zip([{0}], [{1}])",
    "map(same, [{0}])",
    "filter(None, [[{0}]])",
    "reversed([{0}])",
    "slice({0}, {1})",
    "[*[{0}], *({1},)]",
    "{{**{{'a': {0}}}, 'b': {1}}}",
    "count_up({0}, {1})",
    "[{0}] * 3",
    "[{0}] + [{1}]",
    "({0},) + ({1},)",
    "list(({0}, {1}))",
    "tuple([{0}, {1}])",
    "dict(a={0}, b={1})",
    "[{1} for x in range(2)]",
    "[x for x in [{0}, {1}]]",
    "{{n: {0} for n in range(2)}}",
    "(x for x in [{0}])",
    "(y for x in [{0}] for y in (x, x))",
    "copy.copy([{0}])",
    "[{0}, {1}][:1]",
    "K({name}, {0}).own",
    "[{0}].append",
    "property({0})",
    "staticmethod({0})",
    "classmethod({0})",
    "K.made({name}, {0})",
    "pair({0}, {1})",
    "D({name}, {0})(  {1})",
    "{{'a': {0}}}.items()",
    "{{'a': {0}}} | {{'b': {1}}}",
    "dict.fromkeys('ab', {0})",
    "wrap(same)(({0},))",
    "functools.partial(same, {0})",
    "functools.partial(seen, {0}, named={1})",
    "N({0}, {1})",
    "[[{0}], [{1}]].copy()",
    "next(zip([{0}], [{1}]))",
    "sorted([[{0}]], key=len)",
    "list(enumerate([{0}]))",
    "list(map(pair, [{0}], [{1}]))",
    "list({{'a': {0}}}.items())",
]

PASSING = [
    "same({0})",
    "seen({0})",
    "seen({0}, {1})",
    "seen({0}, {1}, {0})",
    "seen(thing={0})",
    "seen({0}, named={1})",
    "seen({0}, other={1})",
    "seen(*[{0}])",
    "seen(*({0}, {1}))",
    "seen({0}, *[{1}])",
    "seen(**{{'thing': {0}}})",
    "seen({0}, **{{'named': {1}}})",
    "seen({0}, *[{1}], **{{'x': {1}}})",
    "[{0}][0]",
    "[{1}, {0}][-1]",
    "({0}, {1})[0]",
    "{{'a': {0}}}['a']",
    "[{0}, {1}][1:][0]",
    "[{0}].pop()",
    "{{'a': {0}}}.pop('a')",
    "{{}}.get('a', {0})",
    "{{}}.setdefault('a', {0})",
    "{{'a': {0}}}.popitem()[1]",
    "next(iter([{0}]))",
    "next(iter([]), {0})",
    "({0} if truth else {1})",
    "(truth and {0})",
    "(not truth or {0})",
    "(lambda x: x)({0})",
    "(lambda *x: x[0])({0}, {1})",
    "(lambda **x: x['a'])(a={0})",
    "(lambda x={0}: x)()",
    "(lambda *, x={0}: x)()",
    "(lambda: {0})()",
    "(lambda x: lambda: x)({0})()",
    "K({name}, {0}).held",
    "K({name}).give({0})",
    "K({name}, {0}).shown",
    "K({name}).through({0})",
    "K.through({0})",
    "K.give(K({name}), {0})",
    "getattr(K({name}, {0}), 'held')",
    "getattr(K({name}), 'nothing', {0})",
    "S({0}).left",
    "S(right={0}).both()[1]",
    "D({name}, {0})[0]",
    "D({name}, {0})[{1}:{1}]",
    "D({name}, {0}).unknown",
    "(D({name}) + {0})",
    "(-D({name}))",
    "[x for x in [{0}]][0]",
    "[{0} for x in [1]][0]",
    "[y for x in [{0}] for y in [x] if rc(y)][0]",
    "list(x for x in [{0}])[0]",
    "next(x for x in [{0}])",
    "{{1: x for x in [{0}]}}[1]",
    "max([{0}], key=id)",
    "sorted([{0}], key=id)[0]",
    "list(map(same, [{0}]))[0]",
    "list(filter(rc, [{0}]))[0]",
    "list(zip([{0}]))[0][0]",
    "list(reversed([{0}, {1}]))[1]",
    "functools.reduce(pair, [{0}, {1}])[0]",
    "functools.partial(same, {0})()",
    "functools.partial(seen, {0})({1})",
    "functools.partial(seen, named={1})({0})",
    "functools.partial(seen, {0}, other={1})(*[{1}])",
    "functools.partial(pair, {0})({1})[0]",
    "functools.partial(N, {0})(more={1}).thing",
    "N({0}).thing",
    "N({0}, {1}).thing",
    "N({0}, more={1}).thing",
    "N(thing={0}, extra={1}).thing",
    "N(*[{0}, {1}]).thing",
    "N(*({0},), **{{'more': {1}}}).thing",
    "N(**{{'thing': {0}}}).thing",
    "N.made({0}, {1}).thing",
    "O({0}, {1}).thing",
    "D({name})(*[{0}])[0]",
    "D({name})(*({0}, {1}))[1]",
    "D({name})({0}, **{{'a': {1}}})[0]",
    "D({name})({0}, *[{1}], a={1})[0]",
    "list(map(keyed, [{0}]))[0]",
    "list(map(D({name}), [{0}]))[0][0]",
    "list(map(N, [{0}]))[0].thing",
    "sorted([{0}, {1}], key=keyed)[0]",
    "max([{0}, {1}], key=keyed)",
    "min({0}, {1}, key=keyed)",
    "list(filter(keyed, [{0}]))[0]",
    "list(Steps({0}))[0]",
    "[x for x in Steps({0})][0]",
    "list(zip(Steps({0}), Steps({1})))[0][0]",
    "list(map(same, Steps({0})))[0]",
    "list(enumerate(Steps({0})))[0][1]",
    "next(Steps({0}))",
    "list(filter(rc, Steps({0})))[0]",
    "copy.deepcopy(({0}, []) if 0 else [{0}]) and {0}" if 0 else "copy.copy([{0}])[0]",
    "wrap(same)({0})",
    "vars(K({name}, {0}))['held']",
    "K({name}, {0}).__dict__['held']",
    "Fault({0}).args[0]",
    "next(count_up({0}))",
    "next(delegate(count_up({0}), {1}))",
    "list(delegate(count_up({0}), {1}))[0]",
    "[*[{0}]][0]",
    "(*[{0}], {1})[0]",
    "copy.copy({0})",
    "copy.copy(({0},))[0]",
    "copy.copy(K({name}, {0})).held",
    "slice({0}).stop",
    "property({0}).fget",
    "K({name}).own.__self__",
    "iter([{0}]).__reduce__()[1][0][0]",
    "eval('x', {{'x': {0}}})",
    "eval('x', {{}}, {{'x': {0}}})",
    "dict(x={0})['x']",
    "dict([('x', {0})])['x']",
    "list({{'x': {0}}}.values())[0]",
    "([{0}] * 2)[1]",
    "[[{0}] for x in 'ab'][1][0]",
    "(lambda x: [x for y in 'ab'][0])({0})",
    "(lambda x: [(lambda: x) for y in 'ab'][0]())({0})",
    "(lambda x: (yield x))({0}).send(None)",
    "object.__getattribute__(K({name}, {0}), 'held')",
    "type(K({name}, {0}))({name}, {0}).held",
    "list(enumerate([{0}]))[0][1]",
    "tuple([{0}])[0]",
    "[{0}].__getitem__(0)",
    "[].__add__([{0}])[0]",
    "[{0}].copy()[0]",
    "min({0}, {1}, key=lambda y: 0) and {0}",
    "(divmod and {0})",
]


def fill(program, pattern, depth):
    first = expression(program, depth)
    second = variable(program) if program.chance.one_in(2) else expression(program, depth)
    while "{name}" in pattern:
        pattern = pattern.replace("{name}", name_text(program), 1)
    return pattern.format(first, second)


def expression(program, depth=2):
    """Something whose value is an object made while the program runs."""
    chance = program.chance
    way = chance.below(8)
    if depth == 0 or way < 2:
        return variable(program) if chance.below(4) else made(program)
    return fill(program, chance.pick(HOLDING if way < 5 else PASSING), depth - 1)


def of_kind(program, kind):
    """A variable of this kind; if there is none, one is made first."""
    names = program.visible(kind)
    if names and not program.chance.one_in(4):
        return program.chance.pick(names)
    name = program.fresh()
    program.say(name + " = " + fill(program, program.chance.pick(KINDS[kind]), 1))
    return program.bind(name, kind)


KINDS = {
    "list": ["[]", "[{0}]", "[{0}, {1}]", "list(({0},))", "[{0}] * 2", "Sub([{0}])"],
    "dict": ["{{}}", "{{'a': {0}}}", "dict(a={0}, b={1})", "Table()"],
    "instance": ["K({name})", "K({name}, {0})", "D({name})", "D({name}, {0})", "R({name})", "K({name}).keep({0})"],
    "slots": ["S()", "S({0})", "S({0}, {1})"],
    "tuple": ["({0},)", "({0}, {1})", "tuple([{0}])"],
    "generator": ["count_up({0}, {1})", "(x for x in ({0}, {1}))", "delegate(count_up({0}), {1})"],
    "function": ["functools.partial(pair, {0})", "functools.partial(seen, {0})", "keyed", "(lambda x: x)", "(lambda x, y={0}: y)", "(lambda x: {0})", "wrap(same)",
                 "D({name})", "K({name}).give", "K({name}).keep"],
    "fault": ["Fault()", "Fault({0})", "Fault(name={0})"],
    "named": ["N({0})", "N({0}, {1})", "N({0}, extra={1})"],
}

# ---- Telling ----


def tell(program):
    names = program.visible(made_by_types=True) or program.visible()
    picked = [program.chance.pick(names) for _ in range(1 + program.chance.below(3))]
    program.say("p(" + ", ".join(["rc(" + name + ")" for name in picked]) + ")")


def tell_of_expression(program):
    program.say("p(rc(" + expression(program) + "), rc(" + variable(program) + "))")


def tell_display(program):
    name = variable(program)
    shape = program.chance.pick(["([%s, %s], rc(%s))", "(({1: %s}, %s), rc(%s))", "((%s, (%s, rc(%s))))"]) % (name, expression(program, 1), name)
    program.say("p(kind(" + shape + "))", "p(" + shape + "[1].__class__.__name__)")


def tell_referrers(program):
    name = variable(program)
    program.say("p('refs', len(gc.get_referrers(" + name + ")))")


def tell_referents(program):
    names = program.visible("list") + program.visible("tuple") + program.visible("slots") + program.visible("fault")
    if not names:
        return tell(program)
    program.say("p('ents', len(gc.get_referents(" + program.chance.pick(names) + ")))")


def tell_tracked(program):
    program.say("p(gc.is_tracked(" + expression(program) + "))")


def tell_size(program):
    chance = program.chance
    held = variable(program)
    program.say(
        "p(size("
        + chance.pick(
            ["tuple([%s] * 3)", "[%s] * 5", "list((%s, 1))", "S(%s)", "K('s', %s)", "{id(x) for x in [%s]}", "[%s] + [1]"]
            + ["[%s, 1, 2][:2]", "[x for x in (%s, 1, 2)]", "iter([%s])", "slice(%s)", "K('m', %s).own"]
            + ["Fault(%s)", "Fault(%s, name=1)", "KeyError(%s)", "Sub([%s])", "N(%s)"]
            + ["enumerate([%s])", "zip([%s])", "map(same, [%s])", "weakref.ref(K('w', %s))", "property(%s)", "frozenset([id(%s)])"]
        )
        % held
        + "))"
    )


def collect(program):
    program.say("p('gc', gc.collect())")


TELLING = [tell, tell, tell, tell_of_expression, tell_of_expression, tell_display, tell_referrers, tell_referents, tell_tracked,
           tell_size, collect]

# ---- Names ----


def assign(program):
    name = program.fresh()
    program.say(name + " = " + expression(program))
    program.bind(name, "")


def assign_known(program):
    of_kind(program, program.chance.pick(sorted(KINDS)))


def alias(program):
    name = program.fresh()
    program.say(name + " = " + variable(program))
    program.bind(name, "")


def chained(program):
    first, second = program.fresh(), program.fresh()
    program.say(first + " = " + second + " = " + expression(program))
    program.bind(first, "")
    program.bind(second, "")


def walrus(program):
    name = program.fresh()
    text = "(" + name + " := " + expression(program) + ")"
    pattern = program.chance.pick(["p(rc({0}), rc({1}))", "p(rc(pair({0}, {1})))", "p(kind([{0}, {1}]), rc({1}))", "p(len([{0}, {1}, {1}]))"])
    program.say(pattern.format(text, name))
    program.bind(name, "")


def delete(program):
    names = program.own()
    if not names or len(program.visible()) < 3:
        return tell(program)
    name = program.chance.pick(names)
    program.forget(name)
    program.say("del " + name)


def rebind(program):
    names = program.own("")
    if not names:
        return assign(program)
    name = program.chance.pick(names)
    program.say(name + " = " + expression(program))
    program.forget(name)
    program.bind(name, "")


def swap(program):
    names = program.own("")
    if len(names) < 2:
        return assign(program)
    first, second = program.chance.pick(names), program.chance.pick(names)
    if first == second:
        return assign(program)
    program.say(f"{first}, {second} = {second}, {first}")
    for name in (first, second):
        program.forget(name)
        program.bind(name, "")


def unpack(program):
    first, second = program.fresh(), program.fresh()
    one, two = expression(program), expression(program)
    target, source = program.chance.pick(
        [
            ("{0}, {1}", "{2}, {3}"),
            ("{0}, {1}", "[{2}, {3}]"),
            ("[{0}, {1}]", "pair({2}, {3})"),
            ("{0}, *{1}", "{2}, {3}"),
            ("*{0}, {1}", "[{2}, {3}, {2}]"),
            ("{0}, {1}", "(x for x in ({2}, {3}))"),
            ("({0}, {1}), _", "pair({2}, {3}), []"),
            ("{0}, ({1}, *_)", "{2}, [{3}, {2}]"),
            ("{0}, {1}", "{{'a': {2}, 'b': {3}}}.values()"),
            ("({0},), {1}", "({2},), {3}"),
            ("{0}, {1}", "map(same, [{2}, {3}])"),
            ("{0} = {1}", "{2}"),
            ("*{0}, = {1}", "[{2}, {3}]"),
        ]
    )
    program.say((target + " = " + source).format(first, second, one, two))
    program.bind(first, "")
    program.bind(second, "")


def bad_unpack(program):
    source = program.chance.pick(["[{0}, {1}]", "({0}, {1})", "count_up({0}, {1})", "[{0}]", "iter([{0}, {1}, {0}, {1}])"])
    one, two = expression(program), expression(program)
    name = program.fresh()
    target = program.chance.pick(["_, _, _", "_, _, _, *_"])
    program.say("try:", f"    {target} = {source.format(one, two)}", f"except ValueError as {name}:", f"    p(rc({name}), len({name}.args))")


def augmented(program):
    names = program.own("list")
    if not names:
        return assign_known(program)
    program.say(program.chance.pick(names) + program.chance.pick([" += [{0}]", " *= 2", " += ({0}, {0})", " += (x for x in [{0}])"]).format(expression(program)))


NAMES = [assign, assign, assign_known, alias, chained, walrus, delete, delete, rebind, rebind, swap, unpack, unpack, bad_unpack, augmented]

# ---- Containers and attributes ----

LIST_WORK = [
    "{l}.append({0})",
    "{l}.extend([{0}, {1}])",
    "{l}.extend(x for x in ({0}, {1}))",
    "{l}.insert(0, {0})",
    "{l}[:0] = [{0}, {1}]",
    "{l}[:] = ({0}, {1})",
    "{l}[::2] = {l}[::2]",
    "del {l}[:1]",
    "del {l}[::2]",
    "{l}.reverse()",
    "{l}.clear()",
    "{l}.sort(key=lambda y: 0)",
    "{l}.append({0}); p(rc({l}.pop()))",
    "{l}.append({0}); p(rc({l}[-1]), rc({l}[-1:]))",
    "{l}.append({0}); {l}[-1] = {1}",
    "{l}.append({0}); del {l}[-1]",
    "{l}.append({0}); {l}.remove({l}[-1])",
    "{l}.append({0}); {l}[-1], {l}[0] = {l}[0], {l}[-1]",
    "p(len({l} + [{0}]), len({l}[1:]), len({l} * 2))",
    "p({l} == [{0}], [{0}] < [[]] if 0 else 0)",
    "p(rc({l}.__iter__()), rc(iter({l})), rc({l}))",
    "p([rc(x) for x in {l}])",
    "p([rc(x) for x in reversed({l})])",
    "p([(i, rc(x)) for i, x in enumerate({l})])",
    "p(sorted(map(rc, {l})))",
    "p(size({l}))" if 0 else "p(len({l}))",
    "{l}.append({l})",
]
DICT_WORK = [
    "{d}['a'] = {0}",
    "{d}['b'] = {0}",
    "{d}.setdefault('a', {0})",
    "{d}.update(a={0}, c={1})",
    "{d}.update([('a', {0})])",
    "{d}.update({{'b': {0}}})",
    "{d} |= {{'b': {0}}}" if 0 else "p(len({d} | {{'b': {0}}}))",
    "{d}.pop('a', {0})",
    "p(rc({d}.get('a', {0})))",
    "{d}['z'] = {0}; {d}.popitem()",
    "{d}['z'] = {0}; del {d}['z']",
    "{d}['z'] = {0}; p(rc({d}['z']))",
    "{d}.clear()",
    "p([rc(x) for x in {d}.values()])",
    "p([rc(x) for k, x in {d}.items()], [rc(x) for x in {d}.items()])",
    "p([rc({d}[k]) for k in {d}])",
    "p(rc({d}.items()), rc({d}.keys()), rc(iter({d})), rc({d}))",
    "p(len(dict({d})), len({{**{d}}}), len({d}.copy()))",
    "{d}['me'] = {d}",
    "p({d} == {{'a': {0}}})",
    "{d}[D({name})] = {0}",
    "{d}[({0},) if 0 else 'key'] = {0}",
    "seen({0}, **{{k: v for k, v in {d}.items() if type(k) is int}})",
]
INSTANCE_WORK = [
    "{i}.held = {0}",
    "{i}.held = {i}",
    "{i}.more = {0}",
    "{i}.more = {0}; del {i}.more",
    "{i}.held = {0}; p(rc({i}.held))",
    "{i}.shown = {0}",
    "p(rc({i}.shown)) if {i}.held else p('none')",
    "del {i}.shown",
    "setattr({i}, 'more', {0}); delattr({i}, 'more')",
    "{i}.__dict__['held'] = {0}",
    "{i}.__dict__.update(held={0})",
    "p(rc({i}.__dict__), rc({i}))",
    "{i}.__dict__ = {{'name': {name}, 'held': {0}}}",
    "p(len(vars({i})))",
    "p({i}.own(), {i}.own.__self__.own(), K.own({i}))",
    "p(rc({i}.own), rc({i}))",
    "{i}.back = {i}.own",
    "p(rc({i}.keep({0})), rc({i}))",
    "p(rc({i}.give({0})))",
    "p((lambda: rc({i}))())",
    "p([{i} for x in range(2)] == [{i}, {i}])",
    "p({i} in [{0}, {i}])",
    "del K({name}, {0}).shown",
    "del K({name}).nothing",
    "K({name}).shown = {0}",
    "K({name}).nothing = {0}",
    "del {i}.give({i}).shown",
    "p(hasattr({i}, 'nothing'), isinstance({i}, K), callable({i}))",
    "p(rc(copy.copy({i})))",
    "{i}.held = [{0}]; p(rc({i}.held[0])); {i}.held[0] = {1}; {i}.held += [{0}]",
    "p(f'{{rc({i})}}', '%d' % rc({i}), '{{0}}'.format(rc({i})))",
    "p(len(gc.get_referents({i})), len(gc.get_referrers({i})))",
]
OPERATOR_WORK = [
    "p(rc({i} + {0}))",
    "p(rc({0} + {i})) if type({0}) is object else 0",
    "p({i} == {0}, {i} != {0}, {i} in ({0}, {1}))",
    "p({i} < {0})",
    "p(not {i}, bool({i}), len({i}))",
    "p({0} in {i})",
    "{i}[0] = {0}",
    "del {i}[{0}:{1}]",
    "p(repr({i}), f'{{ {i} }} ', '%s' % {i}, format({i}), '{{}}'.format({i}))",
    "p('%s %r' % ({i}, {i}), f'{{ {i}!r:>9}}{{ {i}!s}}', ascii({i}), '{{0}}'.format([{i}]))",
    "p([{i}, ({i},)], {{'a': {i}}}, '{{a}}'.format(a={i}), '%(a)s' % {{'a': {i}}})",
    "p(hash({i}), len({{ {i} }}), len({{ {i}: {0} }}))",
    "p(rc({i}({0})), rc({i}))",
    "p(rc({i}(a={0})))",
    "p(len(list({i})), len([*{i}]))",
    "p([rc(x) for x in {i} if x is not None])",
    "p(sorted([{i}, D({name}), D({name})])[0].name)",
    "p(max({i}, D({name})).name)",
    "p({i}.unknown is None)",
    "with {i} as inner: p(rc(inner), rc({i}))",
    "with {i}: raise Fault({0})",
    "with {i} as inner, M({0}, truth) as held: p(rc(inner), rc(held))",
    "p(rc(-{i}), rc({i}))",
    "p(1 if {i} else 2, {i} and 1, {i} or 2)" if 0 else "p(1 if {i} else 2, {i} and 1)",
    "p([{i}].index({i}), [{0}, {i}].count({i}))",
    "assert {i}",
    "p(any([{i}]), all(({i}, {i})))",
]
SLOTS_WORK = [
    "{s}.left = {0}",
    "{s}.right = {s}",
    "p({s}.both()[2], rc({s}))",
    "p(rc({s}.left)) if {s}.left is not None else 0",
    "{s}.left, {s}.right = {0}, {1}",
    "p([type(x).__name__ for x in gc.get_referents({s})].count('type'))",
    "p(len([m.__get__({s}) for m in (S.left, S.right)]))",
]


def work(patterns, kind, letter):
    def construct(program):
        name = of_kind(program, kind)
        pattern = program.chance.pick(patterns).replace("{" + letter + "}", name)
        program.say(fill(program, pattern, 2))

    return construct


def operators(program):
    name = program.fresh()
    program.say(name + " = " + fill(program, "D({name}, {0})", 1))
    program.bind(name, "instance")
    for _ in range(2):
        program.say(fill(program, program.chance.pick(OPERATOR_WORK).replace("{i}", name), 2))


def slices(program):
    names = (of_kind(program, "list"), variable(program), variable(program))
    program.say("%s[:] = [%s, %s]" % names, "p(rc(%s[0]), len(%s[::-1]), [rc(x) for x in %s[1:]])" % (names[0],) * 1
                if 0 else "p(rc({0}[0]), len({0}[::-1]), [rc(x) for x in {0}[1:]])".format(names[0]))


DATA = [work(LIST_WORK, "list", "l"), work(LIST_WORK, "list", "l"), work(DICT_WORK, "dict", "d"), work(DICT_WORK, "dict", "d"),
        work(INSTANCE_WORK, "instance", "i"), work(INSTANCE_WORK, "instance", "i"), work(SLOTS_WORK, "slots", "s"),
        operators, operators, slices]

# ---- Weak references and cycles ----


def weak(program):
    name = of_kind(program, program.chance.pick(["instance", "slots", "generator", "function"]))
    reference = program.fresh("w")
    pattern = program.chance.pick(
        [
            "weakref.ref({0}, told({1}))",
            "weakref.ref({0})",
            "weakref.proxy({0}, told({1}))",
            "weakref.WeakMethod(K({1}).own, told({1}))",
            "weakref.finalize({0}, p, {1}) if type({0}) not in (D, dict, list) else []",
            "weakref.WeakValueDictionary(a={0})",
            "weakref.WeakSet([{0}]) if type({0}) not in (D, dict, list) else []",
            "weakref.WeakKeyDictionary({{ {0}: [] }}) if type({0}) not in (D, dict, list) else []",
        ]
    )
    program.say(reference + " = " + pattern.format(name, name_text(program, "r")))
    program.say(f"p(weakref.getweakrefcount({name}), rc({name}))")
    program.bind(reference, "weak") if "proxy" not in pattern else None


def look_weak(program):
    names = program.visible("weak")
    if not names:
        return weak(program)
    name = program.chance.pick(names)
    program.say(f"p(rc({name}), type({name}).__name__)")


def weak_temporary(program):
    what = program.chance.pick(["K({0})", "D({0})", "S()", "R({0})", "(lambda: 0)", "count_up([])", "K({0}).own"]).format(name_text(program))
    program.say(program.chance.pick(["p(weakref.ref({0}, told('t'))() is None)", "p(weakref.ref({0})() is None)", "w = weakref.ref({0}, told('w')); p(w() is None)",
                                     "p(kind(weakref.ref({0}, told('l'))()))"]).format(what))


def cycle(program):
    name = program.fresh()
    pattern = program.chance.pick(
        [
            "{v} = [{0}]; {v}.append({v}); del {v}",
            "{v} = K({name}); {v}.held = {v}; {v}.more = {0}; del {v}",
            "{v} = K({name}); {v}.held = K({name}, {v}); del {v}",
            "{v} = R({name}); {v}.held = {v}; del {v}",
            "{v} = {{}}; {v}['a'] = [{v}, {0}]; del {v}",
            "{v} = D({name}); {v}.held = {v}.own; del {v}",
            "{v} = Fault({0}); {v}.name = {v}; del {v}",
            "{v} = S({0}); {v}.right = [{v}]; {w} = weakref.ref({v}, told('c')); del {v}",
            "{v} = K({name}); {v}.held = [{v}, weakref.ref({v}, told('never'))]; del {v}",
            "{v} = []; {v}.append(count_up({v}, {0})); next({v}[0]); del {v}",
            "{v} = []; {v}.append(lambda: {v}[0]) if 0 else {v}.append(lambda x={v}: x); del {v}",
            "{v} = [K({name})]; {v}.append(iter({v})); del {v}",
            "{v} = K({name}); {v}.held = K({name}); {v}.held.held = R({name}, {v}); del {v}",
            "{v} = type('T', (K,), {{'x': {0}}})({name}); {v}.__class__.me = {v}; del {v}",
            "{v} = type('T', (), {{'x': {0}}}); del {v}",
        ]
    )
    text = pattern.replace("{v}", name).replace("{w}", program.fresh("w"))
    program.say(fill(program, text, 1))
    if program.chance.one_in(2):
        collect(program)


def revive(program):
    name = name_text(program)
    program.say(fill(program, program.chance.pick(["R(%s, {0})", "[R(%s, {0})].clear()", "R(%s).held = {0}", "seen(R(%s, {0}))"]) % name, 1))
    if program.chance.one_in(2):
        program.say("p(len(kept), [rc(x) for x in kept])")
    if program.chance.one_in(3):
        program.say("kept.clear()")


WEAK = [weak, weak, look_weak, weak_temporary, weak_temporary, cycle, cycle, cycle, revive]

# ---- Blocks ----


def suite(program, most=3):
    for _ in range(1 + program.chance.below(most)):
        statement(program)


def body(program, frame=None, repeats=False, most=2):
    program.open(frame, repeats)
    suite(program, most)
    program.close()


def loop(program):
    chance = program.chance
    name = program.fresh("i")
    source = chance.pick(["[{0}, {1}]", "({0},)", "count_up({0}, {1})", "{{'a': {0}}}.values()", "iter([{0}])", "(x for x in [{0}, {1}])", "map(same, [{0}])",
                          "D({name}, {0})", "reversed([{0}, {1}])", "[{0}] * 2", "delegate(count_up({0}), {1})"])
    program.say("for " + name + " in " + fill(program, source, 1) + ":")
    program.open(repeats=True)
    program.bind(name, "loop")
    suite(program, 2)
    chosen = chance.below(4)
    if chosen == 0:
        program.say("break")
    elif chosen == 1:
        program.say("if truth: continue")
    program.close()
    if chosen == 2:
        program.say("else:")
        body(program, most=1)


def loop_pairs(program):
    first, second = program.fresh("i"), program.fresh("i")
    source = fill(program, program.chance.pick(["zip([{0}], [{1}])", "enumerate([[{0}], {1}])", "{{'a': {0}}}.items()", "[({0}, {1})] * 2", "[[{0}, {1}]]"]), 1)
    program.say(f"for {first}, {second} in {source}:")
    program.open(repeats=True)
    program.bind(second, "loop")
    suite(program, 2)
    program.close()


def while_loop(program):
    name = program.fresh("n")
    program.say(name + " = [" + expression(program) + "] * 2", "while " + name + ":")
    program.bind(name, "loop")
    program.open(repeats=True)
    suite(program, 2)
    program.say("p(rc(" + name + ".pop()))")
    program.close()


def attempt(program):
    chance = program.chance
    program.say("try:")
    program.open()
    suite(program, 2)
    fails = chance.below(4)
    if fails:
        program.say(fill(program, chance.pick(FAILING), 1))
    program.close()
    name = program.fresh("e")
    if fails or chance.one_in(2):
        shown = chance.below(3)
        program.say("except Exception as " + name + ":" if shown else "except Exception:")
        program.open()
        if shown:
            program.bind(name, "loop")
            program.say(fill(program, chance.pick(HANDLING).replace("{e}", name), 1))
        suite(program, 2)
        program.forget(name)
        program.close()
        if chance.one_in(4):
            program.say("else:")
            program.open()
            suite(program, 1)
            program.blocks.pop()
        if not chance.one_in(3):
            return
    program.say("finally:")
    body(program)


FAILING = [
    "raise Fault({0})",
    "raise Fault",
    "raise Fault({0}) from Fault({1})",
    "raises({0})",
    "seen({0}, raises({1}))",
    "[{0}, raises({1})]",
    "pair({0}, {1}, {0})",
    "same(x={0})",
    "same({0}, **{{'a': {1}}})",
    "[{0}][3]",
    "{{}}[K({name})]",
    "{0}.nothing.nothing",
    "[raises(x) for x in [{0}, {1}]]",
    "list(raises(x) for x in [{0}])",
    "count_up({0}).throw(Fault({1}))",
    "[{0}] + raises({1})",
    "raises(K({name}), {0}).held",
    "{{'a': {0}, 'b': raises({1})}}",
    "sorted([{0}, {1}], key=raises)",
    "list(map(raises, [{0}]))",
    "wrap(raises)({0})",
    "1 / (rc({0}) - rc({0}) if 0 else 0)",
    "(lambda x: raises(x))({0})",
    "next(delegate(map(raises, [{0}]), {1}))",
    "object().x = {0}",
    "object()[{0}] = {1}",
    "K()",
    "K({name}, {0}, {1})",
    "K({name}).give()",
    "type('T', (K,), {{'__init__': raises}})({0})",
    "type('T', (K,), {{'__getattr__': raises}})({name}, {0}).x",
    "type('T', (K,), {{'__add__': raises}})({name}) + {0}",
    "with M({0}, 0): raises({1})",
    "with M({0}, 0): pass; raise Fault({1})",
    "assert not truth, {0}",
    "int({0})",
    "import nothing_there",
    "raise {0}",
    "undefined_name",
    "raise K({name}, {0})",
    "sum([{0}])",
    "max([])",
    "[].pop()",
]
HANDLING = [
    "p(rc({e}), type({e}).__name__)",
    "kept.append({e})",
    "p(rc({e}), rc({e}.__traceback__))",
    "p(rc({e}.__traceback__.tb_frame))",
    "{e}.held = {0}",
    "p({e}.__context__ is None, {e}.__cause__ is None)",
    "{e}.__traceback__ = None; p(rc({e}))",
    "p(rc(sys.exc_info()[1]), rc({e}))",
    "p(rc(sys.exc_info()), sys.exc_info()[1] is {e})",
    "kept.append({e}.__traceback__)",
    "kept.append({e}.with_traceback(None))",
    "{e}.me = {e}",
    "p(len({e}.args), rc({e}.args) if {e}.args else 0)",
    "p(len(gc.get_referrers({e})))",
    "p(rc({e}.__context__) if {e}.__context__ else 0)",
    "p(sorted({e}.__traceback__.tb_frame.f_locals)[:0])",
    "p([rc(x) for x in {e}.args if type(x) is list])",
]


def manage(program):
    chance = program.chance
    name = program.fresh()
    forgives = chance.below(2)
    source = fill(program, chance.pick(["M({0}, truth)", "M(K({name}, {0}), truth)"]), 1)
    program.say(f"with {source} as {name}:" if chance.below(2) else f"with {source} as {name}, M({variable(program)}, truth):")
    program.open()
    program.bind(name, "loop")
    suite(program, 2)
    if forgives:
        program.say(fill(program, chance.pick(FAILING), 1))
    program.close()


def function(program):
    """Defines a function over what is there, and calls it: now, later, or never."""
    chance = program.chance
    name = program.fresh("f")
    first, second = program.fresh("a"), program.fresh("a")
    shape = chance.pick(
        [
            ("{0}, {1}", "{2}, {3}"),
            ("{0}, {1}={3}", "{2}"),
            ("*{0}, {1}", "{2}, {1}={3}"),
            ("{0}, *{1}", "{2}, {3}"),
            ("{0}, **{1}", "{2}, x={3}"),
            ("{0}, /, {1}", "{2}, {1}={3}"),
            ("*, {0}={2}, {1}={3}", ""),
            ("{0}, {1}", "*[{2}, {3}]"),
            ("{0}, {1}", "**{{'{0}': {2}, '{1}': {3}}}"),
            ("{0}, {1}=None", "{2}, {3}"),
        ]
    )
    one, two = expression(program), expression(program, 1)
    decorated = chance.one_in(6)
    if decorated:
        program.say(chance.pick(["@wrap", "@same", "@functools.wraps(same)"]))
    program.say(f"def {name}({shape[0].format(first, second, one, two)}):")
    inside_body(program, [first, second], chance.below(3))
    program.bind(name, "defined")
    call = f"{name}({shape[1].format(first, second, one, two)})"
    for _ in range(chance.below(3)):
        program.say(chance.pick(["p(rc({0}))", "{0}", "{1} = {0}", "p(rc({0}), rc({2}))", "seen({0})"]).format(call, program.fresh("_"), name))


def inside_body(program, parameters, ending, frame=None):
    program.open(frame=frame or program.new_frame())
    for parameter in parameters:
        program.bind(parameter, "argument")
    outer_changes(program)
    program.say("p('in', " + ", ".join(["rc(" + parameter + ")" for parameter in parameters if True]) + ")" if parameters else "pass")
    suite(program, 3)
    if ending == 2:
        program.say("p(len(locals()))")
    program.say("return " + (expression(program, 1)))
    program.blocks.pop()


def outer_changes(program):
    """Binds a variable of an outer frame anew, if there is one that is free for it."""
    if not program.chance.one_in(4):
        return
    inner = program.frame
    candidates = [(block, name) for block in program.blocks for name, kind in block.variables if block.frame != inner and kind == ""]
    if candidates:
        block, name = program.chance.pick(candidates)
        program.say(("nonlocal " if block.frame else "global ") + name, "p(rc(" + name + "))", name + " = " + variable(program))


def generator_function(program):
    chance = program.chance
    name, argument, made_name = program.fresh("g"), program.fresh("a"), program.fresh("v")
    sent = program.fresh("v")
    program.say(f"def {name}({argument}):")
    program.open(frame=program.new_frame())
    program.bind(argument, "argument")
    guarded = chance.below(3)
    if guarded:
        program.say("try:")
        program.open()
    program.say(f"{sent} = yield " + expression(program, 1))
    suite(program, 2)
    program.say(chance.pick(["yield [rc({0})]", "yield {0}", "yield from ({0}, {0})", "yield from delegate(count_up({0}), {0})", "{1} = yield [{0}]"]).format(argument, sent))
    suite(program, 1)
    if guarded:
        program.close()
        program.say("finally:" if guarded == 1 else "except Exception as fault:")
        program.open()
        program.say("p('closing', rc(" + argument + "))")
        suite(program, 1)
        program.close()
    program.blocks.pop()
    program.bind(name, "defined")
    program.say(f"{made_name} = {name}({expression(program)})")
    program.bind(made_name, "generator")
    if chance.below(4):
        use_of_generator(program, made_name)


GENERATOR_USE = [
    "p(rc(next({g}, None) or []), rc({g}))",
    "next({g}, None)",
    "next({g}, None); p(rc({g}))",
    "{g}.close()",
    "try: p(rc({g}.send(None) or []))\nexcept StopIteration as stop: p(rc(stop))",
    "try: {g}.send({0} if {g}.gi_frame is None else None); {g}.send({0})\nexcept Exception as error: p(type(error).__name__)",
    "try: {g}.throw(Fault({0}))\nexcept Exception as error: p(type(error).__name__, rc(error))",
    "try: {g}.throw(Fault)\nexcept BaseException as error: p(type(error).__name__)",
    "p(rc({g}), {g}.gi_frame is None, {g}.gi_running)",
    "p(len(list({g})))",
    "for x in {g}: p(kind(x)); break",
    "p([kind(x) for x in {g}])",
    "kept.append({g})",
    "p(rc({g}.gi_frame)) if {g}.gi_frame else 0",
    "p(len(gc.get_referents({g})))" if 0 else "p(gc.is_tracked({g}))",
    "p(kind({g}.gi_yieldfrom))",
    "_, *_ = {g}, *{g}",
]


def use_of_generator(program, name=None):
    name = name or of_kind(program, "generator")
    for _ in range(1 + program.chance.below(2)):
        program.say(*fill(program, program.chance.pick(GENERATOR_USE).replace("{g}", name), 1).split("\n"))


def call_known(program):
    name = of_kind(program, "function")
    program.say(fill(program, program.chance.pick(["p(rc({f}({0})))", "p(rc({f}({0})), rc({f}))", "p(rc({f}(*[{0}])))", "{f}({0})", "p(len(list(map({f}, [{0}, {1}]))))",
                                                   "p(len(sorted([{0}], key=lambda x: id({f}(x)))))"]).replace("{f}", name), 1))


def scopes(program):
    """Comprehensions and closures over what is around them."""
    first, second = variable(program), variable(program)
    program.say(
        program.chance.pick(
            [
                "p([rc({0}) for x in 'ab'], rc({0}))",
                "p([rc(x) for x in [{0}, {1}]])",
                "p([rc(x) for x in ({0}, {1}) if rc({0})])",
                "p([[rc(x), rc(y)] for x in [{0}] for y in [{1}]])",
                "p([[rc(x) for x in [y, y]] for y in [{0}, {1}]])",
                "p({{rc(x) for x in [{0}]}})",
                "p({{n: rc(x) for n, x in enumerate([{0}, {1}])}})",
                "p(sum(rc({0}) for x in [{1}]))",
                "p([rc(f()) for f in [lambda: {0}, lambda: {1}]])",
                "p([rc(f()) for f in [(lambda: x) for x in [{0}, {1}]]])",
                "p([(lambda y: rc(y))(x) for x in [{0}]])",
                "p((lambda: [rc({0}) for x in 'a'])(), rc({0}))",
                "p(len([g for g in [(x for x in [{0}])]]), rc({0}))",
                "p([next(g) is {0} for g in [(y for y in [{0}]) for x in 'ab']], rc({0}))",
                "p([last := rc(x) for x in [{0}]], last)",
                "p((lambda x: (lambda: rc(x)))({0})())",
                "p((lambda x: (lambda: x))({0}).__closure__[0].cell_contents is {0}, rc({0}))",
                "p(rc((lambda x: (lambda: x))({0}).__closure__[0]))",
                "p(rc((lambda x={0}: x).__defaults__), rc((lambda *, x={0}: x).__kwdefaults__))",
                "p(len([x for x in [K('c', {0}), K('d', {1})]]))",
                "p([x.own() for x in [K('c'), K('d')]])",
                "p([rc(a) + rc(b) for a, b in [({0}, {1}), ({1}, {0})]])",
                "p([rc(b) for a, *b in [({0}, {1})]])",
            ]
        ).format(first, second)
    )


def class_statement(program):
    chance = program.chance
    name = program.fresh("C")
    program.say(f"class {name}({chance.pick(['K', 'D', 'Base', 'object', 'Base, word=truth', 'metaclass=Meta', 'S', 'list', 'K, metaclass=Meta'])}):".replace("()", ""))
    program.open(frame=program.new_frame())
    attribute = program.fresh("c")
    program.say(fill(program, attribute + " = {0}", 1).replace("(yield", "(0 or"))
    program.say("p(len(locals()))")
    extra = chance.below(6)
    program.say(*[
        ["pass"],
        ["def method(self, other=" + attribute + "): return rc(self), rc(other)"],
        ["named = Named()"],
        ["__slots__ = ()"] if chance.one_in(2) else ["copy = " + attribute, "del " + attribute, attribute + " = copy"],
        ["@property", "def value(self): return __class__, rc(self)"],
        ["def method(self): return super().__init__"],
    ][extra])
    program.blocks.pop()
    program.bind(name, "class")
    program.say(chance.pick(["p(rc({0}.{1}))", "p({0}.{1} is {0}.__dict__['{1}'] if 0 else rc({0}))", "del {0}.{1}", "p(rc({0}), len({0}.__mro__))", "{0}.me = {0}",
                             "p({0}.__subclasses__(), rc({0}.__mro__))", "p(len(gc.get_referrers({0})))"]).format(name, attribute))
    if chance.one_in(2):
        made_name = program.fresh()
        program.say("try:", f"    {made_name} = {name}()", "except TypeError:", f"    {made_name} = {name}.__new__({name}); {made_name}.name = {name_text(program)}" if True else "")
        program.say(f"p(rc({made_name}), rc({name}))")
        program.bind(made_name, "")
        if extra == 1:
            program.say(f"p({made_name}.method()[0]) if hasattr({made_name}, 'method') else 0")
    if chance.one_in(3):
        program.say("del " + name)
        program.forget(name)
        collect(program)


def matching(program):
    chance = program.chance
    name = program.fresh("m")
    subject = fill(program, chance.pick(["[{0}, {1}]", "({0}, [{1}])", "{{'a': {0}}}", "K({name}, {0})", "{0}", "[{0}, {1}, {0}]"]), 1)
    program.say(f"match {subject}:")
    program.blocks.append(Nothing(program.frame))
    cases = ["[{0}, _]", "[_, [{0}]]", "{{'a': {0}}}", "K(held={0})", "[_, *{0}]", "[_, _, _] as {0}", "{{**{0}}}", "K() as {0}", "[K() as {0}, _]"]
    for pattern in [chance.pick(cases), chance.pick(cases)]:
        program.say("case " + pattern.format(name) + ":", f"    p('match', rc({name}) if {name} is not None else 0)")
    program.say(f"case {name}:", f"    p('match', rc({name}))")
    program.blocks.pop()
    # None's own count says nothing.
    program.say(f"if {name} is None: {name} = []")
    program.bind(name, "matched")


class Nothing:
    def __init__(self, frame):
        self.frame = frame
        self.repeats = False
        self.variables = []


def frames(program):
    program.say(
        program.chance.pick(
            [
                "p(rc(sys._getframe()))",
                "p(len(locals()) > 0, rc({0}))",
                "x = sys._getframe(); p(rc(x), rc({0})); del x",
                "kept.append(sys._getframe())",
                "kept.append(locals())",
                "p(sys._getframe().f_locals is locals(), rc({0}))",
                "p(len(gc.get_referrers({0})))",
                "(lambda: kept.append(sys._getframe()))()",
                "(lambda x: kept.append(sys._getframe()))({0})",
                "p((lambda x: len(gc.get_referrers(x)))({0}))",
                "p((lambda x: rc(locals()['x']))({0}))",
                "p(rc((lambda x: locals())({0})['x']))",
                "exec('y = x; p(rc(x))', {{'x': {0}, 'p': p, 'rc': rc}})",
                "p(rc((lambda x: sys._getframe())({0})), rc({0}))",
                "p(rc((lambda x: sys._getframe())({0}).f_locals['x']))",
            ]
        ).format(variable(program))
    )


def discard(program):
    program.say(expression(program, 3))


FLAT = [discard, call_known, call_known, use_of_generator, use_of_generator, scopes, scopes, frames, matching]
NESTING = [loop, loop, loop_pairs, while_loop, attempt, attempt, attempt, manage, manage, function, function, function, generator_function, generator_function, class_statement, class_statement]


def statement(program):
    chance = program.chance
    depth = len(program.blocks)
    way = chance.below(10)
    if way < 2 and depth < 5:
        chance.pick(NESTING)(program)
    elif way < 4:
        chance.pick(NAMES)(program)
    elif way < 6:
        chance.pick(DATA)(program)
    elif way < 7:
        chance.pick(WEAK)(program)
    elif way < 8:
        chance.pick(FLAT)(program)
    else:
        chance.pick(TELLING)(program)
    if program.lines[-1].strip().startswith(("try:", "for ", "with ")) and program.lines[-1].endswith(":"):
        program.say("    pass")


def start(program):
    for _ in range(2):
        assign(program)


def end(program):
    tell(program)
    collect(program)
