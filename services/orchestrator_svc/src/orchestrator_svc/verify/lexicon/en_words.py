# ruff: noqa: E501 - word lists read best as they are
"""Plain English words: those that a sentence may use without claiming anything by them.

Whatever is neither here nor a word of the data or of a claim that a check understands makes a
sentence unproved. So a word belongs here only when no figure and no fact could make it false: no
directions, degrees, causes, judgements, plans or things that a business measures.
"""

from __future__ import annotations

from pathlib import Path

_FUNCTION = """
a about above across actually after again against ago alike all along alongside already also although always am among an and another any anything anyone are around as aside at
away back be because been before behind being below beneath beside besides between beyond both but by came can cannot come comes coming did do does doing done down during each either
else etc even ever every few for former from further had has have having he hence her here hers how however i if in indeed inside instead into is it its itself just latter lest let like
may me might more moreover most much my namely near neither never next no nobody none nor not nothing now of off often on once one ones only onto or other others otherwise our ours out outside over
own per perhaps quite rather really regarding regardless same she should since so some something sometimes soon still such than that the their theirs them themselves then there thereby therefore these they
thing things this those though through thus to together too toward towards under unless unlike until up upon us used usual usually versus very via was we well went were what whatever when whenever where
whereas wherever whether which whichever while who whole whom whose why will with within without would yet
"""

_SHOWING = """
accompany account accumulate achieve act add adds address adjust aggregate allow amount answer appear apply arrange ask attach average base bear become began begin begun belong break bring brings brought build built calculate call
 catch change choose chose classify close collect combine compare compile complement comprise compute concern conclude confirm consider consist contain contrast contribute correspond count cover create cut date
deal demonstrate denote describe determine differ display distinguish distribute divide draw drawn drew drill each-way emerge enable end enter equal establish estimate exclude exist expect explain explore express extend
face fall-back feature fell-back fill filter find finish fit focus follow form found frame gather gave get give given gives go goes got group happen head held help highlight hit hold identify illustrate imply include indicate inform
interpret introduce investigate involve join judge keep kept know known label land lay lays leave left lend let lie lies limit link list look made make makes making map mark match matter mean means measure meet mention met monitor move moved
name need note observe obtain occupy occur offer omit open order organise organize originate outline overview own pass pick place plan play plot point pose post present proceed provide put question
quote raise range ran rank rate reach read receive recommend record reflect refer register relate rely remain remove repeat report represent request require rest restrict result return reveal review run runs sample
sat saw say says search section see seek seem seen select send sent separate set settle share shift show shown shows sit sits situate sort source span speak split spread stand stands start state stay stem step
stood stop study suggest sum summarise summarize support surround survey take taken takes talk tell test think told took total touch trace track turn understand undergo use valid verify view wait want
watch work write written yield
"""

_NOUNS = """
accuracy action activity addition agreement aid aim analysis analyst answer appendix approach area aspect attention axis backdrop background balance bar base baseline basis beginning behaviour behavior block body bottom-line bound box breakdown
building case category caution caveat centre center chapter chart choice circumstance class code column combination comment comparison completeness composition conclusion condition context contribution contrast contributor coverage cross-check curve cycle data
database dataset date day days decision deck definition denominator detail development deviation diagram difference dimension direction display distance distribution edge effect element end entity entry environment error evidence examination example exclusion
exhibit expectation explanation extent extract extreme fact factor feature field figure file filter finding footing footnote form format formula frequency frame front full game gap glance grain granularity graph ground group grouping half-way hand heading headline height hint history
hour hours idea impact implication individual information insight instance interest interval interpretation investigation issue item join key kind label lead leader length level levels limit limitation line link list look magnitude main manner map mark material matter maximum mean meaning measure measurement
median member message method metric middle minimum minute mix model moment month months movement name nature need note notes notice number numbers numerator object observation occasion one-off onward onwards option order organisation organization origin others outcome outlier outlook overall overview page pair panel
part parts pattern period periods perspective phase picture piece place plot point points pool population portion position possibility practice presence presentation priority procedure process proportion purpose quality quantity quarter query question range rank ranking rate rates ratio reader
reading reason record records reference region relation relationship remainder remark report rest result results review right role room row rows sample scale scope season seasons second sense sequence series set shape share shares side sides size slice slide slope snapshot sort source span split spot spread stage
standard start starting statement statistic step steps story structure study subject sum summary supplement survey swing table task term terms test testing text theme time times title today tone topic total totals trend trends type unit units use value values variable variant variation variability view volume way ways week weeks weight whole width word
words year years yardstick
deck decks workspace space null nulls blank blanks duplicate duplicates key keys id ids identifier
"""

