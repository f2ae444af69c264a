"""What time.strptime does: reads a date and a time by a format, the reverse of strftime in the C locale."""
# The format becomes a list of parts, each of which knows the ways in which it can match at a place, longest first;
# they are tried in order and taken back where what follows does not match.

import time

_DAYS = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"]
_MONTHS = ["january", "february", "march", "april", "may", "june", "july", "august", "september", "october",
           "november", "december"]

# Directive: the possible numbers of digits, the least and the greatest value.
_NUMBERS = {
    "d": ((2, 1), 1, 31),
    "f": ((6, 5, 4, 3, 2, 1), 0, 999999),
    "G": ((4,), 0, 9999),
    "H": ((2, 1), 0, 23),
    "I": ((2, 1), 1, 12),
    "j": ((3, 2, 1), 1, 366),
    "m": ((2, 1), 1, 12),
    "M": ((2, 1), 0, 59),
    "S": ((2, 1), 0, 61),
    "U": ((2, 1), 0, 53),
    "u": ((1,), 1, 7),
    "V": ((2, 1), 0, 53),
    "W": ((2, 1), 0, 53),
    "w": ((1,), 0, 6),
    "Y": ((4,), 0, 9999),
    "y": ((2,), 0, 99),
}

_WORDS = {
    "A": _DAYS,
    "a": [day[:3] for day in _DAYS],
    "B": _MONTHS,
    "b": [month[:3] for month in _MONTHS],
    "p": ["am", "pm"],
}

# Formats that stand for others.
_WHOLE = {"c": "%a %b %d %H:%M:%S %Y", "x": "%m/%d/%y", "X": "%H:%M:%S"}


def _parts(format):
    """The parts of a format: ("space", None), ("text", character) and directives."""
    parts = []
    place = 0
    while place < len(format):
        character = format[place]
        place += 1
        if character.isspace():
            if not parts or parts[-1][0] != "space":
                parts.append(("space", None))
        elif character != "%":
            parts.append(("text", character.lower()))
        elif place == len(format):
            raise ValueError("stray %% in format '%s'" % format)
        else:
            letter = format[place]
            place += 1
            if letter == "%":
                parts.append(("text", "%"))
            elif letter in _WHOLE:
                parts += _parts(_WHOLE[letter])
            elif letter in _NUMBERS or letter in _WORDS or letter in "zZ":
                parts.append((letter, None))
            else:
                bad = "%" if letter == "\\" else letter
                raise ValueError("'%s' is a bad directive in format '%s'" % (bad, format))
    return parts


def _digits(text, place, count):
    """The digits that stand there; none where there are fewer."""
    found = text[place:place + count]
    return found if len(found) == count and found.isdecimal() else None


def _offset_ends(text, place):
    """The ends of an offset from UTC, longest first."""
    if text[place:place + 1] == "Z":
        yield place + 1
        return
    if text[place:place + 1] not in ("+", "-"):
        return
    if not _digits(text, place + 1, 2):
        return
    end = place + 3
    if text[end:end + 1] == ":":
        end += 1
    minutes = _digits(text, end, 2)
    if not minutes or int(minutes) > 59:
        return
    end += 2
    after = end + 1 if text[end:end + 1] == ":" else end
    seconds = _digits(text, after, 2)
    if seconds and int(seconds) <= 59:
        after += 2
        if text[after:after + 1] == ".":
            for count in range(6, 0, -1):
                if _digits(text, after + 1, count):
                    yield after + 1 + count
        yield after
    yield end


def _ways(kind, wanted, text, place):
    """(end, value) of each way in which a part matches at a place, the preferred one first."""
    if kind == "text":
        if text[place:place + 1].lower() == wanted:
            yield place + 1, None
    elif kind == "space":
        end = place
        while end < len(text) and text[end].isspace():
            end += 1
        for end in range(end, place, -1):
            yield end, None
    elif kind in _NUMBERS:
        counts, least, most = _NUMBERS[kind]
        for count in counts:
            found = _digits(text, place, count)
            if found and least <= int(found) <= most:
                yield place + count, found
        if kind == "d" and text[place:place + 1] == " " and _digits(text, place + 1, 1) not in (None, "0"):
            yield place + 2, text[place + 1]
    elif kind in _WORDS:
        for number, word in sorted(enumerate(_WORDS[kind]), key=lambda pair: -len(pair[1])):
            if text[place:place + len(word)].lower() == word:
                yield place + len(word), number
    elif kind == "Z":
        zones = {"utc", "gmt", time.tzname[0].lower(), time.tzname[1].lower()}
        for word in sorted(zones, key=len, reverse=True):
            if text[place:place + len(word)].lower() == word:
                yield place + len(word), text[place:place + len(word)]
    else:
        for end in _offset_ends(text, place):
            yield end, text[place:end]


def _match(parts, text):
    """The end of the match and the value of each directive; None where the text does not match."""
    found = []
    ways = []
    place = 0
    while len(ways) < len(parts):
        ways.append(_ways(*parts[len(ways)], text, place))
        while True:
            step = next(ways[-1], None)
            if step is not None:
                break
            ways.pop()
            if not ways:
                return None
            found.pop()
        found.append(step)
        place = step[0]
    return place, {part[0]: step[1] for part, step in zip(parts, found)}


def _is_leap(year):
    return year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)


