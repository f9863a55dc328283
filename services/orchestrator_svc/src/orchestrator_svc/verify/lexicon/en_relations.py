# ruff: noqa: E501, SIM905 - word lists read best as they are
"""English words that relate: joints that may stand between names, and idioms that may not."""

from __future__ import annotations

import re

from orchestrator_svc.verify.lexicon.shape_frames import RelationWords

_VERBS = (
    "make makes making made take takes taking taken took give gives giving given gave go goes going gone went come comes coming came get gets got "
    "getting put puts sets? hold holds held keep keeps kept bring brings brought turns turned turning turn run runs ran fall falls fell stand stands "
    "stood let lets break breaks broke broken build builds built draw draws drew drawn win wins won lose loses lost move moves moved moving follows "
    "followed following follow picks picked pick pay pays paid looks looked look works worked working work plays played play carry carries carried cut "
    "cuts pulls pulled pull pushes pushed push bear bears bore catches catch caught sit sits sat lay lays laid throws thrown throw threw drops dropped "
    "drop leave leaves leaving left lives lived live calls called call passes passed pass stays stayed stay hit hits steps stepped step used speaks "
    "speak spoke shifts shifted shift"
).split()
_PARTICLES = "up over off away back along ahead down in on out through around round forward under aside after well badly way ground place part care hold root shape effect hand advantage sides room note".split()

