"""What the values of breakdowns are called on a page."""

from workforce.template import AGE_BANDS, TOPICS

NO_VALUE = "no_value"
EVERY = "all"  # the one column of a measure that has no breakdown


def _age_bands():
    plain = {band: band.replace("_", " to ") for band in AGE_BANDS.split() if band[0].isdigit() and "and" not in band}
    return {"under_20": "Under 20"} | plain | {"70_and_over": "70 and over"}


SERVICES = {
    "care_home_nursing": "Care home with nursing", "care_home": "Care home without nursing",
    "domiciliary": "Domiciliary care", "supported_living_extra_care": "Supported living and extra care",
    "day": "Day care", "community_support": "Community support",
    "assessment_care_management": "Assessment and care management", "acute": "Acute hospital",
    "community_health": "Community health", "mental_health": "Mental health", "primary_care": "Primary care",
    "ambulance": "Ambulance", "corporate": "Corporate", "other": "Other services",
}  # fmt: skip
SECTORS = {
    "la": "Local authority", "independent_private": "Private", "independent_voluntary": "Voluntary", "nhs": "NHS",
    "primary_care": "Primary care", "direct_payment": "Direct payments", "other": "Other employers",
}  # fmt: skip
ROLES = {
    "senior_manager": "Senior manager", "registered_manager": "Registered manager",
    "other_manager_supervisor": "Other manager or supervisor", "social_worker": "Social worker",
    "occupational_therapist": "Occupational therapist", "registered_nurse": "Registered nurse",
    "nursing_associate": "Nursing associate", "ahp_other": "Other allied health professional",
    "medical_dental": "Doctor or dentist", "scientific_professional": "Scientific or other professional",
    "senior_care_worker": "Senior care worker", "care_worker": "Care worker",
    "support_outreach_worker": "Support or outreach worker", "healthcare_support": "Healthcare support worker",
    "therapy_assistant": "Therapy assistant", "care_coordination_assessment": "Care co-ordination and assessment",
    "personal_assistant": "Personal assistant", "admin_clerical_digital": "Administration and digital",
    "estates_ancillary_other": "Estates, ancillary and other", "childrens_role": "Children's services role",
    "student_learner": "Student or learner",
}  # fmt: skip
ROLE_GROUPS = {
    "direct_care_support": "Direct care and support", "regulated": "Regulated professions", "manager": "Managers",
    "other": "Other roles",
}  # fmt: skip
ETHNICITY_15 = {
    "white_british": "White British", "white_irish": "White Irish", "white_other": "Other White",
    "mixed_white_black_caribbean": "White and Black Caribbean", "mixed_white_black_african": "White and Black African",
    "mixed_white_asian": "White and Asian", "mixed_other": "Other mixed", "indian": "Indian",
    "pakistani": "Pakistani", "bangladeshi": "Bangladeshi", "chinese": "Chinese", "asian_other": "Other Asian",
    "black_african": "Black African", "black_caribbean": "Black Caribbean", "black_other": "Other Black",
    "other": "Other ethnic group",
}  # fmt: skip
ETHNICITY_5 = {"white": "White", "mixed": "Mixed", "asian": "Asian", "black": "Black", "other": "Other ethnic group"}
RECRUITED_FROM = {
    "asc_la": "Local authority social care", "asc_independent": "Independent social care", "health": "Health",
    "childrens_social_care": "Children's social care", "other_care_sector": "Other care sector",
    "education": "Education", "not_employed": "Not employed", "agency": "Agency",
    "internal": "Same employer, another role", "abroad": "Abroad", "other": "Elsewhere",
}  # fmt: skip
LEAVE_REASONS = {
    "another_asc_employer": "Another social care employer", "health_sector": "To the health sector",
    "different_sector": "To a different sector", "same_organisation": "Another role, same employer",
    "chose_to_leave": "Chose to leave", "retired": "Retired", "terminated": "Dismissed or made redundant",
    "end_of_contract": "Contract ended", "died": "Died", "other": "Other reason",
}  # fmt: skip
DESTINATIONS = {
    "nhs": "NHS", "social_care": "Social care", "social_care_la": "Social care, local authority",
    "social_care_independent": "Social care, independent", "other_sector": "Another sector",
    "retirement": "Retirement", "not_working": "Not working", "other": "Elsewhere",
}  # fmt: skip
EXPERIENCE = {
    "under_1": "Less than 1 year", "1_to_2": "1 to 2 years", "3_to_4": "3 to 4 years", "5_to_9": "5 to 9 years",
    "10_to_19": "10 to 19 years", "20_and_over": "20 years or more",
}  # fmt: skip
QUALIFIED = {"none": "No qualification", "entry": "Entry level"} | {
    str(level): f"Level {level}" for level in range(1, 9)
}
TRAINING = {"current": "Up to date", "expired": "Expired", "never_recorded": "None recorded"}
TOPIC_WORDS = {
    "induction": "induction", "moving_handling": "moving and handling", "safeguarding": "safeguarding",
    "dementia": "dementia", "infection_control": "infection control", "medication": "medication",
    "end_of_life": "end of life care", "mca_dols": "mental capacity and deprivation of liberty",
    "autism_ld": "autism and learning disability", "leadership": "leadership", "health_safety": "health and safety",
    "other": "other topics",
}  # fmt: skip

