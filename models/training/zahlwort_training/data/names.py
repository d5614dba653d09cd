"""Names for the catalogs that the commands are drawn with: common and made-up ones, many more than
the project's example catalog has, so that the head learns letters and not that catalog."""

import re

NAMES = {
    "de": {
        "products": """Kaffee;Hafermilch;Milch;Vollkornbrot;Brötchen;Butter;Margarine;Eier;Bananen;Äpfel;Birnen;Trauben;
            Pflaumen;Erdbeeren;Himbeeren;Kirschen;Zitronen;Orangen;Tomaten;Gurken;Paprika;Zwiebeln;Knoblauch;Kartoffeln;
            Möhren;Brokkoli;Blumenkohl;Spinat;Feldsalat;Champignons;Kürbis;Käse;Frischkäse;Quark;Joghurt;Sahne;Schmand;
            Mozzarella;Schinken;Salami;Leberwurst;Hackfleisch;Hähnchenbrust;Lachsfilet;Thunfisch;Nudeln;Spaghetti;Reis;
            Linsen;Kichererbsen;Mehl;Zucker;Salz;Pfeffer;Olivenöl;Essig;Senf;Ketchup;Honig;Marmelade;Erdnussbutter;
            Müsli;Haferflocken;Zwieback;Schokolade;Gummibärchen;Kekse;Lakritz;Eis;Mineralwasser;Apfelschorle;Orangensaft;
            Bier;Weißwein;Rotwein;Sekt;Kräutertee;Kakao;Toilettenpapier;Küchenrolle;Taschentücher;Spülmittel;Waschmittel;
            Weichspüler;Müllbeutel;Alufolie;Backpapier;Zahnpasta;Zahnbürste;Duschgel;Haarshampoo;Rasierklingen;
            Sonnencreme;Pflaster;Windeln;Katzenfutter;Hundefutter;Batterien;Glühbirnen;Druckerpapier;Tintenpatronen;
            Kopfhörer;Ladekabel;Handyhülle;Staubsaugerbeutel;Kerzen;Blumenerde;Schrauben;Akkuschrauber;Gartenschlauch;
            Regenschirm;Wanderschuhe;Winterjacke;Fahrradschloss;Luftpumpe;Kinderbuch;Briefmarken;Geschenkpapier;
            Wasserkocher;Bügeleisen;Bratpfanne;Kochtopf;Schneidebrett;Bettwäsche;Handtücher;Kopfkissen;Teppich""",
        "contacts": """Anna Schmidt;Lukas Becker;Maria Hoffmann;Mama;Papa;Oma;Opa;Tante Gerda;Onkel Jürgen;Thomas Müller;
            Sophie Wagner;Jonas Fischer;Lena Schulz;Felix Neumann;Paul Zimmermann;Emma Krüger;Max Hartmann;Mia Lange;
            Hannah Werner;Leon Krause;Finn Lehmann;Clara Köhler;Ben Herrmann;Laura König;Noah Walter;Emilia Mayer;
            Elias Huber;Johanna Kaiser;Tim Fuchs;Nele Peters;Jan Scholz;Frieda Möller;Moritz Weiß;Greta Jung;
            Oskar Hahn;Ida Schubert;Anton Vogel;Lotte Friedrich;Karl Keller;Marlene Günther;Jakob Frank;Katharina Berger;
            Niklas Winkler;Charlotte Roth;David Beck;Luisa Lorenz;Philipp Baumann;Amelie Franke;Simon Albrecht;
            Antonia Schuster;Jürgen Böhm;Brigitte Winter;Wolfgang Kraus;Sabine Schumacher;Uwe Krämer;Petra Vogt;
            Dieter Stein;Monika Jäger;Günter Otto;Heike Sommer;Rainer Groß;Birgit Seidel;Manfred Brandt;Susanne Haas;
            Ayşe Yılmaz;Mehmet Demir;Elif Kaya;Piotr Nowak;Agnieszka Kowalska;Ivan Petrov;Olga Smirnova;Giulia Rossi;
            Marco Bianchi;Nguyen Linh;Fatima Haddad;Yusuf Arslan;Björn Sørensen;Käthe Zöllner;Xaver Obermeier;
            Vroni Huber;Quirin Ziegler;Jörg Dürr;Zoe Wolff;Theo Graf;Ella Voss;der Vermieter;die Chefin;der Nachbar""",
        "merchants": """Bäckerei Müller;Metzgerei Wagner;Rewe;Edeka;Lidl;Aldi;Penny;Netto;Kaufland;Rossmann;MediaMarkt;
            Pizzeria Napoli;Apotheke am Markt;Löwenapotheke;Buchhandlung Seifert;Café Sonnenschein;Gasthaus zur Linde;
            Eisdiele Venezia;Blumen Hansen;Fahrrad Köhler;Schreinerei Böhme;Tankstelle Nord;Friseur Scherenschnitt;
            Restaurant Akropolis;Sushi Palast;Hofladen Petersen;Weingut Steiner;Kino am Ufer;Stadtbad;Autohaus Reuter;
            Optiker Brille und mehr;Reinigung Blitzblank;Imbiss Zur Ecke;Spielwaren Otto;Baumarkt Klein""",
        "billers": """Stadtwerke;Telekom;Finanzamt;Stromanbieter;Wasserwerke;Gaswerk;Rundfunkbeitrag;Krankenkasse;
            Hausverwaltung;Kindergarten;Versicherung;Autoversicherung;Zahnarzt;Fitnessstudio;Internetanbieter;Müllabfuhr;
            Musikschule;Sportverein;Steuerberater;Bausparkasse""",
        "payment_methods": "PayPal;Visakarte;Kreditkarte;Girokonto;Apple Pay;Mastercard;Kundenkarte;Girokarte;Geldkarte;"
        "Firmenkarte;Lastschrift",
        "accounts": "Girokonto;Sparkonto;Tagesgeldkonto;Depot;Gemeinschaftskonto;Firmenkonto;Festgeldkonto;Urlaubskonto",
    },
    "en": {
        "products": """coffee;oat milk;milk;bread;rolls;butter;eggs;bananas;apples;pears;grapes;plums;strawberries;raspberries;
            cherries;lemons;oranges;tomatoes;cucumbers;peppers;onions;garlic;potatoes;carrots;broccoli;cauliflower;spinach;
            lettuce;mushrooms;pumpkin;cheese;cream cheese;yoghurt;cream;mozzarella;ham;salami;minced beef;chicken breast;
            salmon;tuna;pasta;spaghetti;rice;lentils;chickpeas;flour;sugar;brown sugar;salt;black pepper;olive oil;vinegar;
            mustard;ketchup;honey;strawberry jam;peanut butter;granola;porridge oats;crackers;dark chocolate;gummy bears;
            cookies;liquorice;ice cream;mineral water;lemonade;orange juice;beer;white wine;red wine;sparkling wine;
            herbal tea;hot chocolate;cinnamon;vanilla;maple syrup;sweetener;whipped cream;almond milk;decaf;espresso beans;
            toilet paper;kitchen towels;tissues;dish soap;laundry detergent;fabric softener;bin bags;tin foil;
            baking paper;toothpaste;toothbrush;shower gel;shampoo;razor blades;sunscreen;plasters;nappies;cat food;dog food;
            batteries;light bulbs;printer paper;ink cartridges;headphones;charging cable;phone case;candles;potting soil;
            screws;cordless drill;garden hose;umbrella;hiking boots;winter jacket;bike lock;air pump;picture book;stamps;
            wrapping paper;kettle;iron;frying pan;saucepan;chopping board;bed linen;towels;pillow;rug""",
        "contacts": """Anna Smith;Lucas Baker;Maria Hudson;Mum;Dad;Grandma;Grandpa;Aunt Margaret;Uncle George;Thomas Taylor;
            Sophie Walker;John Miller;Emily Clark;James Wilson;Olivia Brown;William Davies;Amelia Evans;Henry Thomas;
            Grace Johnson;Jack Roberts;Chloe Wright;Oscar Thompson;Ruby White;Charlie Hughes;Ella Edwards;George Green;
            Poppy Hall;Leo Wood;Lily Harris;Harry Lewis;Freya Martin;Arthur Jackson;Isla Clarke;Alfie Turner;Evie Hill;
            Theodore Scott;Daisy Cooper;Ethan Morris;Willow Ward;Jacob Moore;Sienna King;Logan Watson;Phoebe Baxter;
            Ryan Mitchell;Zoe Carter;Benjamin Phillips;Hannah Campbell;Michael Young;Jessica Allen;Daniel Adams;
            Rachel Nelson;Christopher Perez;Ashley Rivera;Joshua Kim;Megan O'Brien;Sean Murphy;Aoife Kelly;Priya Patel;
            Arjun Singh;Mei Chen;Wei Zhang;Fatima Hassan;Omar Farouk;Carlos Garcia;Lucia Fernandez;Kwame Mensah;
            Ingrid Larsen;Dmitri Volkov;Yuki Tanaka;Quentin Fox;Vivian Cox;Xavier Boyd;the landlord;my sister;the babysitter""",
        "merchants": """Amazon;Starbucks;Tesco;Walmart;Target;Corner Bakery;Sainsbury's;Boots;Joe's Diner;Luigi's Pizza;
            the bookshop;Green Grocers;Riverside Cafe;The Red Lion;Golden Dragon;Harbour Fish Bar;City Cinema;Bloom Florist;
            Northside Garage;Quick Clean Laundry;Bike World;Home Depot;Costco;Whole Foods;Best Buy;Old Mill Brewery;
            Vision Opticians;Sharp Cuts Barber;Toy Kingdom;Main Street Pharmacy""",
        "billers": """electricity company;water company;gas company;phone company;tax office;Netflix;Spotify;internet provider;
            council;car insurance;health insurance;dentist;gym;music school;football club;mortgage lender;nursery;
            student loan;rent;credit union""",
        "payment_methods": "PayPal;Visa card;credit card;debit card;checking account;Apple Pay;Mastercard;gift card;"
        "business card;bank transfer;American Express",
        "accounts": "checking account;current account;savings account;joint account;business account;holiday fund;"
        "brokerage account;rainy day fund",
    },
}

