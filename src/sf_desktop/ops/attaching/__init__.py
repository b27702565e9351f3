"""Attachments: a file or a signature taken in, judged by its content, looked at and taken out again."""