# Breakdown or level of a grouping -> value -> words, in the order of the page.
WORDS = {
    "sector": SECTORS,
    "service": SERVICES,
    "role": ROLES,
    "role_group": ROLE_GROUPS,
    "contract": {
        "permanent": "Permanent", "fixed_term_temporary": "Fixed-term or temporary", "bank": "Bank or pool",
        "agency": "Agency", "other": "Other",
    },
    "contract2": {"permanent": "Permanent", "not_permanent": "Not permanent"},
    "hours_pattern": {"full": "Full time", "part": "Part time", "none_fixed": "No fixed hours"},
    "hours_pattern2": {"full": "Full time", "not_full": "Part time or no fixed hours"},
    "zero_hours": {"yes": "Zero hours", "no": "Guaranteed hours"},
    "apprentice": {"yes": "Apprentice", "no": "Not an apprentice"},
    "age_band": _age_bands(),
    "age10": {
        "under_20": "Under 20", "20_29": "20 to 29", "30_39": "30 to 39", "40_49": "40 to 49", "50_59": "50 to 59",
        "60_and_over": "60 and over",
    },
    "age50": {"under_50": "Under 50", "50_and_over": "50 and over"},
    "sex": {"female": "Female", "male": "Male", "other": "Other"},
    "ethnicity15": ETHNICITY_15,
    "ethnicity5": ETHNICITY_5,
    "ethnicity2": {"white": "White", "not_white": "Other ethnic groups taken together"},
    "nationality3": {"british": "British", "eu": "European Union", "non_eu": "Other"},
    "nationality2": {"british": "British", "not_british": "Not British"},
    "disability": {"yes": "Disabled", "no": "Not disabled"},
    "recruit_source": RECRUITED_FROM,
    "recruit3": {
        "social_care": "Social care, or the same employer", "health": "Health", "elsewhere": "Anywhere else",
    },
    "leave_reason": LEAVE_REASONS,
    "leave_reason3": {
        "another_employer": "Another employer in health or social care", "ended": "Retired, ended or died",
        "otherwise": "Any other reason",
    },
    "leave_destination": DESTINATIONS,
    "leave_destination3": {
        "health_or_care": "Health or social care", "elsewhere": "Another sector or elsewhere",
        "not_working": "Retirement or not working",
    },
    "qual_level": QUALIFIED,
    "qual4": {"below_2": "Below level 2", "2": "Level 2", "3": "Level 3", "4_and_over": "Level 4 and over"},
    "qual2": {"below_2": "Below level 2", "2_and_over": "Level 2 and over"},
    "care_certificate": {"completed": "Completed", "in_progress": "In progress", "no": "Not started"},
    "care_certificate2": {"completed": "Completed", "not_completed": "Not completed"},
    "registration": {
        "none": "On no register", "nmc": "Nursing and Midwifery Council",
        "hcpc": "Health and Care Professions Council", "swe": "Social Work England", "gmc": "General Medical Council",
        "other": "Another register",
    },
    "registration2": {"none": "On no register", "registered": "On a register"},
    "amhp": {"yes": "Approved", "no": "Not approved"},
    "experience_role": EXPERIENCE,
    "experience_sector": EXPERIENCE,
    "experience4": {
        "under_1": "Less than 1 year", "1_to_4": "1 to 4 years", "5_to_9": "5 to 9 years",
        "10_and_over": "10 years or more",
    },
    "experience2": {"under_5": "Less than 5 years", "5_and_over": "5 years or more"},
    "size_band": {"1_to_9": "1 to 9 staff", "10_to_49": "10 to 49 staff", "50_and_over": "50 staff and over"},
    "size2": {"under_50": "Under 50 staff", "50_and_over": "50 staff and over"},
    **{f"training_{topic}": TRAINING for topic in TOPICS.split()},
    "training2": {"current": "Up to date", "not_current": "Expired or none recorded"},
    "percentiles": {
        "p10": "Lowest tenth up to", "p25": "Lower quarter up to", "p50": "Half up to",
        "p75": "Three quarters up to", "p90": "Nine tenths up to",
    },
    "mean": {"mean": "Mean"},
    "rate": {"rate": "Rate"},
    "estimate": {
        "unweighted": "As sent in", "weighted": "Weighted to the known size", "low": "At the least",
        "high": "At the most",
    },
}  # fmt: skip
NOT_RECORDED = "Not recorded"
