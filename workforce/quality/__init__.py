"""How good the data of a return are: pure measures of a snapshot, of its workplaces, and of whom it stands for.

    figures.py              what is counted, and the rates made of it
    measures.py             each field of the posts: given, said to be unknown, missing
    consistency.py          posts that contradict themselves
    faults.py               the faults of the sender's file, sorted by what they are a fault of
    mapping.py              codes that were merged, or that no crosswalk knows
    establishments.py       workplaces: filled posts, timeliness, carry-forward, flows
    representativeness.py   coverage, weights, balance of response, bounds
    sector.py               all returns beside the known size of the sector
    gates.py                what is green, amber or red, and what to do next, declared once
    report.py               what is kept of all this for one upload, and what a page says of it
    showing.py              how counts are shown to people who may not see small ones

Nothing in here knows the database, the clock or a person. Only measures.py and establishments.py need pandas, so that
a web server, which only shows what was counted, does without.
"""
