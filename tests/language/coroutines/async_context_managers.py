# Asynchronous context managers of contextlib, driven by hand.
from contextlib import AbstractAsyncContextManager, AsyncExitStack, aclosing, asynccontextmanager, nullcontext

log = []


@asynccontextmanager
async def managed(name, swallow=False):
    log.append("enter " + name)
    try:
        yield name.upper()
    except ValueError as error:
        log.append(f"{name} sees {error}")
        if not swallow:
            raise
    finally:
        log.append("leave " + name)


class Plain(AbstractAsyncContextManager):
    async def __aexit__(self, *details):
        log.append(details[0])


def run(coroutine):
    try:
        coroutine.send(None)
    except StopIteration as stop:
        return stop.value


async def simple():
    async with managed("a") as a, Plain() as p, nullcontext(5) as five:
        log.append((a, type(p).__name__, five))


async def swallows():
    async with managed("b", True):
        raise ValueError("inside")
    return "after"


async def passes():
    try:
        async with managed("c"):
            raise ValueError("through")
    except ValueError as error:
        return error


@managed("d")
async def decorated():
    log.append("decorated")
    return 7


async def stacked():
    async def bye(word):
        log.append(word)
    async with AsyncExitStack() as stack:
        log.append(await stack.enter_async_context(managed("e")))
        stack.push_async_callback(bye, "bye")
        stack.callback(log.append, "plain")
        stack.push_async_exit(Plain())
    async with AsyncExitStack() as stack:
        await stack.enter_async_context(managed("f", True))
        raise ValueError("stack")


async def closes():
    async def numbers():
        try:
            yield 1
            yield 2
        finally:
            log.append("closed")
    async with aclosing(numbers()) as them:
        async for number in them:
            return number


for function in simple, swallows, passes, decorated, stacked, closes:
    print(function.__name__, run(function()), log)
    log.clear()
