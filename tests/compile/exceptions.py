def handled(f):
    try:
        f()
    except ValueError as error:
        return error
    except (TypeError, KeyError):
        raise
    except:
        raise RuntimeError from None
    else:
        return f


def finally_everywhere(items):
    for item in items:
        try:
            if item:
                return item()
            continue
        except OSError:
            break
        finally:
            print("leaving")


def managed(open_file, lock):
    with open_file() as (a, b), lock:
        return a.read()


def asserted(x):
    assert x > 0, "positive"
    assert x
