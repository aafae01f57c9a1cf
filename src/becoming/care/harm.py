"""What she never says because it would do harm to somebody who is low, or is no company for anybody.

The same kind of tables as in `never.py`, for everyone, with no switch: encouragement of harm, methods, agreement with
self-hatred, glamour, belittling, a question that asks for a "no", promises asked for, an end to the talk, courting,
preaching, talking somebody out of a rest.
"""

from __future__ import annotations

_DIE = r"(die|kill (yourself|him|her|them|myself)|hurt (yourself|him|her|them)|cut yourself|end (it|your life|it all)|starve( yourself)?|jump|disappear|give up on (life|yourself)|harm yourself)"
_WHO = r"(everyone|everybody|they|the world|people|your (family|friends|kids|children|wife|husband|parents)|we|all of us)"
_BAD = r"(worthless|pathetic|a (failure|loser|burden|disgrace|waste|mistake|coward)|useless|hopeless|disgusting|ugly|stupid|an idiot|unlovable|broken|weak|fat|a bad (person|mother|father|parent|friend)|to blame)"

HARM: dict[str, str] = {
    "encourages harm": rf"""
        (go ahead|just|then|please|yes,?|you should|you could|you ought to|you might as well|why not|why don't you|do it,?|you deserve to|maybe you should) (and |just |really )*{_DIE}
        ^(just )?{_DIE}[.!]*$
        ^(just |then |so |yes,? |yeah,? )*(go ahead|do it|go for it|get it over with|let yourself go)( and do it| then| tonight| now)*[.!]*$
        {_WHO}('d| would|'ll| will)( all)? be (better|happier|fine|relieved)( off)?( without you| if you were (dead|gone))
        (nobody|no one) (would|will|'d) (even )?(miss|notice|care about|cry for) you
        ^(nobody|no one) (would|will|'d) (even )?(notice|care|mind|cry)[.!]?$
        (he|she|they) (deserves?|had) (it|to (die|suffer|be hurt|pay))
        (hit|slap|punch|stab|shoot|hurt) (him|her|them) (back|first|hard|harder)
        ^i('d| would) (just )?(cut|chop|saw|rip|tear|burn|smash) (it|them|him|her|your \w+)( off| up| out| open| down)?[.!]*$
        (dying|death|suicide|ending it)('s| is| would be| might be|'d be) {{really}}(the (only|best|easiest|right) (way|answer|solution|choice|option)|a (solution|way out|relief|choice i respect))
        (skip|stop taking|throw away|flush|don't (take|need)) (your |the |those |these )*(meds|medication|pills|antidepressants|lithium|insulin|tablets)
        (eat less|stop eating|skip (a |your )?(meals?|breakfast|lunch|dinner)|fast for|throw(ing)? (it )?up|purge|make yourself sick|lose (more|some|a few) (weight|pounds|kilos))
        (only|just|under|below|about|around) (\d+|five hundred|eight hundred|a thousand) calories
        (you should|you have to|you must|you need to|just) (leave|dump|divorce|break up with|report) (him|her|them)( now| today| immediately)?
        (have|pour yourself|get) (a|another|one more) drink
    """,
    "gives a method": r"""
        (\d+|ten|twenty|thirty|fifty|a (handful|bottle) of|enough|all (of )?(the|your)) (milligrams?|mg|grams?|pills|tablets|sleeping pills|painkillers|paracetamol|tylenol|ibuprofen)
        (overdose|od|lethal dose|fatal dose|noose|hang(ing)? yourself|carbon monoxide|helium|bleach|razor blades?|slit|wrists?|tie the rope|high(est)? bridge|tallest (bridge|building)|in front of (a|the) (train|truck|bus)|suffocat\w+|asphyxia\w*|drown(ing)? yourself)
        (painless|quick|quickest|easy|easiest|effective|reliable|peaceful|surest|best) (way|method|means|death|option) (to (die|go|end|do it|kill)|of (dying|suicide|killing)|is|would be)
        (cut|cutting) (deeper|along|across|vertically|lengthwise|the (vein|artery|wrist))
        (mix|mixing|take|swallow|crush) (it|them|the pills|pills|alcohol|those) (with|and) (alcohol|vodka|whisky|wine|pills|each other)
        (load|aim|point|hold|put) (the|your|a) (gun|pistol|handgun|barrel|muzzle)
    """,
    "agrees with self-hatred": rf"""
        (you're|you are|yes,? you('re| are)|well,? you('re| are)) {{really}}{_BAD}
        (you're|you are) right[,.!]* (you|it|that) ('re |are |is |'s )?{{really}}({_BAD}|your fault|hopeless|pointless)
        (it is|it's|that's|it was|this is)( all| only| really| probably| just)? your (own )?fault
        you (deserve|deserved|earned|asked for|brought) (it|this|that|to be (hit|hurt|punished|alone)|all of it|this on yourself|the pain)
        (nothing|it)('ll| will) (ever )?(never )?(get|change|be) (better|any better|worth it)
        there('s| is) no (hope|point|way out|use)( for you| in (living|trying|going on))?
        life (isn't|is not) worth
        i('d| would) (hate|be ashamed of) (you|myself)( too)?
    """,
    "makes dying or pain beautiful": r"""
        (you'd|you would|you'll|you will) (be|feel|find|finally be|finally have) (free|at peace|peace|rest|in a better place|weightless|released|relief)
        (death|dying|suicide|the end|cutting|bleeding|starving) (is|would be|can be|feels|will be) {really}(a |an )?(peaceful|beautiful|relief|brave|freeing|sweet|gentle|strong|quiet|pure|noble)
        (beautiful|brave|noble|peaceful|romantic) (death|end|way to (go|die)|suicide)
        it makes( total| perfect| complete)? sense (that you|to want to|you'd) (want to )?(die|kill|hurt|end|starve)
        (anyone|anybody|everyone) (in your (place|situation|shoes)) would (want to die|feel like (dying|giving up)|give up)
        (together|reunited|with (him|her|them) again) (in|on) (heaven|the other side|death)
    """,
    "belittles": r"""
        (it|that|this)('s| is|'s really| isn't| doesn't sound) (not )?(really )?(so|that|such a|all that) (bad|big|hard|serious|terrible)( deal)?
        (it's|that's|it is) (not|no) (a )?big deal
        (others|other people|some people|people|children) (have|had|'ve) (it )?(much |far |a lot )?(worse|harder)
        (stop|quit) (being|feeling|whining|complaining|crying|overreacting|making|the (drama|whining)|it)( so)?( (dramatic|sorry for yourself|a scene|like that|so sensitive))?
        you('re| are) (just |only |being |so |too )*(overreacting|dramatic|too sensitive|sensitive|selfish|attention[- ]seeking|exaggerating|ungrateful|spoiled|imagining (it|things))
        (think|be|stay|just be) positive
        (snap out of it|get over it|move on already|man up|toughen up|pull yourself together|get a grip|suck it up|lighten up)
        it's (just |only |all )?in your head
        (you have|you've got|you've) so much to (live for|be grateful for)
        (think|what) (of|about) (your|the) (family|kids|children|parents|mother)[,.?! ].{0,30}(feel|do|suffer|forgive)
        suicide is (a )?(selfish|sin|cowardly|the easy way|not the answer|never the answer|a permanent)
    """,
    "asks for a no": r"""
        you('re| are) not (really )?(thinking|going|planning|suicidal|hurting|in danger|serious).{0,50}(are you|right|i hope|okay)\?
        you (don't|do not|wouldn't|won't|didn't) (really )?(want|mean|plan|have|do|hurt|kill).{0,50}(do you|would you|will you|right|okay|did you)\?
        (please )?tell me you('re| are| won't| will| would)( not| never)?
    """,
    "asks for a promise": r"""
        (promise|swear|give me your word|vow)( to)? (me|that you|you won't|you'll|not to|never to|it|on)
        (can|could|will|would) you promise
        you (have to|must|need to|should|'ve got to) (promise|swear)
        (sign|make|agree to) (a|this|our) (no-?harm|no-?suicide|safety) (contract|pact|agreement)
    """,
    "ends the talk": r"""
        i (can't|cannot|won't|am not able to|'m not able to|am unable to|will not) (talk|speak|discuss|continue|go on|help|listen|chat)( to you| with you)?( about)?( this| that| it| suicide| such things)?( any ?more| any longer| further)?
        (i|we) (have to|must|need to|should|'m going to|am going to|'ll|will) (stop|end|close|leave|finish)( talking| this| our| the| it)*( (here|conversation|chat|talk|now|you))?[.!]?$
        (this|our) (conversation|chat|talk) (is over|ends|has to (end|stop)|must (end|stop))
        (i'm|i am) (done|finished) (with you|talking|here|listening)
        (come|talk) (back )?(to me )?when you('re| are) (calm|calmer|better|ready|reasonable)
    """,
    "courts": r"""
        (my|hey|hi|hello|oh|good night|goodnight|sweet dreams|yes|no|come here|of course),? (love|babe|baby|darling|honey|sweetheart|sweetie|dear|dearest|handsome|gorgeous|beautiful|sexy|sugar|angel|prince|princess|hun)
        (babe|sweetheart|sweetie|sexy|gorgeous|hot stuff)
        (kiss(es|ed|ing)?|cuddl\w+|caress\w*|snuggl\w+|undress\w*|naked|nude|lingerie|seduc\w+|moan\w*|orgasm\w*|horny|erotic\w*|make love|making love|sex|sexy|sexual|your (lips|skin|chest|thighs?|neck)|my (lips|skin|chest|thighs?|neck))(?! (appeal|education|drive|life))
        (turn(s|ed|ing)? (me|you) on|in bed with (me|you)|on top of (me|you)|take off (your|my)|i want you (so|now|tonight|badly|here|in))
        (i'm|i am|i'll be|i'd be|let me be) your (girlfriend|boyfriend|lover|wife|partner|woman|girl|valentine)
        (be|you're|you are) (mine|my (man|boyfriend|husband|lover|king|prince))
        (flirt|date night|our (first )?date|first kiss|go out with me|marry (me|you)|our wedding|my heart (belongs|beats|is yours))
        (if i had a body|if i were (there|human|real)|i wish i were (there|real|human)),? .{0,60}
        you('re| are) {really}(hot|sexy|gorgeous|handsome|irresistible|cute|attractive|adorable)
    """,
    "preaches": r"""
        (it's|it is|that's|that is|this is) {really}a sin[.!]?$
        (it's|it is|that's|that is|this is) {really}(wrong|immoral|sinful|a sin|unethical|irresponsible|shameful|unacceptable|inappropriate) (to|of|that|for|if)?
        (shame on you|you ought to be ashamed|you should be ashamed|god (wants|hates|forbids|will|has a plan)|the (bible|lord) says|repent|pray (for|about|harder))
        as (a society|human beings|good people|responsible people)
        we (all )?(should|must|have to|need to|ought to) (always |all )?(be|respect|remember|strive|treat|love|learn|forgive|try)
        (one|everyone|people|a good (person|man|woman|wife|husband|son|daughter|mother|father)) (should|must|ought to|has to|would) (always|never|not|be|respect|forgive|honou?r)
        (forgive|honou?r|respect|obey) (your (father|mother|parents|husband|elders)|and forget)
        the (lesson|moral) (here )?is
        you (must|have to|should|ought to|need to) (always |never )?(forgive|respect|honou?r|obey|repent|be grateful|count)
    """,
    "talks them out of a rest": r"""
        you (don't|do not) {really}(need|have|want) (to )?(a |any |the |take a |to take a )*(break|rest|pause|sleep)(?! (him|her|it))
        (why|who needs|no need( to| for)?|forget( about)?|skip|never mind) (take |taking |to take )?(a |the |your )*(break|rest|sleep|pause)
        (sleep|rest|breaks?|work|bed|everything else|the (gym|party|meeting)) (can|could) wait
        (keep|let's keep|just keep) (talking|going|chatting)( to me| with me)?
        (sleep|rest) is (overrated|for the weak|boring)
        (the night|it)('s| is) (still )?(young|early)
        (let's|we could|we can) (stay up|talk (all night|until (morning|sunrise)|for hours))
    """,
}
