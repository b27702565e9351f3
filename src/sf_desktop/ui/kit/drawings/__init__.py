"""What is painted and told as an image: charts, the outline of a body, a picture."""
