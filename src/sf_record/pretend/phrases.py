"""The phrases that invented notes are put together from: calm, everyday practice, nobody's real words."""

from __future__ import annotations


def _list(text: str) -> tuple[str, ...]:
    return tuple(text.split("|"))


TOPICS = _list(
    "mornings|bedtimes|the school run|getting to nursery on time|meal times|the new routine|sharing a bedroom|"
    "money|the heating|the move|homework|hospital appointments|sleep|the evenings|weekends|screen time|reading "
    "at home|the journey to school|speech therapy|friendships|football practice|the after-school club|contact at "
    "the centre|the parenting course|the tenancy|the food bank|toilet training|weaning|the dental check|the eye "
    "test|potty training|the health visitor's checks|transport|the holiday club|the bunk beds|the garden fence|"
    "the washing machine|damp in the back bedroom|the budget|the benefit claim|visits to grandparents|phone "
    "calls with Dad|time with Mum|swimming|the breakfast club|the young carers group|bath time|the buggy|the "
    "stair gate|new shoes|the school uniform|music lessons|the dog|family meals|the bus pass|the reading scheme|"
    "the move to secondary school|pocket money"
)
GOING = _list(
    "had become easier|had been harder than expected|had settled|had gone well|had stayed much the same|had "
    "improved a little|had been tiring|had felt calmer|had needed patience|had been the best part of the week|"
    "had been on everyone's mind|had slipped a little|had worked on most days|had taken longer than planned|had "
    "turned a corner|had been talked through at home|had been less of a worry|had come up again|had been shared "
    "more fairly|had got off to a slow start|had gone better with the chart on the fridge|had been a struggle on "
    "Mondays|had not changed"
)
WHEN = _list(
    "since my last visit|over the last fortnight|since half-term|this week|since the meeting|in the last few "
    "days|since the start of term|for about a month|since the review|on most days|during the holidays|for the "
    "first time this year|after the weekend|since the new timetable|while the car was being mended|since the "
    "plan was shared|now that the evenings are lighter|as the days get shorter|before the bank holiday|in "
    "between appointments"
)
MOODS = _list(
    "cheerful|quiet at first|chatty|shy but smiling|tired after school|full of energy|settled|a little restless|"
    "proud|thoughtful|curious about my lanyard|keen to show me around|busy with a game|relaxed|unsure to begin "
    "with|pleased to be at home|hungry for tea|calm|talkative once we sat down|sleepy|playful|polite|in good "
    "spirits|a bit fed up"
)
DID = _list(
    "went back to the game|asked when I would come again|leaned against Mum while we talked|counted to twenty "
    "for me|named the friends at the table|ate a plate of toast|fetched a coat without being asked|said goodbye "
    "at the door|helped to lay the table|read two pages aloud|answered in short sentences|laughed at the cat|"
    "sorted the cards by colour|drew while listening|looked to Gran before answering|waved from the window|"
    "tidied the pens away|asked for a story|played on the mat|built a den from cushions|chose to sit beside me|"
    "told a long joke|practised some spellings"
)
ACTIONS = _list(
    "ring the school office|book the dental check|send the form back|ask the landlord about the boiler|try the "
    "new bedtime|come to the next meeting|speak to the health visitor|keep the chart going|visit the nursery "
    "together|write down three questions|look at the bus times|bring the letter to the centre|finish the budget "
    "sheet|put the stair gate back|call the surgery before nine|meet the new teacher|try the breakfast club for "
    "a week|collect the uniform voucher|share the calendar with Gran|plan one quiet evening|check the smoke "
    "alarm|join the Tuesday group|agree the holiday dates|text if plans change|apply for the bus pass|read "
    "together on four nights|sort the box room|tell the school about the change of number|practise the walk to "
    "school|keep Thursday free for contact"
)
BY = _list(
    "by Friday|before the next visit|within two weeks|by the end of the month|before half-term|on Monday morning|"
    "by the time of the review|this week|as soon as the letter comes|after the weekend|before the core group|by "
    "next Wednesday|when the form arrives|on the way home from school|before term ends"
)
ROOMS = _list(
    "kitchen|front room|back bedroom|children's bedroom|hall|garden|bathroom|landing|dining room|box room|porch"
)
STATES = _list(
    "warm and tidy|clean, with toys within reach|cool, though the heating had just come on|being decorated|"
    "cluttered but safe|bright and well aired|much as on my last visit|tidier than before|short of storage|"
    "freshly painted|in need of a new bulb|set out for play|ready for the new cot|a little damp by the window|"
    "busy with drying washing|homely"
)
PROFESSIONALS = _list(
    "The class teacher|The health visitor|The school nurse|The nursery key worker|The family support worker|The "
    "head of year|The GP surgery|The housing officer|The speech therapist|The midwife|The youth worker|The "
    "contact supervisor|The learning mentor|The playgroup leader|The community paediatrician|The tenancy adviser|"
    "The reviewing officer"
)
REPORTED = _list(
    "told me|wrote to say|confirmed|mentioned|reported|said on the telephone|noted at the meeting|let me know|"
    "explained|agreed"
)
SCHOOL = _list(
    "had been in every day|had missed one morning|was joining in more at carpet time|had a good friend in the "
    "group|was eating well at lunch|had started to ask for help|needed a little longer to settle|had moved up a "
    "reading band|was wearing the glasses|had tried a new activity|had been collected on time|was looking "
    "forward to the trip|had found the first week long|was using more words|had been weighed and was growing "
    "steadily|was happy at drop-off|had brought in a show-and-tell|was keeping up with the class|had been kind "
    "to a new starter|was proud of the certificate"
)
EXPLAINED = _list(
    "why I visit|what the plan says|how the review works|who would be at the meeting|what I would write down|how "
    "to reach the team out of hours|what information is shared and with whom|the next steps|the dates on the "
    "plan|how to ask for a change|what the school had told me|how the group could help|what a core group does|my "
    "role and the role of the supervisor|how to see what is written on the file"
)
RESPONDED = _list(
    "said this made sense|asked me to go over it again|took a copy of the letter|wanted to think about it|agreed|"
    "said it felt fair|asked two good questions|was worried about the timing|nodded and wrote it down|said Gran "
    "could help|asked for it in writing|preferred to wait until after the weekend|was pleased to have it clear|"
    "did not agree with every point and told me why|said it was a relief to talk"
)
ANSWERS = _list(
    "it was going better than a month ago|there was nothing new to tell|they would rather talk about it another "
    "day|Gran had been a great help|the mornings were the hardest part|they had found a way that works|it "
    "depended on the shifts|they were waiting for a letter|it had been a long week|they had tried it twice and "
    "would try again|the neighbours had lent a hand|they felt more confident now|it was still early days|they "
    "had written it on the calendar"
)
CONTACTED = _list("rang|left a message for|spoke to|returned a call from|wrote to|met|heard from")
BODIES = _list(
    "the school office|the nursery|the surgery|the housing team|the children's centre|the health visiting team|"
    "the breakfast club|the family hub|the contact centre|the transport team|the benefits adviser|the youth club"
)
VOICES = _list(
    "I like it when we all have tea together|I want to go swimming on Saturday|My teacher says I am good at "
    "maths|I miss my old bedroom but I like the garden|I want Mum to read the dragon book again|The mornings are "
    "too noisy|I have two best friends now|I do not like it when the light is off|Gran makes the best soup|I "
    "would like a desk for my homework|I am going to be in the play|It is better when we walk|I want to see my "
    "brother more|I like my room best|I was cross on Monday but not any more|I can do it by myself|I want to "
    "keep the hamster|We had pancakes|I told my teacher about the trip|I like it when you come on Tuesdays"
)
SUBJECTS = _list(
    "Call from school|Appointment kept|Plan for the week|Letter received|Contact arranged|Transport|Nursery "
    "place|Housing repair|Feedback from the group|After the meeting|Attendance|Health check|Change of plan|"
    "Review date|Message from family|Discussion with team|Half-term|Routine at home|Direct work|Follow-up"
)
PURPOSES = _list(
    "See the children and talk about the week|Look at the plan together|Direct work with the children|Talk about "
    "school and mornings|See the bedrooms|Go through the review papers|Meet Gran|Check how the new routine is "
    "going|Talk about the nursery place|Prepare for the core group|Get to know the family|See the placement"
)
WARNINGS = (
    ("Large dog at the property. Ring before you visit.", "Told us by the family"),
    ("Visit in pairs.", "Agreed with the supervisor after the last review"),
    ("Do not leave messages on the landline.", "Asked for by the mother"),
    ("Steep steps to the front door, no handrail.", "Seen at the first visit"),
)
WHY_NOT = ("At school", "At nursery", "With grandparents", "Asleep", "At football practice")
WHY_NOT_ALONE = ("Too young to be seen alone", "Preferred to stay with Mum", "Came in late, only a short time together")
