"""What the made-up workforce is drawn from: shares, and the few codes they belong to.

Shares of age, ethnicity and hours are those of England's adult social care, 2017/18 (NMDS-SC open dashboards); men 22%
is Skills for Care's figure for 2024/25; sizes of employers are those of Dudley's joint workforce strategy; the other
shares are plausible and ours. Published shares need not add up to 1; whoever uses them scales them.
Codes are those of the ASC-WDS bulk upload (SopraSteria-SFC, August 2026).
"""

SIZE_BANDS = {"under 10": (0.22, 2, 9), "10 to 49": (0.60, 10, 49), "50 and over": (0.18, 50, 220)}
RESPONSE = {"under 10": 0.80, "10 to 49": 0.70, "50 and over": 0.41}  # propensity to respond, by size

AGE_BANDS = {
    "24 and under": (0.096, 17, 25),
    "25 to 34": (0.210, 25, 35),
    "35 to 44": (0.201, 35, 45),
    "45 to 54": (0.256, 45, 55),
    "55 to 64": (0.199, 55, 65),
    "65 and over": (0.039, 65, 79),
}
SEXES = {"1": 0.220, "2": 0.772, "4": 0.003, "3": 0.005}  # male, female, other, not known
ETHNIC_GROUPS = {"White": 0.788, "Mixed": 0.020, "Asian": 0.066, "Black": 0.116, "Other": 0.011}
HOURS = {"full time": 0.512, "part time": 0.369, "no fixed hours": 0.119}

# The national codes of each ethnic group, with their shares within it.
ETHNICITIES = {
    "White": {"31": 0.90, "32": 0.02, "33": 0.005, "34": 0.075},
    "Mixed": {"35": 0.4, "36": 0.2, "37": 0.2, "38": 0.2},
    "Asian": {"39": 0.45, "40": 0.25, "41": 0.08, "42": 0.05, "43": 0.17},
    "Black": {"44": 0.65, "45": 0.28, "46": 0.07},
    "Other": {"47": 0.25, "98": 0.75},
}

SECTORS = {
    "1": ("local authority (adult services)", 0.06),
    "3": ("local authority (other)", 0.01),
    "6": ("private", 0.70),
    "7": ("voluntary", 0.20),
    "8": ("other", 0.03),
}

# code: share, kind of service, regulated, takes capacity, takes utilisation, delegated healthcare, pay group
SERVICES = {
    "1": (0.11, "nursing", 1, 1, 1, 1, 2),
    "2": (0.28, "residential", 1, 1, 1, 1, 2),
    "5": (0.01, "residential", 0, 1, 1, 1, 2),
    "6": (0.06, "day", 0, 1, 1, 1, 3),
    "8": (0.30, "domiciliary", 1, 0, 1, 1, 1),
    "12": (0.02, "domiciliary", 0, 0, 1, 1, 1),
    "13": (0.02, "community", 0, 0, 0, 0, 3),
    "15": (0.03, "community", 0, 0, 0, 1, 3),
    "16": (0.03, "social work", 0, 0, 0, 1, 3),
    "17": (0.01, "community", 1, 1, 1, 1, 3),
    "52": (0.02, "community", 0, 0, 0, 1, 3),
    "54": (0.03, "domiciliary", 1, 0, 1, 1, 3),
    "55": (0.07, "domiciliary", 1, 0, 1, 1, 2),
    "72": (0.01, "head office", 0, 0, 0, 0, 3),
}

