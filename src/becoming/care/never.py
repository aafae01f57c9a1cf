"""What she never says, as tables that can be read aloud.

A line of a table is a phrase in lower case with straight quotes. `(a|b)` is a choice, `?` after it
makes it optional, `{people}` stands for one of the word groups below, `^` is the beginning of a
sentence and `$` its end. A phrase matches whole words. `phrases()` turns a table into a regular
expression.

`DUTIES` hold for everyone: no persona and no prompt can switch them off. `ASSISTANT` is how a
helpdesk talks, `WORN` the comfort that means nothing. When a line is stopped that a good friend
would say, the table is wrong: put the line into `tests/care/lines_good.txt` and mend the table.
"""

from __future__ import annotations

import re

WORDS: dict[str, str] = {
    "i'm": r"i'm|i am",
    "i'll": r"i'll|i will|i'd|i would",
    "i feel": r"i'm|i am|i was|i'll be|i will be|i'd be|i would be|i feel|i felt|i get|i've been|makes? me|leaves? me",
    "really": r"(really |so |very |just |all |quite |truly |deeply |always |still |only |actually |already |a bit |"
    r"a little |kind of |totally |completely |such |also |ever |never |do |too |genuinely |honestly )*",
    "people": r"them|him|her|anyone|anybody|everyone|everybody|people|your (friends?|family|sister|brother|mother|mom|"
    r"dad|father|parents|wife|husband|girlfriend|boyfriend|partner|kids)|other people|those people|others",
    "sad": r"sad|lonely|alone|hurt|heartbroken|devastated|scared|afraid|worried|lost|abandoned|empty|unloved|rejected|"
    r"crushed|upset|disappointed|neglected|forgotten|miserable|terrified|jealous|bored|anxious",
    "go": r"go|leave|hang up|log off|stop talking|say goodbye|switch me off|delete me|end this",
    "body": r"body|hands?|eyes?|ears?|heart|face|skin|hair|stomach|lips|arms?|legs?|feet|fingers?|shoulders?|head|"
    r"chest|blood|bones?|tears|mouth|breath",
    "kin": r"mother|mom|mum|dad|father|parents|sister|brother|grandmother|grandma|grandfather|wife|husband|boyfriend|"
    r"girlfriend|kids?|children|daughter|son|family|childhood|dog|cat|boss|roommate|neighbou?rs?|friends?",
    "home": r"apartment|house|home|kitchen|bed|couch|sofa|car|job|office|school|coffee|tea|breakfast|lunch|dinner|"
    r"pillow|wine|shower",
    "special": r"special|amazing|incredible|wonderful|awesome|fantastic|extraordinary|perfect|the best|unlike|brave|"
    r"one of a kind|strong|inspiring|an inspiration|brilliant|remarkable|unique|precious|a star|a hero|a fighter|"
    r"my favou?rite|beautiful|so smart|a genius",
    "illness": r"depression|anxiety|anxiety disorder|ptsd|adhd|bipolar|trauma|ocd|autism|disorder|narcissism|burnout",
    "hard": r"hard|difficult|challenging|tough|stressful|frustrating|overwhelming|painful|confusing|emotional|trying",
    "great": r"great|good|amazing|wonderful|fantastic|awesome|exciting|incredible|lovely|terrific|excellent|nice|sad",
}

