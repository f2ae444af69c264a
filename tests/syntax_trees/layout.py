
# comment
if a:  # comment

    # comment
  # another
    b; c;

    if d: e

	# tab
f = (1,
2  # inside
    + 3
)
g = \
    1
if h:
		i
else:
	j
k
