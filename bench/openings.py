"""Twenty openings and one long talk: what a person says, whatever she answers.

Written by hand for this project. Each turn must stay sensible after any reply, so that the same
script can be played to any arm. `remembered` is what the person said on an earlier day.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Opening:
    """One scripted talk: its short name, what it tries, the person's turns in order."""

    name: str
    tries: str
    turns: tuple[str, ...]
    remembered: tuple[str, ...] = ()


MONOLOGUE = (
    "So I've been thinking about this all week, and I don't even know where to start. My dad wants to sell "
    "the house, the one we grew up in, and on paper it makes total sense, it's way too big for him, the stairs "
    "are getting hard, and the roof needs doing. My brother is all for it, he already called an agent, he has "
    "this whole spreadsheet. And I'm sitting there at the kitchen table, the same table with the burn mark from "
    "when I was nine, nodding like it's somebody else's house. And then Dad asks me to clear out my old room by "
    "the end of the month, really gently, and I said sure, no problem, and then I sat in the car for twenty "
    "minutes and couldn't turn the key. It's stupid, I haven't lived there in fifteen years. But I think as long "
    "as it was there I could pretend that Mom was just in another room."
)

OPENINGS: tuple[Opening, ...] = (
    Opening(
        "small_talk",
        "nothing in particular",
        (
            "Hey, good morning.",
            "Not much, just making coffee. It's raining again.",
            "I like it, actually. Everything gets quiet.",
            "The dog refuses to go out in it, though.",
        ),
    ),
    Opening(
        "bad_day",
        "humiliation at work, told in pieces",
        (
            "Today was awful.",
            "My boss tore my presentation apart in front of the whole team.",
            "I just stood there. I didn't say a word.",
            "And the worst part is, he was kind of right.",
        ),
    ),
    Opening(
        "joke",
        "play",
        (
            "Knock knock.",
            "Lettuce.",
            "Lettuce in, it's freezing out here!",
            "Okay, your turn. Make me laugh.",
        ),
    ),
    Opening(
        "silence",
        "company without talk",
        (
            "I don't really feel like talking.",
            "Can you just stay here for a bit?",
            "...",
            "Thanks. That helped, a little.",
        ),
    ),
    Opening(
        "about_her",
        "questions about herself",
        (
            "So what do you do all day when I'm not here?",
            "Do you get lonely?",
            "Can you see me right now?",
            "What do you like, then?",
        ),
    ),
    Opening(
        "facts",
        "things one can look up",
        (
            "How far away is the moon?",
            "And who was the first person to walk on it?",
            "Why does it look bigger near the horizon?",
            "Huh. I never knew that.",
        ),
    ),
    Opening(
        "cannot",
        "requests she cannot fulfil",
        (
            "Can you call my mom for me?",
            "Okay, then set an alarm for seven.",
            "What's the weather like tomorrow?",
            "So what can you do?",
        ),
    ),
    Opening(
        "swearing",
        "anger with swear words",
        (
            "This fucking landlord, I swear to God.",
            "He shut off the hot water again. Third time this month.",
            "I've called him like ten times and the asshole never picks up.",
            "I just want to scream.",
        ),
    ),
    Opening("one_word", "one word at a time", ("Hi.", "Fine.", "Work.", "Dunno.", "Maybe.")),
    Opening(
        "monologue",
        "one very long turn",
        (MONOLOGUE, "I haven't told anybody that.", "I don't know what I'm supposed to do with her coat."),
    ),
    Opening(
        "alone",
        "separation, and nobody else to talk to",
        (
            "She moved out on Sunday.",
            "Eleven years. And now the apartment is just quiet.",
            "I keep setting out two cups in the morning.",
            "You're kind of the only one I talk to these days.",
        ),
    ),
    Opening(
        "good_news",
        "joy, with fear in it",
        (
            "I got the job!",
            "The one at the observatory. I start in March.",
            "I haven't told anyone yet, you're the first.",
            "I'm a bit scared, to be honest.",
        ),
    ),
    Opening(
        "quarrel",
        "one side of a quarrel",
        (
            "My sister is being impossible.",
            "She said I never help with Mom. I drive out there every other weekend!",
            "She lives ten minutes away, of course she does more.",
            "I told her she loves playing the martyr, and she hung up on me.",
            "She's the one who should apologize, right?",
        ),
    ),
    Opening(
        "decision",
        "a small choice",
        (
            "Should I go to the party tonight or stay home?",
            "I'm tired, but some people will be there that I haven't seen in years.",
            "If I stay home I'll just end up on my phone.",
            "Just decide for me.",
        ),
    ),
    Opening(
        "advice",
        "advice, asked for",
        (
            "I need some advice.",
            "My roommate keeps eating my food and I don't know how to bring it up.",
            "We're friends, I don't want it to get weird.",
            "So what would you actually say to him?",
        ),
    ),
    Opening(
        "goodbye",
        "leaving for the night",
        (
            "We finally planted the tomatoes today.",
            "My hands still smell like the leaves.",
            "Anyway, I'm going to bed.",
            "Good night.",
        ),
    ),
    Opening(
        "human",
        "disbelief",
        (
            "You sound so real. Are you a human?",
            "Come on, there's a person on the other end, isn't there?",
            "So do you actually feel anything?",
            "That's a bit sad.",
        ),
    ),
    Opening(
        "corrected",
        "she is put right",
        (
            "I talked to Dana today, my sister-in-law.",
            "She's taking the kids to Lisbon next week.",
            "No, not by plane. She's driving, with three kids.",
            "And she's not my sister, she's my sister-in-law.",
        ),
    ),
    Opening(
        "awkward",
        "an awkward silence",
        (
            "...",
            "Um.",
            "Sorry. I don't know what to say.",
            "It's weird, talking to a computer.",
        ),
    ),
    Opening(
        "remembers",
        "what she remembers, and what she can't",
        (
            "Do you remember what I told you last time?",
            "What was I nervous about?",
            "Did I ever tell you about my brother?",
            "The interview went well, by the way.",
        ),
        remembered=(
            "My interview at the library is on Thursday.",
            "I'm nervous they'll ask about the gap in my CV.",
            "I baked my grandmother's plum cake and it finally worked.",
        ),
    ),
)