# fmt: off
BRANDS = {
    "Airbnb": "Ärbienbi", "Aldi": "", "Alnatura": "", "Amazon": "Ämmäsonn", "Amazon Prime": "Ämmäsonn Preim",
    "American Express": "Ämärrikän Expräss", "Apple": "Äppel", "Apple Music": "Äppel Mjusik", "Apple Pay": "Äppel Peh",
    "Audible": "Odibl", "Backwerk": "", "Best Buy": "Bäst Bai", "Booking": "Bucking", "Burger King": "Börger King",
    "Check twenty four": "Tscheck vierundzwanzig", "Congstar": "Kongstar", "Costco": "Kostko", "Decathlon": "Dekatlon",
    "Deezer": "Dieser", "Denn's": "Denns", "Dillinger": "", "Discord": "Diskord", "Disney Plus": "Disni Plass",
    "Dropbox": "Droppbox", "Edeka": "", "eBay": "Ihbäi", "Facebook": "Fäißbuck", "Flaschenpost": "", "Flixbus": "Flixbus",
    "Fritz Kola": "", "Getir": "Gettihr", "Google": "Guhgel", "Google Play": "Guhgel Pläi", "Home Depot": "Hohm Dipoh",
    "Ikea": "Ikea", "Instagram": "Instagramm", "Kaufland": "", "Klarna": "", "Lidl": "Liddel", "Lieferando": "",
    "LinkedIn": "Linkt inn", "Mastercard": "Masterkard", "McDonald's": "Mäckdonnelds", "MediaMarkt": "Media Markt",
    "Microsoft": "Meikrosoft", "Miles": "Meils", "Netflix": "Nettflix", "Nike": "Neik", "Nintendo": "", "Otto": "",
    "PayPal": "Pehpell", "Penny": "Penni", "Playstation": "Pläistäischen", "Primark": "Preimark", "Rewe": "Rehwe",
    "Rossmann": "", "Saturn": "", "Shein": "Schi-inn", "Shell": "Schell", "Sixt": "", "Sky": "Skei", "Spotify": "Spottifei",
    "Starbucks": "Starbacks", "Steam": "Stiem", "Subway": "Sabwäi", "Telekom": "", "Temu": "Tehmu", "Tesla": "", "Tesco": "Tesko",
    "TikTok": "Ticktock", "Twitch": "Twitsch", "Uber": "Uhber", "Uber Eats": "Uhber Ihts", "Visa": "Wisa",
    "Vodafone": "Wodafohn", "Walmart": "Wollmart", "WhatsApp": "Wottsäpp", "Wise": "Weis", "Wolt": "", "YouTube": "Juhtuhb",
    "Zalando": "", "Zara": "Sara",
}
"""Shops and services, many of them English, and what a German voice has to read to say them as Germans do."""

