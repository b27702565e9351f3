"""The family's plan in its file: goals, actions, scaling questions and scores, each with a chart and its words."""