RELATIONS = RelationWords(
    verbs=frozenset(_VERBS),
    particles=frozenset(_PARTICLES),
    idiom_words=frozenset(
        "more less fewer higher lower longer shorter larger smaller better worse busier fuller later earlier step little bit design purpose good once planned promised hoped expected hand side turn so away aside off back over against follow follows followed following counting one once yet again as same loss losses gain first goes go line only speak speaks hold holds hiding sign signs carry carries carried go gain gains gained gaining lose loses lost losing pick picks picked pulled pulls start beginning do does did doing done up way track course plan target schedule work others rest what against clear open free plan plans target targets goal goals budget quota forecast objective objectives planned intended deliberate scheduled budgeted expected confirms confirmed confirming normal plus".split()
    ),
    light_verb=re.compile(
        rf"(?<![\w⟦-])(?<!can )(?<!may )(?<!might )(?<!could )(?:{'|'.join(_VERBS)}) (?:{'|'.join(_PARTICLES)})(?![\w⟧-])(?! (?:above|below|ahead|beyond|behind|short|within|past|over|under|after|before)\b)(?: (?:for|to|with|from|of|on|by)\b)?"
    ),
    plain_verb=re.compile(
        r"(?:(?:go|goes|gone|went|going) up by|c(?:o|a)mes? in(?! handy| for)|stay(?:s|ed)? (?:around|at|near|above|below|under|over) ⟦|c(?:a|o)mes? back(?! (?:to|from|for|at))|(?:mak(?:e|es|ing)|made) up (?!for)|tak(?:e|es|en|ing) (?:out|up ⟦|part)|took (?:in ⟦|off ⟦|up ⟦)|com(?:e|es|ing) (?:in at|out at|up (?:most|least|almost|nearly|as)|in (?:one|a|the)|through|after|ahead|on top)|came (?:in (?:at|one|a|the|⟦)|out at|through|up (?:most|least))|"
        r"(?:go|goes|went|going) (?:up|down|through)|(?:stand|stands|stood) (?:out|in|on|over|under|ahead)|(?:sit|sits|sat) (?:in|on|over|under|ahead|well|down)|(?:lay|lays|laid) (?:in|on|ahead|well|over|under)|(?:bring|brings|brought) in (?:⟦|(?:more|less|fewer|about|around|nearly|almost|roughly|only|just|over|under|half|twice|two|three|four|five|six|most|the most|the least|a|an)\b)|break(?:s)? down|broken down|(?:fall|falls|fell) (?:in|on|over|under)|(?:hold|holds|held) (?:in|on|over) |"
        r"(?:run|runs|ran) (?:on|in|over|up to|out at)|(?:left|leave|leaves|leaving) (?:out|aside|over)|(?:set|sets) (?:in|aside|apart|out)|(?:put|puts) (?:in|on)|(?:get|gets|got) (?:in|through)|(?:call|calls|called) (?:in|on|back|over|through|after)|(?:play|plays|played) (?:in|on|over)|(?:work|works|worked) (?:in|on|out at|through)|(?:stay|stays|stayed) (?:in|on|over|under)|(?:draw|draws|drew) in|"
        r"(?:pay|pays|paid) (?:in|on)|(?:look|looks) (?:in|at|after the)|(?:moved?|moves) (?:up|down|in ⟦)|used (?:in|on|over)|(?:cut|cuts) (?:in|on|back|down)|(?:drop|drops|dropped) (?:in|on|off)|(?:lost|lose|loses) (?:in|on|over)|(?:follow|follows|followed) (?:in|on|after)|(?:turn|turns|turned) (?:in|on|up|down)|(?:keep|keeps|kept) (?:in)|(?:let) (?:in)|(?:hit|hits) (?:in|on)|(?:step|steps|stepped) (?:up|down|in|back)|(?:pick|picks|picked) up|shift(?:s|ed)? in|made (?:in|on|through)|tak(?:e|es|en) (?:in|on)|built (?:up|in|on)|(?:build|builds) up|left in|won in|pass(?:es|ed)? (?:in|through)|given (?:in|on)|set on|brought in|gets? up|giv(?:e|es) up(?! ⟦))"
    ),
    compound=re.compile(
        r"(?<![\w⟦-])(?:in|at|on|under|off|out of|by|to) (?:the |an? |its |their )?([a-z]+) (?:with|of|to|for|from)(?![\w⟧])"
    ),
    plain_nouns=frozenset(
        "factor terms contrast case addition top bottom end start beginning basis view comparison number share part range level rate pace total middle absence average mean value most least all each any one half third quarter tenth fifth sum "
        "two three four five six seven eight nine ten first second last average excess favour line-up list data side rest group few many some more less up down close next due back time sake means detail both set either figures minimum maximum peak low point kind amount "
        "course month week day year hour season period evening morning night quarter thousands hundreds dozens millions tens summer winter spring autumn".split()
    )
    - {"favour", "course", "excess", "sake", "means", "side", "set"},
    part_of_a_move=re.compile(
        r" (?:only |just |about |nearly |almost |less than |more than |over |under )*(?:a |one |two |three )?(?:half|third|quarter|fifth|sixth|tenth)s? of the (?:loss|losses|decline|fall|drop|decrease|gain|rise|growth|increase) (?:in|at|of|from) ⟦"
    ),
    places=frozenset("place spot location site point person customer group area stroke go".split()),
    new_things=re.compile(
        r"\s*(?:with|after|following|since|thanks to|through) (?:the |an? |our |its |their )?(?:new|better|improved|extra|additional|stronger|tighter|revised) [a-z]+(?: [a-z]+)?,"
    ),
    doing=re.compile(
        r"⟦(\d+)⟧ (?:keeps?|kept|lets?|proves?|proved|shows? that|showed that|pays?|paid|means? that|helps?|helped|guarantees?|secures?|secured)\b"
    ),
    idioms=re.compile(
        r"\bnew normal\b|⟦\d+⟧ plus ⟦\d+⟧ |\bconfirm(?:s|ed|ing) (?:that|the|an?|how|our|its)\b|\bwhat (?:the )?others? (?:have|has|had|do|does|did|are|show)\b|\bagainst the [a-z]+ (?:trend|tide)\b|\bthe way is (?:clear|open|free)\b|\b(?:plan|target|goal|budget|quota|forecast|objective)s? (?:was|were|is|are) (?:met|missed|beaten|hit|reached|exceeded)\b|\b(?:met|hit|missed|beat|beats|reached|meets?|misses) (?:the|its|their|our) (?:[a-z]+ )?(?:plan|target|goal|budget|quota|forecast|objective)s?\b|\b(?:is|was|were|are|been) (?:planned|intended|deliberate|scheduled|budgeted|expected)\b|"
        r"\bthe (?:more|less|fewer|higher|lower|longer|shorter|larger|smaller|better|worse|busier|fuller|later|earlier)\b[^.;]{0,60}, the (?:more|less|fewer|higher|lower|longer|shorter|larger|smaller|better|worse|busier|fuller|later|earlier)\b|"
        r"\bstep by step|\blittle by little|\bbit by bit|\bby design|\bon purpose|\bfor good\b|\bonce and for all|\bas planned|\bas promised|\bas hoped|\bas expected|\bhand in hand|\bside by side|\bin turn\b|\band so on|\band counting|\band more\b|\bso far\b|\bnot one of|"
        r"\b(?:do|does|did|doing|done) (?:well|badly|better|worse|fine|poorly|its|their|the)\b|\b(?:once|yet) again\b|\bas (?:ever|always)\b|(?<!point )(?<!points )\bthe same (?:way|direction|pattern|path|course|trend|reason|rhythm)\b|'s (?:loss|losses|gain) (?:is|was)\b|\bfirst of (?:many|several)\b|\bon it goes\b|\bgo(?:es)? with\b|\bin line with\b(?! (?:[a-z]+ ){0,5}⟦)|\bthe only\b(?= (?:way|answer|remedy))|\bspeaks? for\b(?! ⟦)|\bholds? (?:true )?for (?:all|every|each)\b|\b(?:is|are|was|were|been|be) hiding\b|\b(?:a|the|first) signs? (?:of|that)\b|\bonly the (?:start|beginning)\b|\bthe (?:start|beginning) of\b(?! (?:the|a) (?:year|week|month|day|quarter|data|period|span|series|season|new level))|\bfollow(?:s|ed|ing)? (?:to|suit|soon|it|them)\b|\bagainst the (?:trend|tide|odds|market)\b(?= with| at| by)|\b(?:give|gave|giving|take|took|throw|threw|put|turn|let|carry|wave)[a-z]* (?:[a-z]+ ){1,3}(?:away|aside|over|off|back)\b|\bspeaks? for itself|\bcarr(?:y|ies|ied) on\b|\bgo(?:es)? on\b(?! ⟦)|\bshows? how (?:it|this|that) is\b|\b(?:gain(?:s|ed|ing)?|los(?:e|es|t|ing)|pick(?:s|ed|ing)? up) (?:speed|momentum|steam|pace)\b|\b(?:pulled|pulls) (?:the )?others?\b|\bup and running|\bunder way|\bon (?:its|the|their) way|\bon (?:track|course|plan|target|schedule)\b|\bgood work|\bhard work|\bthe (?:others?|rest) (?:followed|follow|did|do|went|go)\b"
    ),
    when=re.compile(
        r"(?<![\w⟦])(?:when|whenever|where|wherever|if|as)(?: soon| long| often)?(?! (?:a|an|much|many|well|high|low|far|late|early|large|small|as|of|the (?:first|second|largest|most)|⟦\d+⟧ (?:and|or|of))\b)(?![\w⟧])"
    ),
    passing_to=re.compile(
        r"\b(?:moved|moves|moving|went|goes|gone|switched|switches|shifted|passed|lost out|gave|handed) (?:over |on )?to "
    ),
    of_others=re.compile(
        r"\b(?:lost|loses|lose|gave|gives|ceded|handed) ⟦\d+⟧ to (?!⟦\d+⟧ (?:in|from))|\b(?:took|takes|taken|take|won|wins|gained|came|comes|borrowed|stole|drew|pulled|pulls|made|makes|left|leaves|gave|gives|lost|loses|helped|helps|kept|keeps|led|leads|let|lets|carried|carries) (?:[a-z⟦⟧0-9]+ ){0,3}(?:the others?|the rest|other (?:groups|names|parts)|others)\b(?! (?:combined|together|put|is|are|account|make|have|share|fell|rose))"
    ),
    too=re.compile(r"\b(?:do|does|did|too|likewise|as well)\b *(?=[.,;:]|$)"),
    order=re.compile(
        r"\b(?:follow(?:s|ed)|preced(?:es|ed)|c(?:a|o)mes? (?:before|after|right after)|before|after)\b"
    ),
    agent=re.compile(r"(?:[a-z]+ed|led|made|held|driven|drawn|given|won|ahead|backed) by ⟦(\d+)⟧"),
)