def _month_lengths(year):
    return [31, 29 if _is_leap(year) else 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]


def _first_weekday(year):
    """The day of the week of the first of January, Monday 0."""
    before = year - 1
    return (before * 365 + before // 4 - before // 100 + before // 400) % 7


def _week_day_of_year(year, week, weekday, starts_on_monday):
    """The day of the year of a day in a week."""
    first = _first_weekday(year)
    if not starts_on_monday:
        first = (first + 1) % 7
        weekday = (weekday + 1) % 7
    before = (7 - first) % 7
    if week == 0:
        return 1 + weekday - first
    return 1 + before + 7 * (week - 1) + weekday


def _iso_date(year, week, weekday):
    """Year and day of the year of a day in an ISO week."""
    fourth = (_first_weekday(year) + 3) % 7 + 1
    day = week * 7 + weekday - (fourth + 3)
    if day < 1:
        year -= 1
        day += 366 if _is_leap(year) else 365
    length = 366 if _is_leap(year) else 365
    return (year + 1, day - length) if day > length else (year, day)


def _offset_of(text):
    """Seconds from UTC."""
    if text == "Z":
        return 0
    digits = text[1:].replace(":", "")
    seconds = int(digits[:2]) * 3600 + int(digits[2:4]) * 60 + int(digits[4:6] or 0)
    return -seconds if text[0] == "-" else seconds


def _check_weeks(found, has_weekday):
    """Refuse ISO years, ISO weeks and other directives that do not go together."""
    iso_year, iso_week = "G" in found, "V" in found
    if iso_year:
        if not iso_week or not has_weekday:
            raise ValueError("ISO year directive '%G' must be used with the ISO week directive '%V' and a weekday "
                             "directive ('%A', '%a', '%w', or '%u').")
        if "j" in found:
            raise ValueError("Day of the year directive '%j' is not compatible with ISO year directive '%G'. "
                             "Use '%Y' instead.")
    elif iso_week:
        if "Y" not in found and "y" not in found or not has_weekday:
            raise ValueError("ISO week directive '%V' must be used with the ISO year directive '%G' and a weekday "
                             "directive ('%A', '%a', '%w', or '%u').")
        raise ValueError("ISO week directive '%V' is incompatible with the year directive '%Y'. Use the ISO year "
                         "'%G' instead.")


def _year_of(found):
    if "y" in found:
        year = int(found["y"])
        return year + (2000 if year <= 68 else 1900)
    return int(found["Y"]) if "Y" in found else None


def _hour_of(found):
    if "I" not in found:
        return int(found.get("H", 0))
    return int(found["I"]) % 12 + 12 * found.get("p", 0)


def _weekday_of(found):
    for letter in "Aa":
        if letter in found:
            return found[letter]
    if "w" in found:
        return (int(found["w"]) - 1) % 7
    return int(found["u"]) - 1 if "u" in found else None


def _strptime_time(data_string, format="%a %b %d %H:%M:%S %Y"):
    """The struct_time that a text means."""
    for index, argument in enumerate([data_string, format]):
        if not isinstance(argument, str):
            raise TypeError("strptime() argument {} must be str, not {}".format(index, type(argument)))
    matched = _match(_parts(format), data_string)
    if matched is None:
        raise ValueError("time data %r does not match format %r" % (data_string, format))
    end, found = matched
    if end != len(data_string):
        raise ValueError("unconverted data remains: %s" % data_string[end:])
    return _structure(found)


def _structure(found):
    year, weekday = _year_of(found), _weekday_of(found)
    _check_weeks(found, weekday is not None)
    month = found["B"] + 1 if "B" in found else found["b"] + 1 if "b" in found else int(found.get("m", 1))
    day = int(found.get("d", 1))
    julian = int(found["j"]) if "j" in found else None
    is_leap_fix = year is None and month == 2 and day == 29
    if is_leap_fix:
        year = 1904
    elif year is None:
        year = 1900
    if julian is None and weekday is not None:
        for letter in "UW":
            if letter in found:
                julian = _week_day_of_year(year, int(found[letter]), weekday, letter == "W")
        if "G" in found:
            year, julian = _iso_date(int(found["G"]), int(found["V"]), weekday + 1)
        if julian is not None and julian <= 0:
            year -= 1
            julian += 366 if _is_leap(year) else 365
    lengths = _month_lengths(year)
    if julian is None:
        if day > lengths[month - 1]:
            raise ValueError("day is out of range for month")
        julian = sum(lengths[:month - 1]) + day
    else:
        month, day = 1, julian
        while month < 12 and day > lengths[month - 1]:
            day -= lengths[month - 1]
            month += 1
        if day > lengths[month - 1]:
            year, month, day = year + 1, 1, day - lengths[month - 1]
    if weekday is None:
        weekday = (_first_weekday(year) + julian - 1) % 7
    if is_leap_fix:
        year = 1900
    second = int(found.get("S", 0))
    offset = _offset_of(found["z"]) if "z" in found else None
    is_summer = -1
    if "Z" in found:
        named = found["Z"].lower()
        is_summer = 1 if time.daylight and named == time.tzname[1].lower() else 0
    return time.struct_time((year, month, day, _hour_of(found), int(found.get("M", 0)), second, weekday, julian,
                             is_summer, found.get("Z"), offset))