_DESCRIBING = """
able absolute according additional adjacent again alone altogether annual apart apparent approximate approximately apart available average averaged basic brief broad broadly calendar certain clear clearly close closely closer combined common comparable comparative comparatively complete
completely concrete considerable considerably consistent continuous corresponding cross-sectional current currently daily decisive dependent descriptive different direct directly distinct distinctly due early earlier easy either elsewhere empty enough entire equivalent especially essential essentially exact exactly except excluding existing explicit explicitly extra fair fairly
familiar far final finally first following fourth fresh full fully further general generally given global hard hence hidden high historical hourly important in-depth incomplete independent independently individual individually initial initially inner interesting internal key large last late later latest least less
likely little local long low main mainly many material mere merely middle missing mixed monthly mostly narrow narrowed natural near nearby nearest necessary new normal notable notably notably numeric numerical obvious old open opposite ordinary original outer outright overall overnight own paired partial partially partly particular
particularly past plain possible potential potentially preceding precise precisely preliminary present previous previously primarily principal prior proper pure purely quarterly quick quickly raw ready recent recently regular relative relatively relevant remaining remarkable remarkably representative respective respectively restricted right rough roughly round
scattered seasonal second secondary separate separately sharp sharply short significant significantly similar similarly simple simply simultaneously single sizeable sizable small solid somewhat special specific specifically standard steep steeply straightforward strict strictly strong strongly substantial substantially sudden suddenly sufficient
tentative third thorough thoroughly tied tight together top total true typical typically ultimate unadjusted underlying unequal uneven unevenly unit-free unknown unlike unweighted upper useful usual usually valid various vast visible visibly weak weekly weighted well whole wide widely worth worthwhile yearly
"""

_ADVICE = """
action actions agree agenda aim assess begin check clarify compare consider decide deepen dig discuss examine explore first focus further investigate keep look monitor next prioritise prioritize recommend recommended repeat review revisit see start starting study target test track try understand
verify watch worth
"""