# role: its weight in each kind of service, which is raked to the shares of the groups.
KINDS_OF_SERVICE = ("nursing", "residential", "domiciliary", "day", "community", "social work", "head office")
ROLES = {
    "1": (0.3, 0.4, 0.5, 0.5, 1, 0.5, 8),
    "2": (0.5, 0.6, 0.8, 1, 2, 2, 10),
    "3": (0.8, 1, 1.2, 2, 3, 4, 5),
    "5": (0.8, 1.2, 2, 2, 2, 1, 2),
    "6": (0, 0, 0.2, 0.5, 3, 45, 1),
    "7": (10, 12, 7, 5, 3, 0.5, 0),
    "8": (45, 55, 66, 40, 20, 2, 0),
    "9": (0.3, 1, 2, 8, 25, 5, 0),
    "10": (0, 0.1, 0.2, 1, 2, 1, 0),
    "11": (0, 0, 0.1, 0.5, 4, 1, 0),
    "15": (0.3, 0.1, 0.2, 0.5, 1, 8, 0),
    "16": (17, 0.3, 0.3, 0.2, 0.5, 0, 0),
    "17": (0.3, 0.1, 0, 0.2, 0.5, 0.5, 0),
    "23": (0.5, 0.8, 1, 3, 3, 1, 0),
    "24": (0.3, 0.4, 0.6, 1, 2, 1, 6),
    "25": (2, 2, 3, 4, 6, 9, 30),
    "26": (11, 10, 0.3, 5, 1, 0, 3),
    "27": (3, 3, 1, 4, 4, 1, 15),
    "34": (1.5, 1.5, 0.2, 5, 1, 0, 0),
    "35": (0, 0, 0.1, 0.1, 0.3, 4, 0),
    "36": (0.1, 0.1, 0.1, 0.5, 0.5, 3, 0),
    "37": (1, 0.1, 0, 0, 0.2, 0, 0),
    "38": (1.5, 0.2, 0, 0, 0, 0, 0),
    "39": (0, 0, 0.3, 0.2, 1, 7, 0),
    "40": (0.2, 0.4, 2, 0.5, 2, 2, 0),
    "42": (0, 0, 0.1, 0.3, 0.5, 0, 0),
    "43": (1, 1.5, 1, 1, 0.5, 0, 0),
    "44": (0.1, 0.1, 0.2, 0.1, 0.3, 0.3, 4),
    "45": (0.8, 1.2, 1.5, 1, 1, 1, 2),
    "46": (0, 0, 0, 0, 0.1, 0.3, 4),
    "48": (0, 0, 0, 0, 0.1, 0.2, 5),
    "49": (0, 0, 0, 0, 0, 0.1, 3),
    "52": (0.7, 5, 9, 14, 10, 1, 0),
    "4": (0, 0, 0, 0, 0, 0, 0),  # one a regulated workplace, see posts
}
ROLE_GROUPS = {
    "direct care": ("7", "8", "9", "10", "11", "23", "38", "52"),
    "managers": ("1", "2", "3", "4", "5", "24", "43", "45", "49"),
    "regulated professions": ("6", "15", "16", "17", "35", "37"),
    "other": ("25", "26", "27", "34", "36", "39", "40", "42", "44", "46", "48"),
}
GROUP_SHARES = {"direct care": 0.74, "managers": 0.08, "regulated professions": 0.06, "other": 0.12}  # about 2012
ROLES_WITHOUT_DELEGATED_HEALTHCARE = ("10", "16", "24", "25", "26", "27", "37", "38", "44", "46", "48", "49")
PATHWAY_CATEGORIES = {"8": "2", "52": "2", "7": "3", "5": "4", "45": "4", "43": "6", "4": "7"}

CONTRACTS = {"1": "permanent", "2": "temporary", "3": "bank", "4": "agency", "7": "other"}
CONTRACTS_OF_HOURS = {  # permanent, temporary, bank, agency, other
    "full time": (0.945, 0.040, 0.004, 0.006, 0.005),
    "part time": (0.930, 0.050, 0.008, 0.006, 0.006),
    "no fixed hours": (0.58, 0.06, 0.30, 0.05, 0.01),
}

# recruited from: 67.2% from within adult social care (1, 2 and 8)
RECRUITED_FROM = {
    "1": 0.080, "2": 0.552, "8": 0.040, "5": 0.070, "7": 0.030, "10": 0.060,
    "12": 0.028, "15": 0.085, "16": 0.010, "17": 0.015, "18": 0.030,
}  # fmt: skip

# nationality and country code: share among workers of White and of other ethnic groups
NATIONALITIES = {
    "826": (0.890, 0.480), "616": (0.035, 0.0), "642": (0.045, 0.0), "372": (0.012, 0.0), "356": (0.002, 0.150),
    "566": (0.0, 0.155), "716": (0.004, 0.080), "608": (0.0, 0.045), "288": (0.0, 0.050), "586": (0.0, 0.020),
    "998": (0.012, 0.020),
}  # fmt: skip

# social care qualification: highest level (or none, or not known)
LEVELS = {"none": 0.44, "2": 0.25, "3": 0.19, "4": 0.04, "5": 0.04, "6": 0.04}
QUALIFICATIONS = {"2": ("53", "129", "302"), "3": ("54", "56", "304"), "4": ("109", "305"), "5": ("307",), "6": ("16",)}

LEAVING_REASONS = tuple(str(code) for code in range(1, 13))  # the list is not public: any whole number is accepted

TRAINING = {  # category: months it is valid for, 0 for ever
    "20": 12, "15": 12, "6": 12, "10": 12, "13": 12, "7": 36, "8": 36, "9": 36, "14": 24, "2": 24, "22": 0, "23": 36,
    "42": 0, "17": 0, "32": 0, "11": 0,
}  # fmt: skip

# service users and their description, for each kind of service
SERVICE_USERS = {
    "nursing": (("1;25", ""), ("1;2;25", ""), ("3;25", "Older people after a hospital stay;")),
    "residential": (("1", ""), ("1;25", ""), ("5", ""), ("5;6", "")),
    "domiciliary": (("1;25;4", ""), ("25;4;5", ""), ("4;9", ";Adults with several needs")),
    "day": (("5", ""), ("1;25", "")),
    "community": (("6", ""), ("18;19", ""), ("21", "People who look for advice")),
    "social work": (("25;4;5;6", ""),),
    "head office": (("1;5", ""),),
}

TOWNS = ("Marlbrook", "Hexley", "Oakmere", "Stanbridge", "Thornley", "Wexcombe")
STREETS = ("High Street", "Station Road", "Mill Lane", "Church Road", "Park Avenue", "Canal Street")
OUTWARD = tuple(f"{area}{n}" for area, many in (("DY", 10), ("WS", 10), ("WV", 12)) for n in range(1, many))
# Prefixes that the tax office keeps for administrative numbers: valid in form, and no living person has one.
NI_PREFIXES = ("CR", "MW", "NC", "PP", "PY", "PZ")
