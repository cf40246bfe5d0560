"""Names of the families: from everywhere, as in any county. All invented."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Names:
    """Names that go together. `weight` is how many in a hundred families have them."""

    weight: int
    forenames: tuple[str, ...]
    surnames: tuple[str, ...]


def _names(weight: int, forenames: str, surnames: str) -> Names:
    return Names(weight, tuple(forenames.split()), tuple(surnames.split()))


CULTURES = (
    _names(
        56,
        "Oliver Amelia George Isla Harry Ava Jack Freya Noah Lily Charlie Poppy Alfie Evie Archie Ivy Theo Willow"
        " Arthur Florence Leo Rosie Henry Daisy Finley Phoebe Jude Elsie Toby Matilda Rory Harriet Max Eliza Ethan"
        " Martha Callum Bethany Reuben Imogen Sebastian Tilly Jenson Scarlett Stanley Molly Ellis Robyn Kit Wren",
        "Adams Bailey Barker Baxter Bishop Booth Bradley Brooks Bull Burton Carr Chapman Coleman Collins Cross Dale"
        " Dawson Dixon Elliott Farrow Fletcher Ford Fox Gibson Green Hale Harding Hart Hayward Hewitt Holt Hughes Hunt"
        " Jarvis Kemp Lacey Lowe Mann Marsden Mason Mellor Moss Nash Norton Oakley Palmer Parsons Payne Perry Pope"
        " Potter Reeve Rowe Sharpe Shaw Spence Stokes Tanner Thorne Tuck Vale Wade Walsh Ward Webb West Wills Yates",
    ),
    _names(
        5,
        "Cerys Gethin Carys Rhys Seren Owain Ffion Dylan Angharad Iestyn Nia Macsen",
        "Bevan Evans Griffiths Howell Jenkins Llewellyn Morgan Parry Powell Pritchard Rees Vaughan",
    ),
    _names(
        5,
        "Aoife Cillian Niamh Oisin Saoirse Eoin Caoimhe Fergus Roisin Declan Orla Ruairi",
        "Brennan Byrne Daly Doyle Fallon Gallagher Keane Lynch Maguire Nolan Quinn Sweeney",
    ),
    _names(
        8,
        "Muhammad Aisha Ibrahim Maryam Yusuf Zainab Hamza Fatima Bilal Khadija Zayn Hafsa Idris Amina Haris Sumaya",
        "Ahmed Akhtar Ali Aziz Bashir Butt Chaudhry Hussain Iqbal Javed Khan Mahmood Malik Mirza Qureshi Shah",
    ),
    _names(
        5,
        "Arjun Anaya Rohan Diya Vihaan Saanvi Kiran Meera Dev Isha Nikhil Tara Aarav Kavya",
        "Bhatt Chauhan Desai Gupta Iyer Joshi Kapoor Mehta Menon Patel Rao Sharma Singh Verma",
    ),
    _names(
        4,
        "Jaspreet Gurdeep Simran Harpreet Manpreet Kirandeep Amrit Jasmin Tejinder Navneet",
        "Bains Dhaliwal Gill Grewal Johal Kaur Sandhu Sidhu Sohal Uppal",
    ),
    _names(
        6,
        "Oluwaseun Adaeze Chidi Ngozi Emeka Folake Tunde Amara Kwame Abena Kofi Efua Zuri Jabari",
        "Adeyemi Agyeman Balogun Boateng Eze Mensah Nwosu Obi Okafor Okonkwo Osei Owusu",
    ),
    _names(
        3,
        "Dahir Hodan Abdi Ayaan Liban Sagal Mahad Ifrah Selam Yonas Hiwot Dawit",
        "Abdi Abebe Farah Haile Hassan Jama Mohamud Nur Osman Tesfaye Warsame Yusuf",
    ),
    _names(
        5,
        "Jakub Zofia Kacper Oliwia Filip Maja Szymon Hanna Antek Lena Mateusz Alicja",
        "Adamczyk Dudek Kaczmarek Kowalczyk Krawczyk Lis Mazur Nowak Pawlak Sikora Wilk Zielinski",
    ),
    _names(
        4,
        "Andrei Ioana Matei Daria Luca Elena Stefan Bianca Vlad Teodora Nikola Kalina",
        "Barbu Constantin Dimitrov Dinu Ionescu Ivanova Lazar Marin Popescu Rusu Stan Toma",
    ),
    _names(
        3,
        "Wei Mei Jun Lan Hao Xin Minh Linh Bao Thu Jia Kai",
        "Chan Chen Cheung Dinh Ho Huang Lam Leung Liu Nguyen Pham Tran Wong Zhang",
    ),
    _names(
        3,
        "Mateo Valentina Thiago Camila Joao Beatriz Tiago Ines Rafael Lucia Duarte Sofia",
        "Almeida Carvalho Castro Costa Ferreira Garcia Gomes Lopes Mendes Navarro Pereira Silva",
    ),
    _names(
        2,
        "Tyrell Shanice Jermaine Keziah Andre Tianna Malachi Renee Isaiah Aaliyah",
        "Beckford Campbell Clarke Grant Henry Lewin Morrison Pinnock Reid Stewart",
    ),
    _names(
        2,
        "Kian Leila Aras Rojin Baran Dilan Cyrus Nazanin Emre Defne",
        "Ahmadi Aydin Demir Hosseini Karimi Mirzaei Ozturk Rahimi Rostami Yildiz",
    ),
)

SETTINGS = tuple(
    f"{place} {kind}"
    for place in (
        "Abbey Alder Ashfield Beacon Birch Bridge Brook Canal Castle Chestnut Cherry Copse Dell Elm Fairfield Ferry"
        " Foxglove Garth Grange Greenbank Hawthorn Hazel Heath Highfield Hollybush Ivy Kingfisher Lakeside Larch Lark"
        " Linden Maple Meadow Mill Oakfield Orchard Otter Park Priory Quarry River Rowan Spring Station Stonebridge"
        " Swan Sycamore Thornhill Valley Wharf Willow Windmill"
    ).split()
    for kind in ("Primary School", "Nursery", "High School")
)
"""Where professionals work."""

JOBS = ("SENCO", "Head teacher", "Educational psychologist", "Speech and language therapist", "Pastoral lead")

STREETS = ("Mill Lane", "Church Road", "Station Street", "Orchard Close", "Castle Way", "The Green", "High Street")
TOWNS = ("Westmere", "Northwick", "Aldbridge", "Stowbury", "Harlow Vale", "Tenby Cross", "Kings Orchard")
