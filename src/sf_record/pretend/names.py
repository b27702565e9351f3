"""Names and addresses that nobody can take for real: trees, birds and stones, Sampleton, numbers kept for drama."""

from __future__ import annotations

from sf_record.pretend.chance import Randomness


def _list(text: str) -> tuple[str, ...]:
    return tuple(text.split(" "))


FAMILY_NAMES = _list(
    "Alder Ash Aspen Bay Beech Birch Blackthorn Box Briar Cedar Cherry Chestnut Cypress Elder Elm Fir Gorse "
    "Hawthorn Hazelwood Heath Holly Hornbeam Ivywood Juniper Larch Laurel Linden Maple Medlar Mulberry Myrtle "
    "Oakwood Olive Osier Palm Pear Pine Plane Plum Poplar Quince Rowan Sallow Spruce Sycamore Teak Walnut Willow "
    "Yew Agate Amber Basalt Chalk Clay Cobble Dolomite Feldspar Gabbro Gneiss Granite Gritstone Jade Jasper "
    "Lapis Limestone Marble Marl Mica Moonstone Obsidian Onyx Opal Pebble Pumice Quartz Sandstone Schist Shale "
    "Slate Topaz"
)

GIVEN_NAMES = _list(
    "Avocet Bittern Bunting Chaffinch Coot Corncrake Crane Curlew Dipper Dotterel Dove Dunlin Dunnock Eider "
    "Fieldfare Finch Firecrest Gannet Goldcrest Goldfinch Goshawk Grebe Greenfinch Greylag Grouse Guillemot Gull "
    "Harrier Hawfinch Heron Hobby Jackdaw Jay Kestrel Kingfisher Kittiwake Knot Lapwing Linnet Mallard Martin "
    "Merlin Moorhen Nightjar Nuthatch Oriole Osprey Ouzel Owl Partridge Peregrine Petrel Pintail Pipit Plover "
    "Pochard Puffin Quail Rail Raven Redpoll Redshank Redstart Redwing Robin Rook Sanderling Sandpiper "
    "Shearwater Shelduck Shoveler Siskin Skua Skylark Smew Snipe Sparrow Starling Stonechat Stork Swallow Swan "
    "Swift Teal Tern Thrush Treecreeper Turnstone Twite Wagtail Warbler Waxwing Wheatear Whimbrel Whinchat "
    "Whitethroat Wigeon Woodcock Woodlark Wren Yellowhammer"
)

STREETS = ("Example Terrace", "Example Road", "Specimen Street", "Sample Close", "Placeholder Avenue", "Mock Lane")
TOWNS = ("Sampleton", "Exampleford", "Pretendham", "Specimen-on-Sea", "Placeholder Green", "Nowhereton")
AREAS = ("Sampleton North", "Sampleton South", "Exampleford", "Pretendham")
LANGUAGES = ("English", "English", "English", "Polish", "Urdu", "Arabic", "British Sign Language", "Welsh")


def family_name(index: int) -> str:
    """Return the name of the so-manieth family; each is different."""
    first, second = index % len(FAMILY_NAMES), index // len(FAMILY_NAMES)
    return FAMILY_NAMES[first] if second == 0 else f"{FAMILY_NAMES[first]}-{FAMILY_NAMES[(first + second) % 79]}"


def address(randomness: Randomness, number: int) -> tuple[str, str]:
    """Return street and town, and a postcode of an area that the Royal Mail has not given out."""
    letters = "".join(randomness.choice("ABDEFGHJLNPQRSTUWXYZ") for _ in range(2))
    postcode = f"ZZ{randomness.randrange(1, 21)} {randomness.randrange(1, 10)}{letters}"
    return f"{number} {randomness.choice(STREETS)}, {randomness.choice(TOWNS)}", postcode


def mobile(randomness: Randomness) -> str:
    """Return a mobile number of those that Ofcom keeps for drama."""
    return f"07700 900{randomness.randrange(0, 1000):03}"


def landline(randomness: Randomness) -> str:
    """Return a telephone number of those that Ofcom keeps for drama."""
    return f"01632 960{randomness.randrange(0, 1000):03}"