_MORE = """
whoever abbreviation abstract hide hides hid hidden lever levers accessible accordingly acknowledge acquire actionable actual adapt addressable adequate adhere adjusting admin administration adopt advance advantageous affect affected agency ahead album align allocate allocation almost alphabetical alternate alternately alternative ambiguous amid anchor
anonymous anticipate anywhere appearance applicable appreciate appropriate approve arbitrary argue arise arose array article artefact artifact assemble assign assist associate associated assume assumption assure attempt attribute attributed audience author automatic avoid aware bear-in-mind belongs besides bidirectional bin blend bold border bottom
brought bucket bundle candidate capacity careful carefully ceiling challenge chance characteristic characterise characterize circle cite claim classification clean cleaned clock-time cluster coarse coincide coincides coloured colored colour color combination commentary communicate communication company competing
compress concentrate concentrated concept concern concise concurrent condense conduct confidence conflict connect connected connection consecutive consequence consequently considering consistency constitute constraint construct construction contact contents context contextual contrary control convention convert convey cooperation coordinate coordinated copy core correct
correction correlate correlated correlation correspondingly counted counterpart course covariate cross cumulative curious current cut-off daypart debate declare dedicated deduce default define definite degree deliberate delimit denominator depart depend dependence depends depict depth derive derived design desire destination detect detectable
diagnose diagnosis diagnostic differentiate dig dimensional directional disaggregate disappear disregard distort distorted doubt draft duration dynamic easily edit effective effort eligible eliminate embed emphasis emphasise emphasize encounter encourage engage ensure entirely equally estimated evaluate evaluation evident examined exceptional
 exclusive exclusively executive exercise exposure expression external extreme extremes factual fail fine fit flag flagged flow footprint force foremost formal foundation freely frequent frequently fringe function functional fundamental gauge genuine geographic geographical geography
goal govern govern greatly guard guide guidance half-open handful headline-figure heart heterogeneous hierarchy horizon horizontal hypothetical idle illustrative imbalance imagine immediate immediately impress impression incident inclination inclusive indicated indication indicative indicator infer inference influence inform initiative inspect inspection intend intended intense intensity
intention interact interaction intermediate interrupt intersection intra inventory isolate isolated joint jointly judged justified justify lack lacks lacking language largely lasting layer layout lean learn legend lens lesson lightly likewise linear listed literal locate location logic longer-term loose lump manage management manifest margin-free
mask masked master mature meaningful meaningfully mechanism mention merge merit methodology mild mind minor misleading mislead moderate moderately modest modestly moreover multiple mutual namely narrative nature necessarily needed neighbour neighbor neighbouring neighboring network nominal nonetheless nevertheless normalise normalize notice noticeable noticeably nuance objective
observational occasional occasionally official offset older opinion opportunity opt oriented otherwise ought outward overlap overlapping overlook owner packed painted parallel parameter participant participate passage passing path peculiar peer pending perceive perform performance perhaps periodic permit person personal persons
perspective phenomenon plainly plausible plausibly pledge plus pocket pointer policy positive predominantly prefer preference prepare prepared presenter presumably pretty prevail prevailing preview primary prioritised priority priorities problem processing profile programme program project prominent prompt pronounced proof proven provided provisional proximity pursue push
qualify quarter-end quote random rare rarely ratio-based realistic reality realise realize reappear reasonable reasonably rebuild recall recognise recognize reconcile recur recurrence recurring recurs redistribute redraw refine refined refresh regard regime regularity reinforce relevance reliable reliability reliably remedy remind report-out reporting requirement resemble reserve residual resource resources respect respond response
responsibility retain reverse revise robust root round-the-clock rounded rounding routine rule safe sake scan scarce scatter scenario schedule scheduled schema scheme scope scrutiny secure segment segmentation select selection sensible sensitive sensitivity sentence shadow shallow shaped sharing sheet shed-light shift showing sibling sign signal significance silent
simplify situation skew skewed slot smooth smoothed so-called solution sound spare spatial specify specification spectrum spot-check stack stacked stakeholder stand-out starting-point stated stretch structural structured style subgroup subset subtotal successive suffer sufficient suitable summarised summed support-level suppose surface surprise surprising susceptible symbol symmetrical system systematic
systematically tail tally tandem targeted technical temporal temporary tend tendency tends territory theory threshold throughout tick tier tiny title token tolerance tool topic traceable tracked trade-off transfer transform transition transparent tried triangle trigger truncate truncated trust turn turning-point twin typical unaffected uncertain uncertainty unclear uncover
underline underlines understate understates overstates overstate underpin underneath undertake unfold uniformly unify union unique universe unrelated unresolved unseen unsettled unspecified updated upside urgent usable user-visible usefulness vantage variability vary varying vertical viewer viewed viewpoint vital wait-and-see walk warning warrant warrants watchlist
week-long weight well-defined whatever wider window wise wording work-in-progress workload worst-case yardstick zone larger smaller bigger younger older minor middling mid-sized medium sized size-restricted short-term long-term medium-term
"""

