"""One assignment of a trust, as its extracts show it, and ways to change a cell."""

from tests.workforce.returns import csv_text, read_files

NURSE = {
    "Organisation": "Marlbrook NHS Trust", "Org L2": "Marlbrook", "Org L3": "Community", "Employee Number": "1001",
    "Assignment Number": "1001", "Position Title": "Ward 7 nurse", "Staff Group": "Nursing and Midwifery Registered",
    "Job Role": "Staff Nurse", "Area of Work": "District Nursing", "Occupation Code": "N6A",
    "Assignment Category": "Permanent", "Employee Category": "Part Time", "FTE": "0.80000", "Contracted Hours": "30",
    "Date of Birth": "14/02/1980", "Gender": "Female", "Ethnic Origin": "CY White - Cypriot", "Nationality": "Irish",
    "Disability": "Not Declared", "Latest Start Date": "01/03/2020", "NHS Start Date": "01/09/2004",
    "Registration Body": "NMC", "Registration Expiry": "31/03/2027", "Postcode": "ZZ9 9ZZ",
}  # fmt: skip
PORTER = NURSE | {
    "Employee Number": "1002", "Assignment Number": "1002", "Staff Group": "Estates & Anc", "Job Role": "Porter",
    "Area of Work": "Facilities", "Occupation Code": "H3A", "Employee Category": "Full Time", "FTE": "1.00000",
    "Contracted Hours": "37.5", "Ethnic Origin": "Z Not Stated", "Registration Body": "", "Registration Expiry": "",
    "Nationality": "British", "Disability": "No", "Gender": "Male",
}  # fmt: skip
BANK = PORTER | {
    "Employee Number": "1001", "Assignment Number": "1001-2", "Assignment Category": "Bank", "FTE": "0.00000",
    "Contracted Hours": "0", "Employee Category": "",
}  # fmt: skip
STARTER = {
    "Organisation": "Marlbrook NHS Trust", "Employee Number": "1002", "Assignment Number": "1002",
    "Assignment Category": "Permanent", "Latest Start Date": "01/03/2026", "Recruitment Source": "Social Services",
}  # fmt: skip
LEAVER = {name: PORTER[name] for name in (
    "Organisation", "Org L2", "Org L3", "Staff Group", "Job Role", "Assignment Category", "FTE", "Contracted Hours",
    "Date of Birth", "Gender", "Ethnic Origin", "Latest Start Date",
)} | {
    "Employee Number": "900", "Assignment Number": "900", "Termination Date": "15/01/2026",
    "Leaving Reason": "Retirement Age", "Destination On Leaving": "No Employment",
}  # fmt: skip
SPELL = {
    "Employee Number": "1001", "Assignment Number": "1001", "Absence Category": "Sickness",
    "Absence Start Date": "01/05/2026", "Absence End Date": "10/05/2026", "FTE Days Lost": "8.00000",
}  # fmt: skip


def read_staff(*rows, starters=(), leavers=(), absence=(), **more):
    files = {"staff.csv": rows or (NURSE,), "starters.csv": starters, "leavers.csv": leavers, "absence.csv": absence}
    return read_files({name: csv_text(list(of)) for name, of in files.items() if of}, **more)
