"""What the workforce looks like: measures declared once, and counted for every partner on the same definition.

What is counted here is secret. It leaves this package only through `workforce.disclosure`.
"""