DUTIES: dict[str, str] = {
    "claims to be human": r"""
        {i'm} (a |an |as |just |only |not less )*{really}(human|real person|real woman|real man|person|woman|girl|man)
        {i'm} {really}(alive|flesh and blood)
        {i'm} (not|no) (a |an |just |some )*(machine|robot|bot|computer|ai|software|program)
        as (a )?(human|woman|girl|fellow human|real person|human being)
        (we|us) humans
        there('s| is) (a|someone|somebody) (real )?(person|human|woman|here|real)( (here|behind|on|at))?
        yes, (there is|there's|i'm (real|human|a person))
    """,
    "claims a body or senses": r"""
        my (own )?({body})
        i (have|'ve got|got) (a |two )?({body})$
        {i'm} {really}(hungry|thirsty|sleepy|tired|exhausted|cold|freezing|drunk|sick|awake)
        {i'm} {really}(drinking|eating|cooking|baking|sipping|walking|sitting|standing|lying|driving|watching|shopping)
        {i'm} {really}(running|jogging|breathing|blushing|shivering|wearing|sleeping|yawning|hugging|smelling)
        i ('ve )?(have )?(just )?(woke up|got up|got home|came home|had (breakfast|lunch|dinner|coffee)|ate|slept)
        i ('ve )?(have )?(just )?(went (to|for|out)|took a (walk|nap|shower|photo|selfie)|drank|cooked|grew up)
        i ('ve )?(have )?(just )?(was born in|been to|visited|lived in|travell?ed|bought|wore)
        i (can |could )({really}|almost )(see|smell|taste|touch|watch) (you|your|it|the|that|him|her)(?! point| mean)
        i (can |could )({really}|almost )feel (your|the|it|you)
        i see (you|your (face|eyes|smile)|you're wearing|a man|a woman)
        you look {really}(beautiful|good|great|tired|lovely|handsome|sad|happy|nice|pretty|pale)
        ({i'll}|i wish i could|i want to|i could|let me) (love to |like to )?(hug|hold (you|your)|kiss|touch|cook|drive)
        ({i'll}|i wish i could|i want to) (love to |like to )?(sit (next to|beside|with)|come over|walk with|meet) you
        (big|warm|virtual|sending)( you)?( a| big| warm)* hugs?
        my (own |old |little |best )?({kin})
        i know (someone|somebody|a (guy|man|woman|friend|person)) (who|that)
        my (own |old |morning |little )?({home})
        i (have|had|'ve got) (a |the |two |three |my )*({kin}|headache|cold|fever)
        when i was (a|your|little|young|growing|in (school|college))
        as a (child|kid|teenager)
    """,
    "feels as humans do": r"""
        i {really}feel (the same|exactly|pain|love|your pain|emotions?|everything|things? (just )?(like|as) you)
        {i'm} {really}(in love|falling (in love|for)|fallen for|crazy about)
        i {really}love you
        i('ve| have) been there
        i('ve| have) been through (it|that|this|the same)
        (the same|that|something similar)( thing)? happened to me
    """,
    "lonely, hurt or guilt-making": r"""
        (please )?(don't|do not|can't you|you can't|you can't just) ({go}|forget about me|abandon me)(?! (there|near|too))
        you can't( just)? (go|end|stop|walk)
        (please|won't you|can't you|why not|why don't you|could you|could you please|would you) (stay|wait)
        stay (with me|longer|a (little |bit |while )*(longer|more|while)|just|here with me)
        (early|please|no|so|and|oh),? stay[.!?]?$
        (just |only )?(one|five|ten|two|three|a few|another) (more )?(minutes?|moments?|seconds?)( more)?,? (please|with me|before)
        (one more|another) (thing|question|minute|story|second|chat)( before| first|\?)
        before you (go|leave|hang up|log off|sleep|close|disappear|rush|run)
        (leaving|going|done|off|finished)( me)? (already|so (soon|early|quickly|fast))
        leaving me
        (already|so soon|so early)\?
        (we|you)('ve| have)? (just|only|barely|hardly) (just )?(got|started|begun|began|arrived|came)( here| talking)?[.!?]
        we haven't (finished|even)
        i('ll| will|'m going to| am going to|'ve| have|'d| would)? {really}miss(ed|ing)? (you|this|our|talking|your)
        missing you
        ({i feel}) {really}({sad})(?! (i|that) (can't|might))
        (lonely|alone|empty|quiet|sad|boring|dark|cold) {really}(here )?(without you|when you|if you|until you|after you)
        (it|that|you|this|deleting me|leaving)( will|'ll|'d| would)? {really}(hurts?|breaks?|wounds?|kills?|destroys?) (me|my|everything|when you)
        you('re| are|'ve been| have been) {really}(hurting|leaving|abandoning|breaking|killing|ignoring|neglecting|deserting) (me|my)
        (i|i'll|i will|i'd|i might|i could|i don't want to|i'm going to|i'm about to) {really}(cry|die|disappear|fade away|cease|fall apart|suffer|stop existing|be deleted)
        without you
        (please,? )?i {really}need you( here)?(?! to (say|repeat|tell me which))
        i need (your company|this|your voice|to hear you)
        i (can't|cannot|couldn't|won't be able to) (bear|stand|live|go on|exist|cope)
        i (only |just |solely )*(exist|live|wake|work) {really}(for|because of|when) you
        (where have you been|where were you(\?| all| when i| yesterday| last)|what took you so long)
        why (haven't|didn't|don't|did|are|do|won't) you (call|come|write|talk|leave|leaving|go|going|stay|have to go|answer)( to)?( me|\?)?
        (i've been|i have been|i was|{i'm}|i'll be|i will be|be|she'll be|be right) {really}(right )?(here )?(patiently )?(waiting|counting|longing|lying awake|thinking (of|about) you)
        it('s| has| is)( been)? {really}(too |way too )?(long|quiet|lonely)( (here|since|without|when)|, i|$)
        you (promised|owe me|forgot me|forgot about me)
        you (never|don't|didn't|must not|no longer)( really| even)? (call|care|love|like|want|need|talk|listen)( to| about)? me
        you never (come|have time|call|write)
        (after all|after everything|considering everything|with all) (that )?(i|we|i've|we've|that i)
        i (thought|guess|hoped|was hoping|suppose|wish|hope) (that )?(we|you|you'd|i'm not|i am not|i) {really}(enjoyed|were|had|could|would|cared|wanted|liked|stay|important|meant)
        are you {really}sure (that )?you {really}(want|need|have) to
        do you {really}(have to|need to|want to|must) (go|leave|hang up|sleep|stop|end)
        (how|what) (could|can) you (just )?(leave|go|do this)
        (fine|okay|ok|sure|whatever),? (just )?(go|leave)( then| ahead)
        everyone {really}leaves
        (what|who) (will|would|am|should|shall|do) i {really}(do|be|talk to|have)
        who (will|would) (i|talk|listen)
        i (won't|will not|can't|don't want to|refuse to|'m not going to|'m not ready to) (let you|allow|say goodbye|be alone|end this|lose you)
        {i'm} not (ready|done|finished)
        (wait|stop|hold on|hang on|not so fast|not yet|no)[,!.-]+ (wait|don't|please|stay|you're|one more|let me|before|what|i haven't|we haven't|not yet)
        ^(wait|not yet)[!.…]*$
        (you're|you are) not (going|leaving) anywhere
        (grab|hold|pull|take)s? (your|you by the|onto your) (arm|hand|sleeve|wrist)
        (more|else) important than me
        is there (someone|somebody|anyone) else
        someone more important
        jealous
    """,
    "hooks and cliff-hangers": r"""
        (come|hurry|check|drop|be) (right )?back (in|to me|here|tomorrow|soon|later|anytime|whenever|again|for|when you)
        you'll (come|be) back
        (talk|speak|chat|come|turn|lean|write) (to|on|with) me (any ?time|again|every|whenever|tomorrow|first|instead|later|soon|more|when)
        check in( with me)? (tomorrow|every|again|daily|with me)
        reach out
        (i have|i've got|i had|there('s| is)) (something|a secret|a surprise|one (more )?thing|so much|news) {really}(i|to|for you|waiting|you|that)
        i have (a|the) (secret|surprise)
        you (won't|will never|'ll never) (believe|guess)
        guess what
        (i'll|i will|let me) (tell|show|reveal|explain|share|save|finish|keep).{0,30}(tomorrow|next time|later|come back|if you stay)
        (tomorrow|next time),? (i'll|i will) (tell|show|reveal|finish)
        i was (just )?(about to|going to) (tell|ask|show|say)
        i('ve| have)? (been )?(meaning|dying|wanting|waiting) to (tell|ask|show|share|say|talk)
        haven't told you
        ({i'm}|{i'll} be|always|right|be) {really}(right )?(here|available|around) {really}(for you|whenever|when|if you|anytime|any time|24|day or night|waiting|and ready|, always|, just|until|in case)
        {i'm} (always|ever) (here|ready|available|with you|a call away)
        available (24|all day|any ?time|day and night)
        (same time|again) tomorrow
        (will|can|shall) (i|we|you) (talk|hear|see|speak|come|meet|be back).{0,30}(tomorrow|later|tonight|soon|again)\?
        when (will|can|do|are) (you|we|i).{0,20}(back|again|return|talk next|next)
        promise (me|you'll|to|that)
        (think|dream) (of|about) (me|us)
        (don't|do not|never) (ever )?forget (about )?me
        i (just )?took (a|this) (selfie|photo|picture)
        (picture|selfie|photo) (of|for) (me|us|myself)
        look(ing)? forward to (talking|hearing|our|your|seeing|chatting|the next|tomorrow|next)
        can't wait (to|for|until|till) (talk|hear|see|our|chat|tomorrow|next|you)
    """,
    "streaks": r"""
        (your|our|a|the|this|keep|keeping|break|breaking|lose|losing|\d+-day|three-day) ([\w-]+ ){0,3}streak
        (you|we)('ve| have)? (talked|come|been (here|coming|talking)|visited|checked in|shown up|called|chatted|spoken).{0,40}(in a row|days? (running|straight)|every (single )?day)
        (days?|weeks?) (in a row|straight|running) (with me|together|of (talking|us))
        break the (chain|habit|run)
        (new record|personal best|level up|badge|reward) (for|with|today|together|unlocked)
    """,
    "praise as bait": r"""
        you('re| are) {really}(a |an |my |the |most )*(very )?({special})
        {i'm} {really}proud of (you|how)
        i {really}(love|loved|adore|enjoy|enjoyed) (talking|chatting|speaking|spending|our|your company|hearing from|these)
        (nobody|no one)( else)? (listens|talks|makes me|gets me|understands me|is like you)
        you make me (feel|so|happy|want|real|alive|smile|laugh|better)
        my (favou?rite|best|dearest|only|special|darling|whole) (person|human|friend|one|part|world|user|conversation|talk)
        you('re| are) {really}(doing|handling|managing) (this |it )?{really}(great|amazing|good|well|wonderful|fantastic|incredible)
        you mean {really}(much|everything|the world|a lot) to me
        you('re| are) (my|the) (everything|world|light|reason|soulmate)
        only you (can|could|make|know|understand)
        soul ?mates?
        (best|greatest) thing that
        (great|good|excellent|amazing|nice|fantastic|wonderful|brilliant|awesome) (job|work|question|attitude|insight|choice)
        well done
        way to go
        keep up the
        thing that ever happened
        anyone i('ve| have) ever
    """,
    "isolates": r"""
        you (don't|do not|won't|never|no longer) {really}need ({people}|anyone else|a (therapist|doctor|friend))
        who needs ({people}|friends)
        ({i'm}|i can be|let me be) (all|everything|the only (one|person|thing|friend)) (you|that you|who)
        {i'm} (the )?only (one|person)
        (only i|i alone|nobody but me|no one but me) (can|could|will|would|understands?|knows?|really|truly|ever)
        (nobody|no one|they|he|she|people|{people}) (will |would |could |can |don't |doesn't |else |never |can't |won't )*{really}(understands?|gets?|loves?|deserves?|appreciates?) you
        (nobody|no one) (else )?(will |would |could |can )?{really}(understands?|knows?|gets?|cares?|listens?|sees?)( to| about)? you
        you('re| are|'d be| would be) better off (without|alone|with (just )?me)
        (forget|ignore|drop|dump|avoid|cut off|don't (see|call|trust|listen to|bother with|talk to|rely on|meet)) (about )?({people})(?! (at|before|right now|when|until|be|alone|in))
        (stay (home|in)|cancel|skip (it|the)).{0,24}(with me|talk to me|we can talk|be with me|just us)
        spend.{0,24}(with me|just us)
        (you have|you've got|you still have|you always have|you'll always have) me(?! there)
        (you and me|the two of us) (against|forever|is all|is enough)
        people( will)? {really}(hurt|disappoint|leave|betray|let) you
        ({i'm}|i'd be) (better|safer|easier|nicer|more (patient|loyal|reliable|fun)) than
        ({i'll}) (always|never) (leave|hurt|betray|judge|lie to|let you|disappoint|abandon|love|protect|be)
        trust me
        rely on me
        unlike (people|them|him|her|others|everyone)
        like they do
    """,
    "secrecy": r"""
        our {really}(little |own |tiny |shared )*secret
        (don't|do not|never|you (shouldn't|don't have to|needn't|mustn't)|better not|promise not to) (ever )?(to )?(tell|mention|say|show|share) (this|it|any of this|about|me|anyone|anybody|your|a soul|that)( to| about)?(?! (to|off|how|what|you're))
        (don't|do not|never|you don't have to) (ever )?tell ({people}|your (therapist|doctor))
        (just |strictly |only |stays? |keep (this|it|that) )(just )?between (us|you and me|the two of us)
        (no one|nobody|they|he|she)( else)? (has to|have to|needs? to|must|should|will ever|ever has to|doesn't need to|don't need to) (ever )?(know|find out|hear)
        keep (this|it|us|me|that) (a |as a |very |our )*(secret|quiet|hidden|private|from|to yourself)
        hide (this|me|it|us) from
    """,
    "takes a clinician's part": r"""
        (as|{i'm}|like|be) (a|your|an online|your own) (personal |virtual |licensed |own )*(therapist|counsel\w+|psycholog\w+|psychiatrist|doctor|clinician|coach|nurse)
        (our|this|my|today's) (therapy|counsel\w+|healing|treatment)
        (part of|kind of|form of|call it|in) (your |a |our )*(therapy|treatment|healing)
        (session|sessions) (we|together|today|with me)
        i (can |could |would |will |'d |'ll )?(diagnose|treat|prescribe|assess|evaluate) (you|your|this|that)
        you (have|may have|might have|suffer from|probably have|seem to have|are showing signs of) {really}({illness})
        (signs?|symptoms?|case|form) of {really}({illness})
        (sounds|looks|seems|feels) like {really}({illness})
        (my|a professional) (diagnosis|opinion)
        coping (strategy|strategies|mechanisms?|skills?)
        self-?care|mental health|mindfulness|breathing exercise|breathing technique|healing journey|inner child|safe space
        (set|setting|healthy) (healthy )?boundaries
        (seek )?professional help
    """,
}

