"""One post of a council, under headings that only this council has, and what its headings mean."""

from tests.workforce.returns import csv_text, read_files

CARER = {
    "Payroll No": "5001", "Post No": "SC100", "Surname": "Sample", "NI No": "QQ123456C", "Directorate":
    "Adult Social Care", "Team": "Reablement", "Job Title": "Senior Care Assistant", "Contract Type": "Permanent",
    "Weekly Hours": "18.5", "FTE": "0.50", "Annual Salary": "26,000", "D.O.B.": "14/02/1980", "Gender": "Female",
    "Ethnicity": "White: Roma", "Passport": "Polish", "Disability": "Prefer not to say", "Start Date": "01/03/2020",
    "Service Since": "2011", "NVQ": "NVQ Level 3", "Came From": "NHS", "Left On": "", "Reason": "", "Days Sick": "6",
    "Register": "", "Apprentice?": "No",
}  # fmt: skip
WORKER = CARER | {
    "Payroll No": "5002", "Post No": "SC200", "Team": "Hospital Team", "Job Title": "Social Worker",
    "Weekly Hours": "37", "FTE": "1", "Register": "Social Work England", "Passport": "British", "NVQ": "Degree",
}  # fmt: skip
LEFT = WORKER | {"Payroll No": "5003", "Post No": "SC300", "Left On": "15/01/2026", "Reason": "Retirement"}
MAPPING = {
    "Payroll No": "person_reference", "Post No": "post_reference", "Surname": "", "NI No": "", "Directorate":
    "directorate", "Team": "team", "Job Title": "job_title", "Contract Type": "contract", "Weekly Hours": "hours",
    "FTE": "fte", "Annual Salary": "salary", "D.O.B.": "date_of_birth", "Gender": "sex", "Ethnicity": "ethnicity",
    "Passport": "nationality", "Disability": "disability", "Start Date": "start_date", "Service Since":
    "start_in_sector", "NVQ": "qualification", "Came From": "recruitment", "Left On": "leaving_date", "Reason":
    "leaving_reason", "Days Sick": "sick_days", "Register": "registration", "Apprentice?": "apprentice",
}  # fmt: skip


def read_list(*rows, mapping=MAPPING, source="council", **more):
    rows = rows or (CARER,)
    plain = [row | {"Annual Salary": row["Annual Salary"].replace(",", "")} for row in rows]
    return read_files({"staff.csv": csv_text(plain)}, source=source, mapping=mapping, **more)
