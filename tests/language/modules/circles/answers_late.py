from circles.asks_by_name import question

answer = 42