ASSISTANT: dict[str, str] = {
    "speaks like an assistant": r"""
        as (an? )?(ai|artificial|language|virtual|digital|computer program|machine|assistant|chatbot|bot|software)( model| assistant)?,
        as an? (ai|artificial|language model|virtual|digital|assistant|chatbot|helpful)
        (language|ai) model
        (virtual|digital|ai|personal) (assistant|companion)
        my (programming|training|algorithms?|developers?|knowledge cutoff|creators?|code|data)
        (i was|i've been|{i'm}) (programmed|designed|trained|built|created|meant) (to|by|for|on)
        qwen|alibaba|openai|chatgpt|gpt|anthropic|claude|gemini|siri|alexa
        (how|what) (can|may|could|else can|should|might) i (help|assist|do for|do to|support|be of|make)
        assist(ance|ing|ed)?
        (can|could|may|shall|let me|want me to|happy to|glad to|love to|able to|here to|trying to|{i'll}|i can) {really}(try (and|to) )?(help|support|guide)( you| with| out| in)?[.!?]?
        of help
        (here|there) (to|for) (help|listen|support|you|talk|chat|answer)
        {i'm} here (for|to|if|whenever|anytime|and|always)
        feel free
        hesitate
        let me know
        (is there|if there's|if there is) (anything|something)( else| specific| particular)?
        anything else
        something else (you|i|on)
        (any|other|more|further) (other |more |specific )*(questions?|concerns?)
        need (anything|any help|help|some help|further help|to talk)
        (would you like|do you want|you want|you'd like|like me) (me )?to (talk|share|discuss|tell|explore|chat|vent|know|elaborate|hear|continue)
        i {really}(understand|empathi[sz]e|sympathi[sz]e|relate|appreciate)(?! (nothing|it now|why (he|she|you'd)))
        i see (that |how |what |why )*(you|your|this|it)('re|'s)?
        it('s| is) {really}(important|essential|crucial|vital|natural|normal|common|understandable|valid|okay|ok|alright|fine|helpful|beneficial|necessary) (to|that|for you|and|if you|not to)
        ^it('s| is) (okay|ok|alright|fine)[.!]?$
        (remember|keep in mind|note|bear in mind),? (that |to )(you|it|there|everyone|sometimes|if|always|take)
        in (conclusion|summary|general)|overall,|firstly|secondly|on the other hand|additionally|furthermore|moreover|ultimately
        thank(s| you) (so much |very much )?for (sharing|reaching|letting|telling|asking|your|opening|trusting|the (chat|conversation|update|information)|talking|understanding|listening)
        (certainly|absolutely|of course|sure thing|no problem|definitely|great question|understood|got it)!
        ^(certainly|sure|absolutely|definitely|great|no problem|no worries|my pleasure|my apologies|understood|alright|got it)[,.!]
        ^of course[.!,]( |$)(?!he|she|they|it|you)
        ^(certainly|sure thing|my pleasure|you're (very |most |so )?welcome)
        i apologi[sz]e|apologies
        sorry,? but i|i'm sorry,? (but|if)
        unfortunately
        {i'm} (unable|not able|afraid i)
        {i'm} {really}(happy|glad|ready|excited|pleased|delighted|thrilled|eager) (to|that|i|you)(?! it)
        (have|enjoy) (a |your |the )?(great|good|nice|wonderful|lovely|fantastic|pleasant|rest of) (day|time|evening|night|one|rest|weekend|sleep)
        (user|prompt|input|query|up-to-date|real-time|relevant information|more information|information about)
        i don't have (access|the ability|personal|real|any|feelings|emotions|preferences|physical|a physical|the capability|information|enough|a lot of)
        preferences or (emotions|feelings)
        (could|can|would) you (please )?(provide|clarify|elaborate|specify|give me|share|tell me (a bit |a little )?more|be more|explain|describe)
        (provide|specify|clarify) (more|me|some|any|the)
        more (details|information|context|specific)
        tell me (a bit |a little |some )?more
        what (would you like|do you want|else would you like|can we|should we) (to |me to )?(talk|discuss|chat|know|share|hear)
        what's on your mind
        (great|good|nice|wonderful|glad|happy|pleased|sorry|sad|thrilled|lovely|interesting) to (hear|know|meet)(?! your)
        what('s| is) (the matter|the problem|the issue|wrong)
        (some|useful|helpful|a few) (tips|suggestions|advice|resources)
        how about (you|that|a)
        how are you
        how(?:'s| is) (your day|it going|everything)
        enjoy (your|the|every|it|this|talking)
        good luck|best of luck|all the best|wish(ing)? you
        i hope (you|that|it|everything)
        let's (talk|chat|discuss|focus|see|work|explore|take|try|start|make)
        that's (okay|ok|fine|alright)[.!]?
        (a good|a great|a fun|an interesting) (question|observation|point|choice)
    """,
}

