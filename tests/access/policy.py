"""Who may open what: one line per address, written by hand and held against the code by test_matrix.py.

`own` and `other` list who is let in, by letter, for something of the council's and for something of the trust's:

    C coordinator  S steering member  L partner lead (council)  M manager (council)
    D data steward (council)  O observer (council)  T manager (trust)

Everybody else gets 403; a signed-in person from outside the partnership gets 404; nobody signed in goes to the
sign-in page. PUBLIC addresses open for all, SIGNED_IN ones for everybody with an account.
"""

from dataclasses import dataclass

MEMBERS = "CSLMDOT"
READERS = "CSLMDT"  # of the workforce profile
ANY = "any"


@dataclass(frozen=True)
class Line:
    methods: str  # those that the address answers
    own: str = MEMBERS
    other: str | None = None  # as `own` unless said otherwise
    public: bool = False
    signed_in: bool = False

    def who(self, side):
        return set(self.own if side == "own" or self.other is None else self.other)


def public(methods="GET"):
    return Line(methods, public=True)


def signed_in(methods="GET"):
    return Line(methods, signed_in=True)


POLICY = {
    # Anybody
    "healthz": public(),
    "readyz": public(),
    "partners:accessibility": public(),
    "partners:invitation-accept": public("GET POST"),
    "account_login": public("GET POST"),
    "account_reset_password": public("GET POST"),
    "account_reset_password_done": public(),
    "account_reset_password_from_key": public("GET POST"),
    "account_reset_password_from_key_done": public(),
    "account_inactive": public(),
    "account_logout": public("GET POST"),
    "actions:calendar-read": public(),  # the secret in the address asks for its person's rights
    # Anybody with an account
    "account_change_password": signed_in("GET POST"),
    "account_set_password": signed_in("GET POST"),
    "partners:who-may-do-what": signed_in(),
    "partners:kept-words": signed_in(),
    "partners:who-am-i": signed_in(),
    "partners:gallery": signed_in(),
    "reviews:start": signed_in(),
    # Members
    "reviews:home": Line("GET"),
    "reviews:notices-read": Line("POST"),
    "partners:partner-list": Line("GET"),
    "partners:partner-add": Line("GET POST", own="C"),
    "partners:invite": Line("GET POST", own="CL"),
    "partners:invitation-revoke": Line("POST", own="CL", other="C"),
    "partners:membership-end": Line("GET POST", own="CL", other="C"),
    "strategies:strategy-current": Line("GET"),
    "strategies:strategy": Line("GET"),
    "strategies:strategy-start": Line("GET POST", own="CS"),
    "strategies:strategy-edit": Line("GET POST", own="CS"),
    "strategies:principles-adopt": Line("GET POST", own="CS"),
    "strategies:heading-add": Line("GET POST", own="CS"),
    "strategies:heading-edit": Line("GET POST", own="CS"),
    "strategies:heading-move": Line("POST", own="CS"),
    "strategies:heading-remove": Line("POST", own="CS"),
    "strategies:sign-up": Line("GET POST", own="CL", other="C"),
    # Released figures are for everybody who reads the profile; citing one changes the strategy.
    "explore:explore": Line("GET", own="CSLMDT"),
    "explore:figure": Line("GET", own="CSLMDT"),
    "explore:public-profile": public(),
    "explore:public-file": public(),
    "strategies:figure-cite": Line("GET POST", own="CS"),
    "strategies:citation-remove": Line("POST", own="CS"),
    # Files about the workforce and their faults are for the partner's own data steward; the trust has none here.
    "workforce:upload-list": Line("GET"),
    "workforce:template-blank": Line("GET"),
    "workforce:data-protection": Line("GET"),
    "quality:quality": Line("GET", own="CSLD"),
    "quality:quality-partner": Line("GET", own="CSLD", other="CS"),
    "quality:sector-size": Line("GET", own="CSLD"),
    "quality:sector-size-add": Line("GET POST", own="C"),
    "quality:sector-size-edit": Line("GET POST", own="C"),
    "quality:sector-size-remove": Line("GET POST", own="C"),
    # Drafts are for those who make and release reports; the trust's own report is its stewards', and it has none here.
    "profile:release-list": Line("GET", own=READERS),
    "profile:hiding": Line("GET", own=READERS),
    "profile:profile-ask": Line("GET POST", own="C"),
    "profile:own-ask": Line("GET POST", own="D"),
    "profile:part-list": Line("GET POST", own="C"),
    "profile:part-edit": Line("GET POST", own="C"),
    "profile:schedule-edit": Line("GET POST", own="C"),
    "profile:context-list": Line("GET", own=READERS),
    "profile:context-add": Line("GET POST", own="C"),
    "profile:context-edit": Line("GET POST", own="C"),
    "profile:context-remove": Line("GET POST", own="C"),
    "profile:release": Line("GET", own=READERS, other=""),
    "profile:release-part": Line("GET", own=READERS, other=""),
    "profile:release-hidden": Line("GET", own=READERS, other=""),
    "profile:release-file": Line("GET", own=READERS, other=""),
    "profile:release-check": Line("GET", own="CS", other=""),
    "profile:release-release": Line("POST", own="CS", other=""),
    "profile:release-discard": Line("POST", own="C", other=""),
    "profile:release-again": Line("POST", own="C", other=""),
    "profile:release-withdraw": Line("GET POST", own="CS", other=""),
    "workforce:upload-send": Line("GET POST", own="D"),
    "workforce:upload": Line("GET", own="D", other=""),
    "workforce:upload-progress": Line("GET", own="D", other=""),
    "workforce:upload-columns": Line("GET POST", own="D", other=""),
    "workforce:upload-cause": Line("GET", own="D", other=""),
    "workforce:upload-faults": Line("GET", own="D", other=""),
    "workforce:upload-marked": Line("GET", own="D", other=""),
    "workforce:upload-cancel": Line("POST", own="D", other=""),
    "workforce:upload-accept": Line("POST", own="D", other=""),
    "workforce:upload-send-back": Line("POST", own="D", other=""),
    "workforce:upload-withdraw": Line("POST", own="D", other=""),
    "workforce:upload-restore": Line("POST", own="D", other=""),
    "actions:plan-current": Line("GET"),
    "actions:plan": Line("GET"),
    "actions:plan-board": Line("GET"),
    "actions:plan-timeline": Line("GET"),
    "actions:status-move": Line("POST", own="CSLM", other="CST"),
    "actions:view-save": Line("GET POST"),
    "actions:view-edit": Line("GET POST", own="CS"),
    "actions:view-delete": Line("GET POST", own="CS"),
    "actions:calendar-feeds": Line("GET POST"),
    "actions:calendar-stop": Line("POST"),
    "actions:plan-live": Line("GET"),
    "actions:plan-presence": Line("POST"),
    "actions:cell-save": Line("POST", own="CSLM", other="CST"),
    "actions:action-place": Line("POST", own="CS"),
    "actions:action-add-below": Line("POST", own="CSLM", other="CST"),
    "actions:held-edit": Line("GET"),
    "actions:held-settle": Line("POST", own="CSLM", other="CST"),
    "actions:removed-rows": Line("GET"),
    "actions:plan-history": Line("GET"),
    "actions:plan-as-at": Line("GET"),
    "actions:plan-put-back": Line("GET POST", own="CS"),
    "actions:action-history": Line("GET"),
    "actions:row-put-back": Line("GET POST", own="CSLM", other="CST"),
    "actions:value-put-back": Line("GET POST", own="CSLM", other="CST"),
    "actions:plan-export": Line("GET"),
    "actions:plan-document-forget": Line("POST", own="CS"),
    "actions:plan-import-start": Line("GET POST", own="CS"),
    "actions:plan-import": Line("GET", own="CS"),
    "actions:plan-import-apply": Line("POST", own="CS"),
    "actions:plan-import-columns": Line("GET POST", own="CS"),
    "actions:plan-import-row": Line("GET POST", own="CS"),
    "actions:plan-import-row-out": Line("POST", own="CS"),
    "actions:plan-import-row-in": Line("POST", own="CS"),
    "actions:plan-import-row-join": Line("POST", own="CS"),
    "actions:plan-import-undo": Line("POST", own="CS"),
    "actions:plan-import-drop": Line("POST", own="CS"),
    "actions:plan-paste": Line("GET POST", own="CSLMT"),
    "actions:plan-change-many": Line("GET POST", own="CSLMT"),
    "actions:plan-batch-apply": Line("POST", own="CSLMT"),
    "actions:action-add": Line("GET POST", own="CSLMT"),
    "actions:action": Line("GET"),
    "actions:action-edit": Line("GET POST", own="CSLM", other="CST"),
    "actions:action-duplicate": Line("POST", own="CSLM", other="CST"),
    "actions:action-move": Line("POST", own="CS"),
    "actions:action-remove": Line("GET POST", own="CSL", other="CS"),
    "actions:action-restore": Line("POST", own="CSL", other="CS"),
    "actions:update-post": Line("GET POST", own="CSLM", other="CST"),
    "actions:timescale-correct": Line("GET POST", own="CSLM", other="CST"),
    "actions:milestone-done": Line("POST", own="CSLM", other="CST"),
    "actions:comment-add": Line("GET POST"),
    "actions:attachment-add": Line("GET POST", own="CSLM", other="CST"),
    "actions:attachment": Line("GET"),
    "actions:attachment-remove": Line("POST", own="CSLM", other="CST"),
}
