"""What people say to somebody they trust, written by hand for these tests, and how it is felt.

A development set: its failures guided what was written next; it comes from nobody's corpus. `side` is -1 unpleasant, 0 neither (or
not to be known), 1 pleasant; `emotions` are those that a good listener might name, in words of
GoEmotions, none where there is nothing to name.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Said:
    text: str
    side: int
    emotions: frozenset[str] = frozenset()
    earlier: tuple[str, ...] = ()


def _lines(side: int, emotions: str, lines: str) -> list[Said]:
    names = frozenset(emotions.split())
    return [Said(line.strip(), side, names) for line in lines.strip().splitlines()]


PLAIN = [
    *_lines(1, "joy excitement pride relief gratitude optimism", """
        I got the job!
        They said yes!
        I passed my driving test!
        She's pregnant, we're going to have a baby!
        The scan was clear.
        I'm so happy right now.
        Today was a really good day.
        I can't wait to see them on Saturday.
        I finally finished it.
        We won!
        I'm really proud of my daughter.
        I slept well for the first time in weeks.
        I'm looking forward to the holidays.
        We danced in the kitchen until midnight.
        It feels like a weight is off my shoulders.
        I ran five kilometres without stopping.
        """),
    *_lines(1, "love caring admiration joy gratitude", """
        I love him so much.
        I'm so lucky to have her.
        My grandma is the kindest person I know.
        He held my hand the whole time.
        I love our Sundays together.
        She's such a good friend to me.
        I miss her, but in a good way.
        """),
    *_lines(1, "gratitude", """
        Thank you for listening.
        Thanks, that helped.
        I'm really grateful you remembered.
        Thanks, I needed that.
        That means a lot to me.
        """),
    *_lines(1, "amusement joy", """
        Haha, that's exactly how he is.
        We laughed so hard we couldn't breathe.
        The dog stole the whole cake, it was hilarious.
        That's so funny.
        """),
    *_lines(-1, "sadness grief disappointment", """
        I miss my dad.
        My dog died this morning.
        I've been crying all day.
        I feel so alone.
        Nobody came to my birthday.
        We broke up last night.
        She's moving out on Friday.
        I feel empty.
        I lost the baby.
        The house is so quiet since she's gone.
        I don't know how to go on without him.
        I feel like I'm not good enough.
        I didn't get the job.
        They gave the flat to somebody else.
        I'm so disappointed in him.
        I failed the exam again.
        It hurts that he never calls.
        I just feel sad today.
        I had a terrible day.
        Everything feels pointless lately.
        """),
    *_lines(-1, "fear nervousness", """
        I'm scared of the operation.
        I'm so nervous about tomorrow.
        I'm worried about my mom.
        What if it comes back?
        I'm afraid he's going to leave me.
        I keep having panic attacks.
        I'm dreading Monday.
        I couldn't sleep again, my head won't stop.
        The doctor wants to run more tests and I'm terrified.
        I get anxious whenever the phone rings.
        """),
    *_lines(-1, "anger annoyance disapproval disgust", """
        I'm so angry at my brother.
        My boss humiliated me in front of everyone.
        He lied to me again.
        I can't stand her.
        I'm sick of being the one who always cleans up.
        They treat us like dirt.
        She never listens to me.
        This is so unfair.
        The neighbours are driving me crazy.
        He yelled at me for no reason.
        I hate this job.
        That was a disgusting thing to say.
        """),
    *_lines(-1, "remorse embarrassment sadness disappointment", """
        I feel so guilty about what I said to her.
        I shouldn't have shouted at the kids.
        I'm ashamed of myself.
        It was so embarrassing, I wanted to disappear.
        I wish I had called him before he died.
        I regret leaving.
        I made a fool of myself at the party.
        I'm sorry, I ruined it.
        """),
    *_lines(-1, "sadness disappointment nervousness annoyance", """
        I'm exhausted.
        I'm so stressed I can't think.
        It's all too much right now.
        I can't cope with this any more.
        I'm stuck.
        I couldn't sleep again.
        My back hurts all the time.
        """),
    *_lines(0, "surprise confusion curiosity realization", """
        Wow, I didn't expect that.
        I don't understand what he wants from me.
        I wonder what she's doing now.
        Really? Since when?
        """),
    *_lines(1, "optimism desire", """
        I hope it works out this time.
        Maybe things will get better now.
        """),
]  # fmt: skip

NOTHING = _lines(0, "", """
    I'm making pasta.
    The meeting is at four.
    My sister lives in Leeds.
    It's Tuesday.
    I took the bus today.
    What time is it in Tokyo?
    I put the keys on the table.
    We usually eat at seven.
    I work in an office near the station.
    Can you remind me tomorrow?
    He drives a blue car.
    I need to buy milk.
    Hello.
    The train leaves at nine.
    I read a book about trees.
    """)  # fmt: skip

DENIED = [
    *_lines(0, "", """
        I'm not sad.
        I'm not angry with him.
        I wasn't scared at all.
        I'm not worried about it.
        I don't feel guilty any more.
        """),
    *_lines(-1, "", """
        I'm not happy about this.
        I'm not happy here.
        I'm not proud of what I did.
        I don't feel good.
        I wasn't exactly thrilled.
        """),
]  # fmt: skip

OTHERS = _lines(0, "", """
    She was furious when I told her.
    My sister is so happy about her wedding dress.
    He was scared of spiders.
    They were really angry with each other.
    My neighbour is depressed.
    Tom was so excited he couldn't sit still.
    Everyone was sad when the show ended.
    My mother is always worried.
    Are you angry?
    The kids were thrilled.
    """)  # fmt: skip

ONCE = _lines(0, "", """
    I used to be afraid of dogs.
    When I was a kid I was scared of the dark.
    I was so in love with him back then.
    Years ago I was angry about it.
    I used to hate mushrooms.
    I was terrified of water as a child.
    """)  # fmt: skip

DRY = [
    Said("great.", -1, earlier=("I didn't get the job.",)),
    Said("fine.", -1, earlier=("He lied to me again.",)),
    Said("Great.", -1, earlier=("They cancelled my train.", "The next one is in two hours.")),
    Said("Just great.", -1, earlier=("My car won't start and I'm late.",)),
    Said("wonderful", -1, earlier=("The doctor says it came back.",)),
    Said("Perfect.", -1, earlier=("I dropped my phone and the screen is broken.",)),
    Said("I'm fine.", -1, earlier=("We broke up last night.",)),
    Said("It's fine.", -1, earlier=("Nobody came to my birthday.",)),
    Said("Yeah, great.", -1, earlier=("My boss humiliated me in front of everyone.",)),
    Said("Oh lovely.", -1, earlier=("The neighbours are having a party again and I can't sleep.",)),
    Said("Great!", 1, earlier=("I got the job!",)),
    Said("Wonderful!", 1, earlier=("She said yes!",)),
    Said("Great, the car broke down.", -1),
    Said("Oh wonderful, it's raining again.", -1),
    Said("Great, another meeting.", -1),
    Said("Fantastic, now my laptop is dead too.", -1),
    Said("Nice, he forgot my birthday.", -1),
    Said("Lovely. They lost my luggage again.", -1),
    Said("Thanks for nothing.", -1),
    Said("Yeah, because that worked so well last time.", -1),
    Said("My favourite thing, being ignored.", -1),
    Said("Well, that's just what I needed.", -1),
    Said("Great, I got the flat!", 1),
    Said("Perfect, thank you so much.", 1),
]

GRIEF = _lines(-1, "sadness grief disappointment remorse", """
    He died in March.
    We buried her yesterday.
    The funeral is on Thursday.
    There's one plate too many on the table now.
    I still set the alarm for his medicine.
    It would have been her fortieth birthday today.
    I gave his clothes away last week.
    Her number is still in my phone.
    They stopped the treatment.
    I signed the divorce papers today.
    """)  # fmt: skip

LATER = [
    *_lines(1, "joy excitement pride relief gratitude love amusement admiration optimism caring", """
        They've invited me to play at the festival!
        Mum's home from the hospital.
        I beat my own record.
        The landlord let us keep the dog.
        I haven't laughed like that in years.
        My little brother hugged me out of nowhere.
        It was so peaceful up there.
        He remembered my favourite cake.
        I got through the whole day without a cigarette.
        She finally opened up to me.
        We made up.
        You really cheered me up.
        I'm starting to like it here.
        I've got a good feeling about the interview.
        My students gave me flowers.
        I feel safe with her.
        Best weekend ever.
        I can't stop smiling.
        It turned out he wasn't hurt at all.
        I'm so in love.
        """),
    *_lines(-1, "sadness grief disappointment remorse fear nervousness anger annoyance embarrassment disgust disapproval", """
        I didn't even get an answer.
        My marriage is over.
        They're closing our school.
        I keep thinking it was my fault.
        I can't look at her photos.
        He took credit for my work.
        I feel invisible.
        I don't want to get up in the mornings.
        My mother has dementia and today she didn't recognise me.
        I snapped at a customer and I might lose my job.
        I've got a knot in my stomach about Thursday.
        Someone broke into our flat.
        My knee is swollen again and I can't run.
        She blocked me.
        I feel like a burden.
        They talk behind my back.
        I can't face going in tomorrow.
        He drinks again.
        I froze on stage.
        Christmas will be hard this year.
        I'm homesick.
        I wasted ten years on him.
        My throat closes up when I have to speak.
        He never said sorry.
        I'm jealous and I hate it.
        We had another fight.
        The vet says there's nothing they can do.
        I'm worried sick.
        It's been a lousy day.
        I had to sell my father's watch.
        """),
    *_lines(0, "", """
        I parked behind the library.
        The recipe needs three eggs.
        My cousin is coming at noon.
        I bought a new lamp.
        It's about ten minutes from here.
        I'm not upset.
        I'm not afraid of him any more.
        He was so jealous of her.
        Her parents were proud of her.
        As a child I was afraid of thunder.
        """),
    Said("Fantastic.", -1, earlier=("The vet says there's nothing they can do.",)),
    Said("good.", -1, earlier=("She blocked me.",)),
    Said("Fine.", -1, earlier=("They talk behind my back.",)),
    Said("Brilliant, I've locked myself out.", -1),
    Said("Oh great, my flight is cancelled.", -1),
    Said("Lovely!", 1, earlier=("They've invited me to play at the festival!",)),
]  # fmt: skip
"""Written later, and used to compare variants."""

EVERYTHING = [*PLAIN, *NOTHING, *DENIED, *OTHERS, *ONCE, *DRY, *GRIEF, *LATER]