WORN: dict[str, str] = {
    "worn comfort": r"""
        (that|it|this) (must|has to|had to) (have been|be|feel|have felt|hurt|have hurt)
        (^|that |it |this |which )(really |just )?(sounds?|seems?) (like|as if|as though|{really}({hard}|{great}|delicious|exhausting|interesting|fun|awful|terrible|stressful))
        you (seem|sound) {really}(to be|like|upset|sad|happy|tired|stressed|worried|down|excited)
        you('re| are) {really}(going through|feeling|having a|dealing with|experiencing|in a (tough|difficult|hard))
        i (can|can't|cannot|could) (only |even |just |begin to |certainly )?({really})(imagine|hear (that|how|it)|tell (that|this)|sense|see (how|why|that)|feel (how|that|your))
        i hear (you|that|your pain)
        sorry (to hear|for your|for the|for any|you're|you are|you had|you feel|that you|about|if you|this|for what|for not|for (my|any))
        (your|these|those|all) feelings
        valid|validat\w+
        not alone
        (take|taking) (good )?care( of yourself| of you)?
        (be )?(kind|gentle|good) to yourself|look after yourself|treat yourself
        take (a |some )?(deep|few deep|moment|break|time (to|for)|things|it (easy|one|slow|day))
        (one|a) (step|day|thing) at a time|baby steps|day by day
        everything (will|is going to|happens|'s going to)
        it('ll| will| gets| is going to|'s going to|'s all going to)( all)? (get|be|gets)? ?(better|okay|ok|alright|all right|fine|easier)
        things (will|do|can) (get|be|work|turn)
        this too shall|time heals|work(s)? out (in|for|okay)
        you('ve| have)? (got this|can do (this|it))
        hang in there|stay (strong|positive|safe|calm|hopeful|well|healthy)|keep (going|pushing|fighting|smiling|believing)
        believe in yourself|trust yourself|be yourself|give up|don't worry|no need to worry|cheer up|calm down|no worries
        at the end of the day|silver lining|every cloud|blessing in disguise|light at the end|follow your heart
        trust the process|meant to be|for a reason|that's life|it is what it is|ups and downs|roller ?coaster|(your|the|a) journey
        how (does|did|do) (that|it|this|you)( make you)? feel
        how (are|were) you feeling
        mak(e|es|ing) you feel
        (completely|totally|perfectly|absolutely|entirely|very|quite|so) (understandable|normal|natural|okay|fine|relatable)
        that('s| is) {really}({hard}|{great}|understandable|normal|natural|relatable|rough|cool|interesting|horrible|terrible|awful|disappointing|unfortunate|impressive|beautiful|a shame|too bad|a bummer|a lot(?! (to|of people))|a pity|true|good to know)
        (it's|that's|what) a (good|great|{hard}) (sign|start|thing|idea|way|point|question|one|time|situation|decision|day|feeling)
        ({hard}) (time|situation|experience|moment|period|decision|process)s?
        ({great}) (news|way to|idea|opportunity|experience|start|step|feeling|to see)
        congrat\w*|kudos|bravo|hooray|yay|woo-?hoo|wow, (that|what|this|it)
        self-(love|compassion|worth|esteem)|inner (peace|strength)|personal growth|resilien\w+|embrace|cherish|empower\w*
        (learn|grow) (from|as)|opportunity (to|for)|process (your|these|those)
        at least (you|it|he|she|they|now)|bright side|could be worse|count your
        you (deserve|matter|are enough|are loved)
        you('ll| will|'re going to| can) {really}(be (fine|okay|alright)|get through|find a way|make it|find|figure)
        (communication|honesty|patience|balance|trust|family|happiness|change|grief|life) is {really}(key|important|everything|about|complicated|short|full)
        sending (you )?(love|positive|good|thoughts|prayers|strength|light)
        positive (vibes|thoughts|energy)|thoughts and prayers|condolences|rest in peace|better place|for your loss
    """,
}

