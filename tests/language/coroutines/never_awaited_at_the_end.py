# A coroutine that nobody has awaited when the program ends: no line is to blame, and no filter is left.
async def wait():
    pass


kept = wait()
print('end')
