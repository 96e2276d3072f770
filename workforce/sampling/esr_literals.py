"""Tables for made-up extracts of the Electronic Staff Record.

Staff groups are those of the NHS Data Dictionary; roles, areas and headings are as reports of the system usually name
them; a quarter of staff from minority ethnic groups and one in ten leaving in a year are national figures of 2022 to
2024; the rest is plausible and ours.
"""

from workforce.sampling.staff import Shares

SHARES = Shares(
    ages={
        "under 25": (0.06, 18, 25),
        "25 to 34": (0.24, 25, 35),
        "35 to 44": (0.25, 35, 45),
        "45 to 54": (0.25, 45, 55),
        "55 to 64": (0.18, 55, 65),
        "65 and over": (0.02, 65, 74),
    },
    sexes={"Female": 0.77, "Male": 0.23},
    ethnicities={
        "A White - British": 0.695,
        "B White - Irish": 0.01,
        "C White - Any other White background": 0.05,
        "D Mixed - White & Black Caribbean": 0.008,
        "E Mixed - White & Black African": 0.005,
        "F Mixed - White & Asian": 0.006,
        "G Mixed - Any other mixed background": 0.006,
        "H Asian or Asian British - Indian": 0.07,
        "J Asian or Asian British - Pakistani": 0.025,
        "K Asian or Asian British - Bangladeshi": 0.008,
        "L Asian or Asian British - Any other Asian background": 0.03,
        "M Black or Black British - Caribbean": 0.015,
        "N Black or Black British - African": 0.045,
        "P Black or Black British - Any other Black background": 0.006,
        "R Chinese": 0.006,
        "S Any Other Ethnic Group": 0.015,
        "Z Not Stated": 0.03,
    },
    hours={"full time": 0.58, "part time": 0.38, "bank": 0.04},
    turnover=0.101,
)
SECOND_CHARACTERS = {"A": "A1", "C": "CY", "H": "H2", "P": "PD"}  # the second character is the organisation's own

# staff group: share, short form that some rows have, roles (name, area of work, occupation code, band, registration)
STAFF_GROUPS = {
    "Nursing and Midwifery Registered": (0.29, "Nursing & Midwifery Reg", (
        ("Staff Nurse", "General Medicine", "N6A", 5, "NMC"),
        ("Sister/Charge Nurse", "General Surgery", "N6A", 6, "NMC"),
        ("Community Nurse", "District Nursing", "N6H", 6, "NMC"),
        ("Midwife", "Maternity", "N2C", 6, "NMC"),
        ("Nursing Associate", "General Medicine", "N8A", 4, "NMC"),
    )),
    "Additional Clinical Services": (0.20, "Add Clinical Services", (
        ("Healthcare Assistant", "General Medicine", "H1A", 2, ""),
        ("Health Care Support Worker", "Mental Health", "H1C", 3, ""),
        ("Assistant Practitioner", "Imaging", "H2R", 4, ""),
        ("Support, Time, Recovery Worker", "Community Mental Health", "H2C", 3, ""),
    )),
    "Allied Health Professionals": (0.07, "Allied Health Profs", (
        ("Occupational Therapist", "Therapies", "S1C", 6, "HCPC"),
        ("Physiotherapist", "Therapies", "S1E", 6, "HCPC"),
        ("Paramedic", "Emergency Medicine", "S1K", 6, "HCPC"),
    )),
    "Additional Professional Scientific and Technical": (0.05, "Add Prof Scientific and Technic", (
        ("Social Worker", "Community Mental Health", "S2J", 6, "Social Work England"),
        ("Pharmacist", "Pharmacy", "S1P", 7, "GPhC"),
        ("Clinical Psychologist", "Psychology", "S1L", 8, "HCPC"),
    )),
    "Medical and Dental": (0.10, "Medical & Dental", (
        ("Consultant", "General Surgery", "021", 0, "GMC"),
        ("Specialty Doctor", "Emergency Medicine", "921", 0, "GMC"),
        ("Foundation Year 1", "General Medicine", "001", 0, "GMC"),
    )),
    "Healthcare Scientists": (0.02, "Healthcare Scientist", (("Biomedical Scientist", "Pathology", "U2A", 6, "HCPC"),)),
    "Administrative and Clerical": (0.19, "Admin & Clerical", (
        ("Clerical Worker", "Medical Records", "G2A", 3, ""),
        ("Secretary", "General Surgery", "G2B", 4, ""),
        ("Manager", "Corporate", "G1A", 7, ""),
        ("Senior Manager", "Corporate", "G0A", 9, ""),
    )),
    "Estates and Ancillary": (0.07, "Estates & Anc", (
        ("Porter", "Facilities", "H3A", 2, ""),
        ("Housekeeper", "Facilities", "H3B", 2, ""),
    )),
    "Students": (0.01, "Students", (("Student Nurse", "General Medicine", "P2A", 3, ""),)),
}  # fmt: skip

CATEGORIES = {"Permanent": 0.92, "Fixed Term Temp": 0.07, "Honorary": 0.01}  # of those who are not on the bank
NATIONALITIES = {"British": 0.80, "Indian": 0.06, "Filipino": 0.04, "Irish": 0.03, "Nigerian": 0.03, "Not Known": 0.04}
DISABILITIES = {"No": 0.84, "Yes": 0.05, "Not Declared": 0.07, "Prefer Not To Answer": 0.04}
BELIEFS = ("Christianity", "Islam", "Atheism", "I do not wish to disclose my religion/belief", "Hinduism")
ORIENTATIONS = ("Heterosexual or Straight", "Gay or Lesbian", "Bisexual", "Not stated")
LEAVING_REASONS = {
    "Voluntary Resignation - Work Life Balance": 0.22,
    "Voluntary Resignation - Relocation": 0.18,
    "Voluntary Resignation - Promotion": 0.16,
    "Voluntary Resignation - Other/Not Known": 0.12,
    "Retirement Age": 0.14,
    "End of Fixed Term Contract": 0.10,
    "Dismissal - Conduct": 0.03,
    "Death in Service": 0.01,
    "Redundancy - Compulsory": 0.04,
}
DESTINATIONS = {
    "NHS Organisation": 0.48, "No Employment": 0.16, "Social Services": 0.05, "Private Health/Social Care": 0.10,
    "Other Private Sector": 0.08, "Unknown": 0.13,
}  # fmt: skip
RECRUITED_FROM = {
    "NHS Organisation": 0.52, "Education / Training": 0.14, "No Employment": 0.08, "Social Services": 0.04,
    "Private Health/Social Care": 0.10, "Abroad - Non EU Country": 0.08, "Unknown": 0.04,
}  # fmt: skip
ABSENCE_REASONS = ("S10 Anxiety/stress/depression/other psychiatric illnesses", "S13 Cold, Cough, Flu - Influenza",
                   "S12 Other musculoskeletal problems", "S25 Gastrointestinal problems")  # fmt: skip
LOCATIONS = ("Oakmere General Hospital", "Hexley Clinic", "Stanbridge Health Centre")
