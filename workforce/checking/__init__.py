"""Checks the cells of a file against what its columns declare, and collects every fault with its place.

A file is read in blocks. Text is judged once per distinct value (`kinds`), rules look along the rows of a block
(`declaring`), and what is found is kept as row numbers per cause (`issues`), so that a million rows and forty million
faults fit in little memory.
"""
