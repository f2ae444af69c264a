from circles.answers_late import answer

question = "which?"