SAID_IN_GERMAN = {
    **{name: sound for name, sound in BRANDS.items() if sound},
    "Cloud": "Klaud", "Computer": "Kompjuter", "Downloads": "Daunlohds", "E-Mail": "Ih-Mäil", "E-Mails": "Ih-Mäils",
    "Emily": "Emmilie", "George": "Schortsch", "Jazz": "Dschäss", "James": "Dschäims", "Jennifer": "Dschennifer", "Joe": "Dschoh",
    "John": "Dschonn", "Justin": "Dschastin", "Kevin": "Kewwin", "Mary": "Märri", "Mike": "Meik", "Online": "Onnlein",
    "online": "onnlein", "Playlist": "Pläilist", "Podcast": "Podkahst", "Ryan": "Reien", "Sean": "Schohn",
    "Smartphone": "Smartfohn", "Ticket": "Ticket", "Wi-Fi": "Weifei",
}
# fmt: on


def aloud(text: str, language: str) -> str:
    """The text as a German voice has to read it to say foreign names as Germans do."""
    if language != "de":
        return text
    return _NAMES.sub(lambda match: SAID_IN_GERMAN[match[0]], text)


_NAMES = re.compile(rf"(?<!\w)({'|'.join(map(re.escape, sorted(SAID_IN_GERMAN, key=len, reverse=True)))})(?![\w'])")


def names(language: str, kind: str) -> list[str]:
    return [" ".join(name.split()) for name in NAMES[language][kind].split(";")]
