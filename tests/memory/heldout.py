"""Lines nobody tuned against: written before the rules had ever been run, and never edited since.

(what she said before, what the person says, what it teaches: (about, relation, value) or nothing).
`test_learning.py` reports precision and recall over them.
"""

LINES: list[tuple[str, str, set[tuple[str, str, str]]]] = [
    # ── these teach something ──
    ("", "So my little brother, he's called Marcus, he got into med school.", {("you", "brother", "Marcus")}),
    ("", "Honestly I can't stand mushrooms.", {("you", "dislikes", "mushrooms")}),
    ("", "I just moved to Lisbon last month.", {("you", "lives_in", "Lisbon")}),
    ("What do you do all day?", "I work as a paramedic, nights mostly.", {("you", "works_as", "paramedic")}),
    ("", "Please call me Teddy, nobody says Theodore.", {("you", "name", "Teddy")}),
    ("What's your daughter called?", "Her name's Juniper.", {("you", "daughter", "Juniper")}),
    ("And what's your wife's name?", "Caroline.", {("you", "wife", "Caroline")}),
    ("", "My birthday is on the 3rd of May.", {("you", "birthday", "3 May")}),
    ("", "I'm allergic to penicillin, by the way.", {("you", "allergic_to", "penicillin")}),
    (
        "",
        "Hi! I'm a vegetarian and I live in Leeds.",
        {("you", "diet", "vegetarian"), ("you", "lives_in", "Leeds")},
    ),
    ("", "Remind me to water the plants.", {("you", "remind", "water the plants")}),
    ("", "My dentist appointment is on Monday.", {("you", "dentist appointment", "2026-11-02")}),
    ("", "Don't ever bring up Kevin again.", {("you", "never_mention", "Kevin")}),
    ("", "Please don't remember anything about my finances.", {("you", "keep_nothing_about", "finances")}),
    ("", "We have a cat named Pickles.", {("you", "cat", "Pickles")}),
    ("", "I don't like crowds.", {("you", "dislikes", "crowds")}),
    ("", "My mom lives in Tucson now.", {("mother", "lives_in", "Tucson")}),
    ("", "I got divorced in March.", {("you", "status", "divorced")}),
    ("", "I adore old black-and-white films.", {("you", "likes", "old black-and-white films")}),
    (
        "Where are you from?",
        "I grew up in a village near Cork.",
        {("you", "comes_from", "a village near Cork")},
    ),
    # ── these teach nothing ──
    ("", "Do you think my sister is called Iris in your notes?", set()),
    ("", "What would happen if I moved to Berlin?", set()),
    ("", "My boss told me I work as hard as a mule.", set()),
    ("", "I wish I lived in Paris.", set()),
    ("", "Call me when you've thought about it.", set()),
    ("", "And she goes, I'm allergic to your attitude.", set()),
    ("", "I hate it when that happens.", set()),
    ("", "Oh great, I just love being stuck in traffic for two hours.", set()),
    ("", "I live in constant fear of that woman.", set()),
    ("", "I'm basically married to my laptop, haha.", set()),
    ("", "In the film he says my name is Inigo Montoya.", set()),
    ("", "I nearly moved to Chicago once.", set()),
    ("", "I used to love liver as a kid.", set()),
    ("", "Say I work at a bank, what would you ask me?", set()),
    ("", "He hates onions, or so I heard.", set()),
    ("What's your sister called?", "Why do you want to know?", set()),
    ("What's your mother's name?", "I'd rather not say.", set()),
    ("", "I'd kill for a coffee right now.", set()),
    ("", "Don't mention it, it was nothing.", set()),
    ("", "Remind me, who wrote that book?", set()),
]
