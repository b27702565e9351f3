"""The life of a council's database: brought to today's tables, copied, put back."""