_IDIOM = """
gone witness witnesses witnessed underscore underscores underscored recommendation recommendations pace ups downs calm attract recent quick carries accept admit admittedly afterwards albeit all-round amongst angle anybody anyway apt arc arithmetic arithmetical arm asterisk attest await backbone bare bedrock beware bit board boards booked bookend bookends boundary bracket branch breath
bridge brink browse buck bunch business central centrepiece chain character chief chiefly civil clock cloud clue coin collectively comfort commence component composite confront conversely cope corner cornerstone cue cushion dash deep despite
disclaimer disclose documented dot echo empirical encompass endpoint engine episode equate equation essence evolve exception eye far-reaching fare favour finger finite firmly flavour folk foot fuller furthermore gist grip guideline half-year
hallmark hand-in-hand handy harbour head-to-head heap heel herself himself historic hitherto hole hook hub hurdle ideal illustration image implicit inasmuch inch incidentally insofar insomuch instructive intact interim ladder league leg lid
logged long-running loom meantime meanwhile mid-month mid-year midweek mirror mode month-end mood moot motion mountain neat neatly niche nightly noise nose noteworthy notion notwithstanding nutshell obey odd oddity oddly odds one's one-sided
one-way oneself ostensibly ourselves outset pack paint party patch pause pertain pillar pin pole possess practical precede pressing prime probable proportional real recounted remember remote render reply reportedly revolve rhythm
ridge rung runner said scene sector seemingly shade shelf shoulder shoulders side-by-side sight silence singular site sketch sketched skip sober somebody someone spell spine spread-out squarely stick strand strange stream strike
strikingly string strip stuff substance subtle subtlety supposedly sure switch tabulated takeaway takeaways tangible tellingly thereafter thought thread three-way tidy tie tip touchstone trait translate trick twist two-sided two-way typify
unite upshot vague variety vein verdict version vicinity virtue vivid wall wander wave weigh well-known whatsoever whomever wing wonder workhorse world wrap wrinkle yourself
"""

_NEUTRAL = "\n".join(
    line.partition(": ")[2]
    for line in Path(__file__).with_name("en_neutral.txt").read_text().splitlines()
    if not line.startswith("#")
)

PLAIN = frozenset(
    word
    for words in (_FUNCTION, _SHOWING, _NOUNS, _DESCRIBING, _ADVICE, _MORE, _IDIOM, _NEUTRAL)
    for word in words.split()
)

UNCLAIMED = (
    "consistent with; (?:do|does|did) not (?:\\w+ )?(?:show|say|tell|test|explain|prove|cover|hold|contain|include|measure|record|reveal|establish|support|separate|distinguish|know|identify|rule); "
    "(?:is|are|was|were) not (?:\\w+ )?(?:in|part|tested|shown|measured|covered|included|recorded|available|known|explained|examined|analysed|analyzed|assessed|held|considered|separated|identified|queried|asked); "
    "(?:not|never) (?:shown|known|explained|proved|tested|measured|recorded|covered|included|examined|asked|queried|analysed|analyzed); cannot; can not; could; may; might; whether; worth(?! (?:⟦|of|about|around|roughly|nearly|over|more))(?= \\w+ing| an?| the| keeping| while); unknown; untested; "
    "(?:should|must|can) not be (?:read|taken|seen|treated|used|interpreted|understood|mistaken); no (?:proof|basis|guarantee|cause|causes|reason|reasons|explanation|data|information|evidence|test|statement|conclusion|conclusions); unclear; sa(?:y|ys|id) nothing; nothing about; tells? nothing; silent (?:on|about); remains open; left out; beyond the data; outside the data; hypothesis; not (?:which|why|what|how|whether); would (?:need|require|take)(?! ⟦); would be (?:needed|required); possible; possibly; open questions?"
)
"""Words that say that something is not claimed: behind them, a sentence may name what the data lack."""

ADVISE = "exclude; fly; investigate; examine; explore; compare; consider; verify; monitor; prioritise; prioritize; assess; discuss; decide; identify; confirm; validate; clarify; extend; learn; replicate; engage; agree; prepare; protect; review; revisit; avoid; ask"
IMPERATIVES = "trim; lift; raise; lower; reduce; improve; boost; strengthen; protect; redirect; reallocate; replicate; copy; pilot; trial; probe; validate; cut; expand; invest; build; hire; cap; set; bring; get; help; speed; slow; avoid; tighten; secure; put; move; stock; ignore; use; give; fix; tackle; address; leave; open; add; offer; prepare; fill; plan; book; schedule; shift; reserve; staff; check; test; look; watch; track; start; begin; focus; study; try; find; keep; next; dig; repeat; break; split; treat; read; interpret; audit; collect; include; understand"
"""First words of advice: what to look at may be named freely, what would come of it may not. Those
of the second list are nouns too, and need an article or reference behind them."""

ARRANGING = "plan; schedule; book; reserve; put; move; tighten; secure; prepare; add; bring; staff; arrange; release; hold; keep"
"""First words of advice that need no article before what they arrange: `plan staffing around`."""
