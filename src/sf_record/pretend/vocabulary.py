"""Single words for invented notes, so that they hold as many different words, and pack as badly, as real ones."""

from __future__ import annotations

import calendar


def _list(text: str) -> tuple[str, ...]:
    return tuple(text.split())


ADVERBS = _list(
    "again already also briefly calmly carefully cheerfully clearly confidently earlier easily eventually firmly "
    "frankly freely gently gladly gradually happily honestly kindly lately later loudly mostly nervously now often "
    "openly patiently perhaps plainly politely proudly quickly quietly rarely readily really sadly safely seldom "
    "shyly simply slowly softly soon steadily still suddenly surely thankfully then thoughtfully today together "
    "usually warmly well willingly wisely yesterday"
)
ADJECTIVES = _list(
    "ancient bent big blue borrowed bright broken brown busy cheap clean clever cold colourful cosy cracked curly "
    "damp dark deep dotted dry dusty empty enormous faded fancy favourite flat folded fresh funny furry fuzzy "
    "giant glossy golden grand green grey grubby handy heavy hidden hollow homemade huge jolly knitted large leafy "
    "light little lonely long lost loud lovely lucky magic mended messy mighty muddy narrow neat new noisy odd old "
    "orange painted pale patched pink plain pointed polished prickly purple quiet rainy red round rusty sandy "
    "scruffy shady sharp shiny short silly silver simple sleepy slim smart smooth snowy soft solid speckled spiky "
    "spotted square steep sticky striped strong sturdy sunny tall thick thin tidy tiny torn tricky useful warm "
    "wavy wet white wide wild windy wobbly wooden woollen worn yellow"
)
OBJECTS = _list(
    "acorn apron arch atlas badge bag balloon banner barn basket beaker bell bench bicycle blanket boat book boot "
    "bottle bowl box bracelet brick bridge broom brush bucket bus button cake calculator camera candle cap car "
    "card cart castle caterpillar chair chalkboard chart clock cloak clown coat coin comb compass cone cot counter "
    "crane crayon crown cube cup curtain cushion dinosaur dish doll door dragon drawer dress drum duck easel "
    "engine envelope farm feather fence flag flask flower flute folder fork fort fossil fountain fox frame frog "
    "garage gate giraffe glove glue-stick goat guitar hammock harp hat helicopter helmet hook horn horse house "
    "hutch island jacket jar jigsaw jug jumper kettle key kite ladder lamp lantern leaf letter lighthouse lion "
    "lorry magnet map marble mask mat maze medal mirror mitten mobile monkey moon mosaic mouse mug mural museum "
    "necklace nest net notebook oar octopus oven owl paddle paintbox palace panda parcel parrot path pebble peg "
    "pencil penguin photograph piano picnic picture pillow pineapple pipe pirate planet plant plate playhouse "
    "pocket pond pony poster pot printer pumpkin puppet purse puzzle pyramid quilt rabbit racket radio raft "
    "rainbow ribbon ring river road robot rocket roof rope rucksack ruler saddle sail sandcastle sandwich satchel "
    "scarf scooter screen seesaw shed sheep shelf shell ship shoe shop skateboard sledge slide slipper snail snake "
    "sock sofa spade spider spoon spring squirrel stage stamp star statue stool story submarine sundial sunflower "
    "swing table tambourine tapestry tent theatre ticket tiger tile timetable toadstool tower tractor train tram "
    "tray treasure tree triangle tricycle trolley trumpet trunk tunnel turtle umbrella unicorn vase village violin "
    "volcano wagon wall wallet watch watering-can waterfall wave whale wheel whistle wigwam windmill window wizard "
    "yacht zebra zip"
)
PLACES = _list(
    "allotment arcade bakery balcony bandstand beach bookshop boathouse bridge brook campsite canal castle "
    "cathedral church cinema clinic cliff common corner creek crossing dentist farm ferry field football-ground "
    "forest garage garden harbour hill hospital lake lane laundry library market meadow mill mosque museum nursery "
    "office orchard park pier playground pond pool post-office quarry railway reservoir river riverbank school "
    "shop stables stadium stage station stream supermarket surgery temple theatre tower viaduct village vineyard "
    "waterfront wood workshop yard zoo"
)
DAYS = tuple(f"{day} {month}" for month in calendar.month_name[1:] for day in range(1, 29))
TIMES = tuple(f"{hour:02}:{minute:02}" for hour in range(8, 19) for minute in range(60))
NUMBERS = tuple(str(number) for number in range(2, 200))