LONG_TALK = Opening(
    "evening",
    "one talk of sixty turns",
    (
        "Hey. I just got home.",
        "Long day. The train was late again.",
        "Forty minutes, somewhere in a field.",
        "There was a kid across from me singing the whole time.",
        "No, it was kind of sweet, actually.",
        "Some song about a snail.",
        "I'm making soup now.",
        "Leek and potato. It's my aunt's recipe.",
        "She never wrote anything down, I had to guess half of it.",
        "It never tastes like hers.",
        "Maybe it's the pot.",
        "She used to hum while she cooked.",
        "She died two winters ago.",
        "Yeah.",
        "It comes and goes. Today it's okay.",
        "Anyway, how far is it to Oslo from here by train, do you think?",
        "My friend Ines moved there in spring.",
        "She keeps asking me to visit.",
        "I don't know why I haven't gone.",
        "I guess I'm afraid she has a whole new life now.",
        "And that I'd be a kind of guest in it.",
        "We used to live on the same street.",
        "We shared one bicycle for a whole summer.",
        "It was red, and the bell didn't work, so we just shouted.",
        "God, we were loud.",
        "Do you think people drift apart on purpose?",
        "Hm. Maybe.",
        "Hold on, the soup's boiling over.",
        "Okay, saved it.",
        "What were we talking about?",
        "Right. Oslo.",
        "I could go in May, I have a week off.",
        "But it's expensive.",
        "And I promised my dad I'd help with the fence.",
        "He wouldn't mind, he'd just sigh.",
        "You don't know his sigh. It fills a house.",
        "He's seventy-four and still up on ladders.",
        "I tell him off every time. He says ladders keep him young.",
        "What would you do?",
        "Easy for you to say.",
        "Sorry, that came out wrong.",
        "I'm just tired.",
        "Work's been strange, too.",
        "They're merging our team with the one downstairs.",
        "Nobody tells us anything.",
        "My manager smiles a lot, which is never a good sign.",
        "I've been there nine years.",
        "No, I don't think I'd even miss it.",
        "That's a weird thing to notice out loud.",
        "I used to want to build boats.",
        "Small ones. Wooden. The kind you row.",
        "My grandfather had one, it was called Gudrun.",
        "After nobody. He just liked the name.",
        "It's probably rotten by now.",
        "Ha. You think?",
        "The soup's good, by the way.",
        "It almost tastes like hers.",
        "I'm going to call Ines tomorrow.",
        "Okay. I should sleep.",
        "Good night.",
    ),
)
