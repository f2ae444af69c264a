import circles.needs_attribute

value = 1
