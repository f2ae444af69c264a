def say(x):
    print("say", x)
    return x


def f(*args, **kwargs):
    return args, kwargs


print(f(say(1), *[say(2)], say(3), k=say(4), **{"z": say(5)}))
d = {say("key"): say("value")}
a = [0, 0]
a[say(1)] = say("stored")
say(1) < say(2) < say(0) < say(9)
x = say(1) or say(2)
y = say("then") if say(True) else say("else")
