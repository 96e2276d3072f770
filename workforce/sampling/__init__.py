"""Made-up workforce files with known faults, for trials, demonstrations and benches. Pure: no Django, no clock.

The same recipe always makes the same bytes. `literals` says what is drawn from which shares; `places` and `posts` draw
the establishments and everyone who works or worked there; `flows` cuts the state of one day from that history;
`workplace_file`, `worker_file` and `training_file` write it down as the national service wants it; `kinds` and `faults`
plant faults; `truth` counts what is so. `staff` with `esr` and `council` does the same for one large employer.

No value is a real person's: names are numbers, and National Insurance numbers have prefixes that nobody is given.
"""