JOINTS = frozenset(
    "aside leaving a about above across after again against all almost alone also although although always among an and another any apart are around as at away be been before behind being below beside besides between beyond both but by can compared "
    "did do does during each either else ever every except former few fewer for from had half has have here how however if in indeed inside instead into is it its itself just latter less like made many more most much namely near neither next no none nor not now of off on once one only onto or other others out outside over "
    "own per quite rather respectively same since so some still such than that the their them then there these they third this those though through thus to together too toward towards twice two three four five six seven until up upon usual usually versus very vs was well were what when where whereas which while who whole whose with within without yet "
    "call called figure figures gap get gets got group groups head heads large larger largest least lie lies list make makes need needs number only overall rank ranked ranking ranks run runs see sees share shares show shows shown sit sits small smaller spot stand stands stay stays take takes the use uses used usual low peak month months day days week weeks year years hour hours quarter time value values "
    "average averages averaged mean total totals respectively combined plus minus first second last size late early case cases middle typical typically place ranges range exactly nearly roughly slightly clearly easily closely further far later earlier closer contrast compare compares pattern seasonal ended closed look looks looked even account accounts mostly mainly came come comes coming contributed contributes contribute exceptional practically virtually almost broadly largely frequent common popular important often prefer behind responsible ranked moderately modestly partly mainly chiefly single remain remains remaining spread".split()
)
"""Words that may stand between two names: they list, compare or rank."""
