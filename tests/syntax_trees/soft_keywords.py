match = 1
case = match
match[case]: int = 5
match(case)
match, case = case, match
match.case
print(match * case)
type = _
match (a, b)
print
def match(case): pass
match: int
_ = match
if match: case
