"""Who fills the posts: their characteristics, experience, qualifications and training, and where they came from."""

from workforce.profile.words import TOPIC_WORDS

from .forms import CARE_PROVIDING, LEFT, PLACES, SKILLS_FOR_CARE, posts_by, share

_AGE = posts_by(
    "age_band", "Age", "Posts by the age of the person on the day, in bands.", "people", special=True
)  # fmt: skip
_SEX = posts_by("sex", "Sex", "Posts by the sex of the person, as the employer has it.", "people", special=True)
_ETHNICITY = posts_by(
    "ethnicity", "Ethnic group", "Posts by ethnic group, on the finest list that all sources share.", "people",
    field="ethnicity15", special=True,
)  # fmt: skip
_NATIONALITY = posts_by(
    "nationality", "Nationality", "Posts by nationality: British, of the European Union, or other.", "people",
    field="nationality3", special=True,
)  # fmt: skip
_DISABILITY = posts_by(
    "disability", "Disability", "Posts by whether the person is disabled, as told to the employer.", "people",
    special=True,
)  # fmt: skip
_RECRUITED = posts_by(
    "recruit_source", "Where people came from", "Posts by where the person worked before.", "flows",
    source=SKILLS_FOR_CARE,
)  # fmt: skip
_QUALIFIED = posts_by(
    "qual_level", "Qualifications", "Posts in roles that provide care, by the person's highest level of a relevant "
    "qualification.", "skills", population=CARE_PROVIDING, source=SKILLS_FOR_CARE,
)  # fmt: skip
_CERTIFIED = posts_by(
    "care_certificate", "Care Certificate", "Posts in roles that provide care, by how far the Care Certificate has "
    "got.", "skills", population=CARE_PROVIDING, source=SKILLS_FOR_CARE,
)  # fmt: skip


def _training(topic, words):
    label = f"Training: {words}"
    measure = posts_by(
        f"training_{topic}", label, f"Posts by whether the latest training on {words} is up to date.", "skills"
    )
    yield measure
    yield share(
        f"share_trained_{topic}", f"Trained: {words}", f"The share of posts whose training on {words} is up to date.",
        measure, "current", "Posts whose training is up to date", "Posts of partners that record training",
    )  # fmt: skip


MEASURES = (
    _AGE,
    share("share_over_50", "People aged 50 or over", "The share of posts held by people aged 50 or over.", _AGE,
          "50_54 55_59 60_64 65_69 70_and_over", "Posts held by people aged 50 or over", "Posts whose age is known"),
    share("share_over_55", "People aged 55 or over", "The share of posts held by people aged 55 or over.", _AGE,
          "55_59 60_64 65_69 70_and_over", "Posts held by people aged 55 or over", "Posts whose age is known"),
    _SEX,
    share("share_women", "Women", "The share of posts held by women.", _SEX, "female", "Posts held by women",
          "Posts of which the person's sex is known"),
    _ETHNICITY,
    share("share_non_white", "People of ethnic groups other than White",
          "The share of posts held by people of Mixed, Asian, Black and other ethnic groups.", _ETHNICITY,
          "mixed_white_black_caribbean mixed_white_black_african mixed_white_asian mixed_other indian pakistani "
          "bangladeshi chinese asian_other black_african black_caribbean black_other other",
          "Posts held by people of these groups", "Posts whose ethnic group is known"),
    _NATIONALITY,
    share("share_non_british", "People of other nationalities",
          "The share of posts held by people who are not British.", _NATIONALITY, "eu non_eu",
          "Posts held by people who are not British", "Posts whose nationality is known"),
    _DISABILITY,
    share("share_disabled", "Disabled people", "The share of posts held by disabled people.", _DISABILITY, "yes",
          "Posts held by disabled people", "Posts of which it is known"),
    _RECRUITED,
    share("share_recruited_within", "Recruited from social care or the same employer",
          "The share of posts whose holders came from adult social care, or from another role of the same employer.",
          _RECRUITED, "asc_la asc_independent internal", "Posts whose holders came from there",
          "Posts of which it is known where the person came from"),
    posts_by("leave_reason", "Why people left", "Posts that somebody left, by the reason for leaving.", "flows",
             population=LEFT, flow=True, rows=PLACES),
    posts_by("leave_destination", "Where people went", "Posts that somebody left, by where the person went.", "flows",
             population=LEFT, flow=True, rows=PLACES),
    posts_by("experience_role", "Time in the role", "Posts by how long the person has been in the role.", "flows"),
    posts_by("experience_sector", "Time in the sector", "Posts by how long the person has worked in the sector, "
             "known by the year.", "flows"),
    _QUALIFIED,
    share("share_level_2", "Qualified to level 2 or above", "The share of posts in roles that provide care whose "
          "holders have a relevant qualification at level 2 or above.", _QUALIFIED, "2 3 4 5 6 7 8",
          "Posts held by people with level 2 or above", "Posts of which the level, or that there is none, is known"),
    _CERTIFIED,
    share("share_care_certificate", "Care Certificate completed", "The share of posts in roles that provide care "
          "whose holders have completed the Care Certificate.", _CERTIFIED, "completed",
          "Posts held by people who have completed it", "Posts of which it is known"),
    *(made for topic, words in TOPIC_WORDS.items() for made in _training(topic, words)),
    posts_by("registration", "Professional registers", "Posts by the professional register that the person is on, in "
             "roles that have one.", "registration"),
    posts_by("amhp", "Approved mental health professionals", "Posts by whether the person works as an approved mental "
             "health professional, in roles that can.", "registration"),
)  # fmt: skip
