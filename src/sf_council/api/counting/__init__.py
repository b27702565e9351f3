"""What is kept of requests beside their answers, and makes none wait: figures, and who was shown what."""
