"""Words that names of columns and tables are made of, for those that are written without vowels."""

from __future__ import annotations

from collections import defaultdict
from functools import cache

_WORDS = """
absence access account achievement action activity actual addition address adjustment admission
adult advance advert agency agent agreement airline airport album alert allocation allowance
ambulance amount analyst animal annual answer apartment applicant application appointment approval
approved arrears arrival article artist asset assignment associate attempt attendance attribute
auction audience audit author available award backlog badge balance barcode barrel basket batch
battery bedroom beginning behaviour benefit beverage bidder billing birth block board bonus
booking borrower bottle branch brand breakdown breakfast broker budget builder building bundle
burden business buyer cabin calendar campaign campus candidate capacity capital cargo carrier
carton category cause centre ceremony certificate chain chamber channel chapter charge charity
chassis checkout chemist child children church cinema circuit claim claimant class cleaner
cleaning client clinic clinician closed closing coach collection college colour comment commission
committee commodity company compartment complaint complete completed component compressor concert
condition conductor connection consultant consumer contact container content contract contractor
contribution control conversion conveyor corporate council counter country county coupon course
court cover credit criteria critical crossing currency customer cycle damage deadline dealer debit
debtor decision defect deficit degree delay delivery demand dentist department departure deposit
depot depth description design destination device diagnosis diesel dimension dinner director
discharge discount dispatch display distance district division doctor document dollar domestic
donation donor dosage download downtime draft drawer driver duration early earnings edition
education effort electric element eligible email emergency employee employer employment engine
engineer enquiry enrolment entrance entry environment equipment error escalation estate estimate
event evidence examination exchange exempt exercise expected expense experience expiry export
exposure extension external extra facility factory faculty failure family farmer feature feedback
female fertiliser figure filter final finance finish fixture fleet flight floor follow forecast
foreign forest format formula forward franchise freezer freight frequency friend frozen function
funding furnace garage garden gasoline gender general generator gift glass grade graduate grain
grant gravity grocery ground group grower growth guarantee guest guide handling handset harvest
headcount health heating height holder holding holiday horse hospital hotel house household
housing humidity identifier illness image impact import impression improvement incident income
increase index indicator industry inflow information ingredient inspection inspector installation
instalment instructor insurance insured intake interest internal interval inventory investment
invoice issue issued journal journey judge junction kitchen label labour landing landlord language
laundry lawyer layer leader league leakage learner lease leaver lecture ledger legal leisure
length lesson level library licence lifetime limit liquid listing litre livestock loading local
location locker lodging logistics lorry lottery luggage machine magazine maintenance manager
manufacturer margin marital market marketing material maturity maximum meeting member membership
merchant message meter method mileage minimum minute mission mobile model module money monitor
month monthly mortgage motor movement museum music mutual nation national native network night
nominal normal notice number nurse nursery object occupancy occupation offence office officer open
opening operation operator opponent option orchard order organic origin outage outcome outlet
output overdue overtime owner package packaging packing painter pallet panel paper parcel parent
parking partner party passenger patient pattern payment payroll penalty pending pension people
percent performance period permit person personal petrol pharmacy phone photo physician picker
pickup picture pipeline pitch placement planned planning plant plastic platform player pledge
plumber pocket point police policy pollution population portfolio position postal postcode pound
power practice premium prepaid prescription present pressure preview price primary printer
priority prison private prize problem procedure process producer product production profile profit
programme progress project promotion property proposal prospect protein provider province public
publisher pupil purchase purpose quality quantity quarter query question queue quota quotation
quote racing radiator railway rating reader reading reason receipt received recipe recipient
record recruiter recycling redemption reference referral refill refund region register
registration regular reject release remark reminder removal renewal rental repair repeat
replacement report request requester required research reservation reserve residence resident
resolution resource response restaurant result retail retention return returned revenue review
reward rights roaming roster route royalty runtime safety salary sales sample saving
schedule scheduled scheme school science score screen screening search season second secondary
section sector security segment seller seminar sender sensor series service session settlement
severity sewage share shelter sheriff shift shipment shipped shipper shipping shopper shortage
shower signal silver single sister skill smoker social software soldier source space spare speaker
special specialist species speed spending spoilage sponsor square stadium staff stage standard
start started state statement station status steel sticker stock storage store story street
strength student studio study style subject submission subscriber subscription subsidy success
suite summary summer supervisor supplier supply support surcharge surface surgeon surgery surplus
survey suspended switch symptom system table tablet target tariff taxable taxpayer teacher
technician technology temperature tenancy tenant tender tenure terminal terms territory test
theatre therapist therapy ticket timber title tonnage topic tourist tower tracking trader traffic
trailer trainee trainer training transaction transfer transit transmission transport travel
treatment trend trial truck trust tuition turbine turnaround turnover tutor type tyre underwriter
uniform unit university update upload urgent usage utility vacancy vaccine valuation value
variance variety vehicle vendor venue version vessel victim video viewer village vintage
visibility visitor voltage volume volunteer voucher voyage waiting waiver warehouse warranty waste
watch water wealth weather website weekend weekly weight wholesale width window winner winter
withdrawal witness worker workshop yield
"""


def without_vowels(short: str) -> str:
    """The one usual word of which the letters are all consonants: gender of `gndr`; else none."""
    words = _skeletons().get(short, ())
    return words[0] if len(words) == 1 else ""


def is_usual(word: str) -> bool:
    """Whether the word is one of them, so that it is no slip for another."""
    return word in _usual()


@cache
def _usual() -> frozenset[str]:
    return frozenset(_WORDS.split())


@cache
def _skeletons() -> dict[str, list[str]]:
    """Consonants to their words: doubled ones once, a last e may stay, y and the c of ck may go."""
    found: dict[str, list[str]] = defaultdict(list)
    for word in _WORDS.split():
        bare = word[0] + "".join(c for c in word[1:] if c not in "aeiou")
        once = "".join(c for at, c in enumerate(bare) if bare[at - 1 : at] != c)
        loose = once[0] + once[1:].replace("y", "")
        for form in {once, loose, once.replace("ck", "k"), once + "e" * word.endswith("e")}:
            if len(form) > 2:
                found[form].append(word)
    return found