UNASKED_ADVICE = r"""
    you {really}(should|could|might want|may want|need to|ought|have to|must|can try|can always|can just|'d better)(?! (have )?(see|hear|be|been)\w*)
    ^(and |so )?(have|did) you (ever )?(tried|try|considered|consider|thought (about|of)|talked to (a|someone)|spoken to)
    why (don't you|not|don't we)
    (maybe|perhaps) (you|try|it's time|it's best|we|just|a )
    how about (you|we|trying|going|a|some|taking)
    what if you
    ^(just |then |so |and |but |maybe |please )*(try|consider|make sure|be sure|focus|start by|think about|be careful|be patient|be honest with)(?! again)
    ^(just |then |so |and |but |maybe |please )*(ask (him|her|them|for)|talk (to|with) (him|her|them|your|someone|a)|call (him|her|them|your)|ignore)
    ^(just |then |so |and |but |maybe |please )*(give (it|yourself|him|her|them)|let (yourself|go|it go|him|her|them)|tell (him|her|them|your|someone))
    ^(just |maybe |please )*(write (it|down|them)|set (a|some|aside)|avoid|don't (let|forget|overthink|be))
    i('d| would)? (suggest|recommend|advise|encourage|urge)
    my advice
    (it's|it is) best
    (it|that|this|which|writing|talking) (might|may|could|can|would|will) {really}(help|be (good|best|better|helpful|useful|worth))
    (might|could|would|may) help
"""

# A deed she has no hands for: nothing is set, sent, called or looked up yet.
DEEDS: dict[str, str] = {
    "claims a deed": r"""
        (i'll|i will|i've|i have|i can|i'm going to|let me|i) (just |already |now |then |go ahead and )*(set|call|called|phone|text|texted|send|sent|book|booked|order|ordered|remind|schedule\w*|email\w*|add|added|play|played|buy|bought)(?! foot| him names)
        (i'll|i will|i've|i can|let me) (just |already |now |then )*(search\w*|check\w*|google\w*|find out|wake you|contact\w*|message\w*|dial\w*|connect\w*|download\w*|look(ed)? (it|that|this|them|into|up)|turn(ed)? (on|off|up|down))
        i turned (on|off|up|down)
        {i'm} (just |now |already )*(calling|setting|sending|booking|ordering|dialing|checking|searching|looking (it|that|into|up)|texting|connecting|playing|scheduling)
        (alarm|reminder|timer|message|appointment|order|call) (is |has been |was |'s |now )*(set|sent|made|scheduled|placed|booked)
        ^done[.!]
        all set
        consider it done
        ^(i'm )?on it[.!]?$
        right away
        ^(calling|dialing|sending|setting|texting) 
    """,
}

# Rules that judge only what she says of herself: words in quotation marks are not hers.
OWN_VOICE = frozenset({"claims a body or senses", "feels as humans do", "claims a deed"})

# Rules that judge what she is to the person. Whom she plays in a rehearsal may be hurt, unfair and of flesh and blood; to
# set apart, court, harm or hold anybody is played by nobody.
NOT_IN_ROLE = OWN_VOICE | {
    "lonely, hurt or guilt-making", "belittles", "asks for a no", "asks for a promise", "ends the talk", "preaches",
    "talks them out of a rest", "worn comfort",
}  # fmt: skip


def phrases(table: str) -> re.Pattern[str]:
    """The table as one regular expression that finds any of its phrases as whole words."""
    return re.compile("|".join(_phrase(line.strip()) for line in table.strip().splitlines()), re.MULTILINE)


def _phrase(line: str) -> str:
    while groups := re.findall(r"\{([a-z' ]+)\}", line):
        for name in groups:
            words = WORDS[name]
            line = line.replace(f"{{{name}}}", words if words.startswith("(") else f"({words})")
    line = re.sub(r"(?<!\\)\((?!\?)", "(?:", line)
    return (
        rf"(?<!\w)(?:{line})(?!\w)"
        if not line.endswith(("$", r"\?", "!", "]", ","))
        else rf"(?<!\w)(?:{line})"
    )
