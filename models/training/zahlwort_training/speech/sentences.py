"""Prints a list of sentences for `generate`: commands with what they mean, or speech that is none.

    python -m zahlwort_training.speech.sentences tune > tune.jsonl              # 160 German and 120 English commands
    python -m zahlwort_training.speech.sentences test > test.jsonl              # 120 and 90, worded otherwise
    python -m zahlwort_training.speech.sentences other-tune > other-tune.jsonl  # 60 German and 90 English sentences that are no command
    python -m zahlwort_training.speech.generate tune.jsonl out --voices 'pico*'

The sentences are written as people speak, not drawn from the project's grammar, so that they also
measure whether the grammar knows how people put things. `tune` and `test` share no sentence and no
amount. Names are mostly those of the example catalog, and dates count from 2026-11-23, a Monday.
The lists are the same in every run.
"""

import argparse
import hashlib
import itertools
import json
import random
import re

from zahlwort_training.speech.numerals import TENS, UNITS


def german(number, short=False):
    """A number from 1 to 9999 as it stands before a noun: `ein`, `hundertzwanzig` if short."""
    for size, word in ((1000, "tausend"), (100, "hundert")):
        if number >= size:
            count, rest = divmod(number, size)
            head = "" if short and count == 1 else german(count)
            return head + word + (german(rest) if rest else "")
    tens, unit = divmod(number, 10)
    if tens < 2:
        return UNITS["de"][number]
    return (UNITS["de"][unit] + "und" if unit else "") + TENS["de"][tens]


def english(number, short=False, british=False):
    """A number from 1 to 9999: `a hundred twenty` if short, `one hundred and twenty` if British."""
    for size, word in ((1000, "thousand"), (100, "hundred")):
        if number >= size:
            count, rest = divmod(number, size)
            head = "a" if short and count == 1 else english(count)
            link = " and " if british and 0 < rest < 100 else " "
            return f"{head} {word}" + (link + english(rest, british=british) if rest else "")
    tens, unit = divmod(number, 10)
    if tens < 2:
        return UNITS["en"][number]
    return TENS["en"][tens] + (f"-{UNITS['en'][unit]}" if unit else "")


COINS = {
    "de": {"EUR": ("Euro", "Euro", "Cent"), "USD": ("Dollar", "Dollar", "Cent"), "GBP": ("Pfund", "Pfund", "Pence"),
           "CHF": ("Franken", "Franken", "Rappen")},
    "en": {"EUR": ("euro", "euros", "cents"), "USD": ("dollar", "dollars", "cents"), "GBP": ("pound", "pounds", "pence")},
}
SLANG = {"bucks": "USD", "quid": "GBP"}


def money(written, language):
    """`12.50 USD bare` in words, and its value.

    What may follow the amount: a currency, its everyday name (bucks, quid), and how it is said:
    bare (twelve fifty), and (twelve euros and fifty cents), short, british, hundreds (twelve hundred).
    """
    amount, *how = written.split()
    whole, cents = (int(part or 0) for part in f"{amount}.".split(".")[:2])
    slang = next((word for word in how if word in SLANG), None)
    currency = SLANG[slang] if slang else next((word for word in how if word.isupper()), "EUR")
    one, many, small = COINS[language][currency]
    if language == "de":
        spell = lambda number: german(number, "short" in how)
        main = f"{german(whole // 100)}hundert" if "hundreds" in how else spell(whole)
    else:
        spell = lambda number: english(number, "short" in how, "british" in how)
        main = f"{english(whole // 100)} hundred" if "hundreds" in how else spell(whole)
    unit = slang or (one if whole == 1 else many)
    if not whole:
        said = f"{spell(cents)} {small}"
    elif not cents:
        said = f"{main} {unit}"
    elif "bare" in how:
        said = f"{main} {spell(cents)}"
    elif "and" in how:
        said = f"{main} {unit} {'und' if language == 'de' else 'and'} {spell(cents)} {small}"
    else:
        said = f"{main} {unit} {spell(cents)}"
    return said, {"amount": f"{whole}.{cents:02}", "currency": currency}


def options(text):
    """A list written with semicolons."""
    return [one.strip() for one in text.split(";")]


# `said=value`, or one word for both. A pool with a dot has the articles that its place needs: the
# slot's words stand after a bar. Amounts are for `money`.
POOLS = {
    "de": {
        "amount": options(
            "50; 20; 12.50; 8.90; 0.99; 120 short; 250; 1200; 35; 15; 7.49; 100; 80; 5; 19.99; 300; 64.30 and; 45; 17; 1; "
            "9.95 bare; 500; 22; 75; 1500; 110 short; 2.20 and; 33; 480; 60; 12.80 bare; 90; 6; 3.75; 150 short; 28.50; "
            "1250; 25; 40 USD; 30 CHF; 18; 27.40; 0.50; 0.80; 2000; 1000 short; 10; 70; 99; 200; 41; 55; 13; 66; 2345; 875; "
            "14.60; 4.20; 1100 hundreds; 1800 hundreds; 15 GBP; 85 USD; 3; 2; 65; 95; 236; 744; 9; 11; 31.15; 54.99"),
        "price": options("20; 9.99; 15; 5; 30; 12.50; 45; 8"),
        "recipient": options(
            "Anna; Lukas Becker; Maria; Mama; Thomas Müller; Anna Weber; Oma; Sophie; Papa; Emily Clark; Lukas; Anna Schmidt; "
            "Jonas; Maria Hoffmann; Thomas; Sophie Wagner; John; John Miller; Frau Krüger; Emily"),
        "merchant.dat": options(
            "Rewe; der |Bäckerei Müller; Edeka; Lidl; der |Pizzeria Napoli; MediaMarkt; der |Apotheke am Markt; Amazon; "
            "Starbucks; Tesco; Alnatura"),
        "merchant.acc": options(
            "die |Bäckerei Müller; Rewe; die |Apotheke am Markt; Amazon; die |Pizzeria Napoli; MediaMarkt; Edeka; Lidl; "
            "die |Buchhandlung Seidel"),
        "biller.gen": options(
            "der |Stadtwerke; von |Vodafone; der |Telekom; von |Vattenfall; vom |Finanzamt; von |Netflix; von |Spotify"),
        "biller.acc": options("die |Stadtwerke; die |Telekom; Vodafone; das |Finanzamt; Vattenfall; Netflix"),
        "product": options(
            "Kaffee; Hafermilch; Zahnpasta; Batterien; Druckerpapier; Kopfhörer; Waschmittel; Toilettenpapier; Spülmittel; "
            "Olivenöl; Nudeln; Butter; Käse; Reis; Bananen; Klopapier=Toilettenpapier; Tomaten; Orangensaft; Brot"),
        "item": options(
            "zwei Packungen=2 pack|Kaffee; drei Flaschen=3 bottle|Wasser; ein Kilo=1 kilogram|Äpfel; zehn=10 piece|Eier; "
            "zwei Liter=2 litre|Milch; einen Kasten=1 crate|Bier; fünf=5 piece|Bananen; ein Pfund=1 pound|Tomaten; "
            "vier Tuben=4 tube|Zahnpasta; zwei Tüten=2 bag|Nudeln; sechs Flaschen=6 bottle|Orangensaft; "
            "drei Packungen=3 pack|Butter; eine Packung=1 pack|Reis; zwölf=12 piece|Batterien; "
            "eine Tafel=1 bar|Schokolade; ein halbes Kilo=0.5 kilogram|Käse; zwei=2 piece|Ladekabel; "
            "acht Rollen=8 roll|Klopapier"),
        "date": options("heute=2026-11-23; morgen=2026-11-24; am Freitag=2026-11-27; übermorgen=2026-11-25; "
                        "am Mittwoch=2026-11-25; am Samstag=2026-11-28; am ersten Dezember=2026-12-01"),
        "method.dat": options("PayPal; meiner |Kreditkarte; Apple Pay; der |Visakarte; meiner |Mastercard"),
        "target": options("mein |Handy; meine |Prepaidkarte; mein |PayPal-Konto; das |Handyguthaben"),
    },
    "en": {
        "amount": options(
            "50; 20 bucks; 12.99 bare; 15 GBP; 120; 8.50; 100 short USD; 35 USD; 0.99; 250 GBP british; 1200; 5; 40 quid; 19.95; "
            "75; 300 USD; 64; 22.50 bare; 1500 hundreds USD; 10 bucks; 7.20 GBP; 45; 18 USD; 90 GBP; 1000 short; 1; "
            "33 USD; 500; 14.75 and; 130 british GBP; 60; 0.50 GBP; 2350 british; 28; 6.40 USD and; 80; 11 GBP; 9.49 bare; "
            "1100 hundreds USD; 200; 55 bucks; 3; 17 USD; 425 british; 70 GBP; 0.75; 99; 31.60; 12 USD; 48; 150 short USD; "
            "865; 27 GBP; 16.30 bare; 13; 2 USD; 24; 110 USD; 85; 36 bucks"),
        "price": options("20 USD; 10; 15; 5 GBP; 30; 8 USD"),
        "recipient": options(
            "Anna; John; Mum; Emily Clark; Lukas; Dad; Sophie; John Miller; Thomas; Emily; Maria; Anna Weber; Olivia; "
            "Sophie Wagner; Lukas Becker; Maria Hoffmann; Anna Schmidt; Mrs Taylor"),
        "merchant.dat": options("Tesco; Amazon; Starbucks; the |Corner Bakery; MediaMarkt; Rewe; Lidl; Walmart; Pizzeria Napoli"),
        "merchant.acc": options("the |Corner Bakery; Starbucks; Tesco; Pizzeria Napoli; Amazon; Lidl; Green Garden Cafe"),
        "biller.gen": options("Netflix; Vodafone; Telekom; Vattenfall; Spotify"),
        "biller.acc": options("the |electricity company; the |water company; Vodafone; Netflix; Telekom; Vattenfall"),
        "product": options(
            "coffee; oat milk; toothpaste; batteries; headphones; printer paper; dish soap; laundry detergent; toilet paper; "
            "dog food; pasta; butter; cheese; rice; bread; orange juice; bananas"),
        "item": options(
            "two packs of=2 pack|coffee; a bottle of=1 bottle|water; a dozen=1 dozen|eggs; three=3 piece|bananas; "
            "two litres of=2 litre|milk; a loaf of=1 loaf|bread; six bottles of=6 bottle|beer; half a kilo of=0.5 kilogram|cheese; "
            "a pack of=1 pack|batteries; four cans of=4 can|tuna; two bags of=2 bag|rice; a tube of=1 tube|toothpaste; "
            "one kilo of=1 kilogram|tomatoes; five=5 piece|apples; a carton of=1 carton|oat milk"),
        "date": options("today=2026-11-23; tomorrow=2026-11-24; on Friday=2026-11-27; on Wednesday=2026-11-25; "
                        "the day after tomorrow=2026-11-25; on Saturday=2026-11-28; on the first of December=2026-12-01"),
        "method.dat": options("PayPal; my |credit card; Apple Pay; my |Visa card; my |Mastercard"),
        "target": options("my |phone; my |prepaid card; my |PayPal account; my |mobile"),
    },
}

VALUES = {
    "Anna": "Anna Schmidt", "Lukas": "Lukas Becker", "Maria": "Maria Hoffmann", "Thomas": "Thomas Müller",
    "Sophie": "Sophie Wagner", "John": "John Miller", "Emily": "Emily Clark", "Wasser": "Mineralwasser",
    "Klopapier": "Toilettenpapier", "water": "mineral water", "Visakarte": "Visa", "Visa card": "Visa",
    "credit card": "Kreditkarte", "checking account": "Girokonto", "current account": "Girokonto",
    "savings account": "Sparkonto", "PayPal-Konto": "PayPal", "PayPal account": "PayPal", "mobile": "phone",
    "Handyguthaben": "Handy",
    "jeden Monat": {"every": 1, "frequency": "monthly"}, "monatlich": {"every": 1, "frequency": "monthly"},
    "every month": {"every": 1, "frequency": "monthly"}, "monthly": {"every": 1, "frequency": "monthly"},
    "a month": {"every": 1, "frequency": "monthly"}, "each month": {"every": 1, "frequency": "monthly"},
    "jede Woche": {"every": 1, "frequency": "weekly"}, "wöchentlich": {"every": 1, "frequency": "weekly"},
    "every week": {"every": 1, "frequency": "weekly"}, "weekly": {"every": 1, "frequency": "weekly"},
    "a week": {"every": 1, "frequency": "weekly"}, "alle zwei Wochen": {"every": 2, "frequency": "weekly"},
    "every two weeks": {"every": 2, "frequency": "weekly"}, "jedes Jahr": {"every": 1, "frequency": "yearly"},
    "every year": {"every": 1, "frequency": "yearly"}, "jeden Freitag": {"every": 1, "frequency": "weekly", "weekday": 5},
    "every Friday": {"every": 1, "frequency": "weekly", "weekday": 5},
    "jeden Montag": {"every": 1, "frequency": "weekly", "weekday": 1},
    "every Monday": {"every": 1, "frequency": "weekly", "weekday": 1},
}
"""What words mean where that is not the words themselves."""

# An intent, how many sentences to make of it (without a number each line makes one), and its
# wordings: `{amount}` takes the next of a pool, `{date due_date}` names the slot, `{amount|50}` and
# `{reference|Pizza}` give the words, `{position|zweite=2}` the value too.
COMMANDS = {}

COMMANDS["tune", "de"] = """
SendMoney 30
Überweise {amount} an {recipient}.
Überweisen Sie bitte {amount} an {recipient}.
Schick {recipient} {amount}.
Kannst du {recipient} mal {amount} überweisen?
Ich möchte {amount} an {recipient} überweisen.
Sende {amount} an {recipient}, bitte.
Alexa, überweise {recipient} {amount}.
Bitte {amount} an {recipient} senden.
Überweise {recipient} {date execution_date} {amount}.
{amount} an {recipient} für die {reference|Pizza}.
Schicke {amount} an {recipient} mit dem Verwendungszweck {reference|Geburtstag}.
Könnten Sie {amount} an {recipient} überweisen?
Ich will {recipient} {amount} schicken.
Gib {recipient} {amount} für das {reference|Mittagessen}.
Überweise {amount} per {payment_method|PayPal} an {recipient}.
Ich schulde {recipient} noch {amount}, überweis das bitte.
PayMerchant 12
Bezahle {amount} bei {merchant.dat}.
Zahle bitte {amount} an {merchant.acc}.
Ich möchte bei {merchant.dat} {amount} bezahlen.
Bezahl {merchant.acc} mit {method.dat payment_method}.
Kannst du {amount} bei {merchant.dat} mit {method.dat payment_method} zahlen?
Zahlen Sie {amount} an {merchant.acc}, bitte.
PayBill 14
Bezahle die Rechnung {biller.gen}.
Bezahl bitte die Rechnung {biller.gen} {date due_date}.
Bitte die {biller|Stromrechnung} {date due_date} bezahlen.
Begleiche die Rechnung {biller.gen} über {amount}.
Ich möchte meine {biller|Handyrechnung} bezahlen.
Zahle {amount} an {biller.acc}.
Überweise die {biller|Miete} {date due_date}.
Können Sie die Rechnung {biller.gen} mit {method.dat payment_method} bezahlen?
BuyProduct 11
Kaufe {product}.
Kauf mir bitte {item}.
Bestell {item} bei {merchant.dat}.
Ich möchte {product} bestellen.
Bestelle {product} für höchstens {price max_price}.
Ich hätte gern {item}.
Wir brauchen {product}, bestell das bitte.
AddToCart 10
Leg {item} in den Warenkorb.
Pack bitte {item} in den Einkaufswagen.
Setz {product} auf die Einkaufsliste.
Füge {item} zum Warenkorb hinzu.
Tu noch {item} in meinen Warenkorb.
TopUp 5
Lade {target} mit {amount} auf.
Lad bitte {target} um {amount} auf.
Ich möchte {target} mit {amount} aufladen.
CreateStandingOrder 8
Überweise {interval|jeden Monat} {amount} an {recipient}.
Richte einen Dauerauftrag über {amount} {interval|monatlich} an {recipient} ein.
Schick {recipient} {interval|jede Woche} {amount}.
Ich möchte {interval|alle zwei Wochen} {amount} an {recipient} überweisen.
RequestMoney 6
Fordere {amount} von {recipient} an.
Bitte {recipient} um {amount}.
{recipient} soll mir {amount} für die {reference|Kinokarten} geben.
SearchProduct
Such nach {product|Kopfhörern=Kopfhörer}.
Finde {product|Hafermilch}.
Was kostet {product|Kaffee}?
Zeig mir {product|Ladekabel}.
RemoveFromCart
Nimm die {product|Butter} aus dem Warenkorb.
Entferne {product|Bananen} aus dem Warenkorb.
Streich {product|Bier} von der Einkaufsliste.
ShowCart
Zeig mir meinen Warenkorb.
Was ist im Einkaufswagen?
Was steht auf der Einkaufsliste?
Checkout
Zur Kasse, bitte.
Ich möchte meinen Einkauf jetzt mit {payment_method|PayPal} bezahlen.
Schließ die Bestellung ab.
Reorder
Bestell nochmal {product|Waschmittel}.
Bestelle das Gleiche wie letztes Mal.
TrackOrder
Wo ist mein Paket?
Wann kommt meine Bestellung?
Wo bleibt mein {product|Druckerpapier}?
CancelOrder
Storniere meine Bestellung.
Ich möchte die Bestellung stornieren.
CheckBalance
Wie viel Geld habe ich noch?
Wie ist mein Kontostand?
Wie viel ist auf meinem {account|Sparkonto}?
Sag mir bitte den Stand vom {account|Girokonto}.
ListTransactions
Zeig mir die letzten Umsätze.
Was habe ich {period|diesen Monat=this_month} ausgegeben?
Welche Buchungen gab es {period|gestern=yesterday} auf dem {account|Girokonto}?
SetPaymentMethod
Nimm ab jetzt {payment_method|PayPal} zum Bezahlen.
Setz meine {payment_method|Visakarte} als Standardzahlungsmittel.
BlockCard
Sperr meine Karte.
Meine {payment_method|Mastercard} wurde gestohlen, bitte sperren.
Ich habe meine {payment_method|Kreditkarte} verloren.
Confirm
Ja.
Ja, mach das.
Genau.
Okay, einverstanden.
Deny
Nein.
Nein, das stimmt nicht.
Lieber nicht.
Cancel
Abbrechen.
Brich das bitte ab.
Vergiss es.
Repeat
Wie bitte?
Sag das nochmal.
Help
Hilfe.
Was kannst du alles?
ProvidePin
{pin|Vier sieben eins neun=4719}.
Meine PIN lautet {pin|zwei zwei acht null=2280}.
ProvideAmount
{amount|46}.
Es sind {amount|18.20}.
ProvideQuantity
{quantity|Zwei Flaschen=2 bottle}.
{quantity|Drei Stück=3 piece}, bitte.
ChooseOption
Das {position|zweite=2}, bitte.
Ich nehme den {position|ersten=1}.
Nummer {position|drei=3}.
PlayMusic
Spiel ein bisschen {query|Jazz}.
Mach Musik an.
StopMusic
Mach die Musik aus.
LightOn
Mach das Licht in der {room|Küche} an.
Schalt das Licht ein.
LightOff
Licht aus im {room|Schlafzimmer}.
ReadMessages
Lies mir meine Nachrichten vor.
BookRentalCar
Buche einen Mietwagen in {city|München}.
Ich brauche {date|morgen=2026-11-24} ein Auto in {city|Köln}.
"""

COMMANDS["tune", "en"] = """
SendMoney 22
Send {amount} to {recipient}.
Send {recipient} {amount}, please.
Transfer {amount} to {recipient}.
Can you send {recipient} {amount}?
I'd like to transfer {amount} to {recipient}.
Please send {amount} to {recipient} {date execution_date}.
Alexa, send {recipient} {amount}.
Give {recipient} {amount} for {reference|lunch}.
I want to pay {recipient} {amount}.
Send {amount} to {recipient} with {method.dat payment_method}.
I owe {recipient} {amount}, send it please.
PayMerchant 9
Pay {amount} at {merchant.dat}.
Pay {merchant.acc} {amount}.
I want to pay {amount} to {merchant.acc}.
Could you pay {amount} at {merchant.dat} with {method.dat payment_method}?
Pay {merchant.acc} with {method.dat payment_method}.
PayBill 11
Pay my {biller.gen} bill.
Please pay the {biller.gen} bill {date due_date}.
Pay the {biller|electricity bill} {date due_date}.
Pay {amount} to {biller.acc}.
I'd like to pay my {biller|phone bill} with {method.dat payment_method}.
Pay the {biller|rent} {date due_date}, please.
BuyProduct 8
Buy {item}.
Order {product} from {merchant.dat}.
I want to buy {product}.
Can you order {item} for me?
Get me {product} for under {price max_price}.
AddToCart 8
Add {item} to my cart.
Put {item} on the shopping list.
Add {product} to the basket, please.
Could you put {item} in my cart?
TopUp 4
Top up {target} with {amount}.
Please add {amount} to {target}.
CreateStandingOrder 6
Send {amount} to {recipient} {interval|every month}.
Set up a standing order for {recipient} of {amount} {interval|a month}.
Pay {recipient} {amount} {interval|every Friday}.
RequestMoney 4
Request {amount} from {recipient}.
Ask {recipient} for {amount} for the {reference|tickets}.
SearchProduct
Search for {product|headphones}.
Find me some {product|oat milk}.
How much is the {product|printer paper}?
RemoveFromCart
Take the {product|butter} out of my cart.
Delete {product|beer} from my shopping list.
ShowCart
What's in my cart?
Show me my shopping list.
Checkout
Check out, please.
I'm ready to pay with {payment_method|Apple Pay}.
Reorder
Order {product|coffee} again.
Same order as last time.
TrackOrder
Where's my order?
When will my {product|headphones} arrive?
CancelOrder
Cancel my order.
CheckBalance
How much money do I have?
What's my balance?
How much is in my {account|savings account}?
ListTransactions
Show me my recent transactions.
What did I spend {period|last month=last_month}?
SetPaymentMethod
Use {payment_method|PayPal} from now on.
Make my {payment_method|Visa card} the default.
BlockCard
Block my card.
I lost my {payment_method|credit card}.
Confirm
Yes.
Yeah, go ahead.
That's right.
Deny
No.
No, that's wrong.
Cancel
Cancel.
Never mind.
Repeat
Say that again, please.
Pardon?
Help
Help.
What can I say?
ProvidePin
My PIN is {pin|five oh one seven=5017}.
{pin|Eight two six four=8264}.
ProvideAmount
{amount|30 USD}.
Make it {amount|25}.
ProvideQuantity
{quantity|Two bottles=2 bottle}.
{quantity|Three packs=3 pack}, please.
ChooseOption
The {position|first=1} one.
I'll take number {position|two=2}.
PlayMusic
Play some {query|jazz}.
StopMusic
Stop the music.
LightOn
Turn on the lights in the {room|kitchen}.
LightOff
Lights off, please.
ReadMessages
Read me my messages.
BookRentalCar
Book a rental car in {city|London} for {date|tomorrow=2026-11-24}.
"""

COMMANDS["test", "de"] = """
SendMoney 23
Mach eine Überweisung an {recipient} über {amount}.
Bitte überweise {recipient} {amount}.
Lass {recipient} {amount} zukommen.
Würdest du bitte {amount} an {recipient} schicken?
Ich würde gern {recipient} {amount} überweisen.
{date execution_date} bitte {amount} an {recipient} überweisen.
Transferiere {amount} an {recipient}.
{amount} für {recipient}.
Hey, schick mal {amount} an {recipient}.
Senden Sie {recipient} bitte {amount}.
Überweise {amount} an {recipient}, Verwendungszweck {reference|Ausflug}.
Zahl {recipient} {amount} zurück.
Kannst du bitte für das {reference|Geschenk} {amount} an {recipient} schicken?
PayMerchant 9
{amount} an {merchant.acc} zahlen.
Bei {merchant.dat} bitte {amount} zahlen.
Bezahle bei {merchant.dat} mit {method.dat payment_method}.
Ich muss {amount} an {merchant.acc} zahlen.
Zahl bei {merchant.dat} {amount} per {payment_method|Apple Pay}.
PayBill 10
Die Rechnung {biller.gen} bitte bezahlen.
Kannst du {date due_date} die Rechnung {biller.gen} überweisen?
Zahl die {biller|Gasrechnung} mit {method.dat payment_method}.
Ich will die offene Rechnung {biller.gen} begleichen.
{amount} für die {biller|Internetrechnung} zahlen.
Bezahlen Sie meine {biller|Wasserrechnung} {date due_date}.
BuyProduct 8
Ich will {item} kaufen.
Besorg mir {product}.
Würden Sie bitte {item} bestellen?
{product} kaufen, aber nicht teurer als {price max_price}.
Kauf {item} bei {merchant.dat} mit {method.dat payment_method}.
AddToCart 8
{item} in den Warenkorb, bitte.
Schreib {product} auf meine Einkaufsliste.
Nimm noch {item} mit in den Korb.
Kannst du {item} auf die Liste setzen?
TopUp 3
{target} bitte mit {amount} aufladen.
Ich brauche {amount} Guthaben auf dem {target|Handy}.
CreateStandingOrder 6
Leg einen Dauerauftrag für {recipient} an, {interval|jeden Monat} {amount}.
{interval|Jeden Freitag=jeden Freitag} bitte {amount} an {recipient} schicken.
Erstelle bitte einen {interval|monatlichen=monatlich} Dauerauftrag von {amount} an {recipient}.
RequestMoney 5
Verlange {amount} von {recipient}.
Ich bekomme von {recipient} noch {amount}.
Schick {recipient} eine Zahlungsaufforderung über {amount}.
SearchProduct
Gibt es {product|Orangensaft}?
Ich suche {product|Batterien}.
Haben Sie {product|Spülmittel} im Angebot?
RemoveFromCart
Den {product|Reis} brauche ich doch nicht, nimm ihn raus.
Lösch {product|Milch} aus dem Einkaufswagen.
ShowCart
Lies mir die Einkaufsliste vor.
Was habe ich schon im Warenkorb?
Checkout
Ich bin fertig, bitte bezahlen.
Bestellung abschicken.
Zur Kasse mit {payment_method|Kreditkarte}, bitte.
Reorder
Ich brauche wieder {product|Zahnpasta}, wie beim letzten Mal.
Bestell die letzte Bestellung noch mal.
TrackOrder
Ist mein Paket schon unterwegs?
Wie ist der Status meiner Bestellung?
CancelOrder
Ich will die {product|Kopfhörer} doch nicht, bestell sie ab.
Mach die letzte Bestellung rückgängig.
CheckBalance
Kontostand, bitte.
Was habe ich auf dem {account|Tagesgeldkonto}?
Wie steht mein {account|Depot}?
ListTransactions
Zeigen Sie mir die Umsätze von {period|letzter Woche=last_week}.
Wofür habe ich {period|gestern=yesterday} Geld ausgegeben?
SetPaymentMethod
Ich möchte in Zukunft mit {payment_method|Mastercard} zahlen.
BlockCard
Lassen Sie bitte meine {payment_method|Kreditkarte} sperren.
Sofort meine Karte sperren.
Confirm
Ja, bitte.
Passt so.
In Ordnung.
Deny
Nee.
Auf keinen Fall.
Cancel
Stopp, doch nicht.
Ich will abbrechen.
Repeat
Kannst du das wiederholen?
Das habe ich nicht verstanden.
Help
Ich weiß nicht weiter.
ProvidePin
{pin|Neun null drei sechs=9036}.
Die Geheimzahl ist {pin|eins fünf fünf zwo=1552}.
ProvideAmount
{amount|130 short}, bitte.
Sagen wir {amount|24}.
ProvideQuantity
{quantity|Vier Packungen=4 pack}.
Nur {quantity|eins=1 piece}.
ChooseOption
Die {position|dritte=3} Möglichkeit.
Den {position|vierten=4}, bitte.
PlayMusic
Ich will {query|Schlager} hören.
StopMusic
Musik aus.
LightOn
Licht an im {room|Flur}.
LightOff
Mach bitte im {room|Büro} das Licht aus.
ReadMessages
Habe ich neue Nachrichten?
BookRentalCar
Miete mir {date|am Samstag=2026-11-28} ein Auto in {city|Hamburg}.
"""

COMMANDS["test", "en"] = """
SendMoney 16
Make a transfer of {amount} to {recipient}.
Pay {amount} to {recipient}.
Would you please transfer {recipient} {amount}?
{amount} to {recipient}.
Wire {amount} to {recipient} {date execution_date}.
Hey, can you give {recipient} {amount}?
I need to send {recipient} {amount} for the {reference|concert tickets}.
Move {amount} over to {recipient}, please.
Pay {recipient} back {amount}.
PayMerchant 7
Make a payment of {amount} to {merchant.acc}.
I have to pay {amount} at {merchant.dat}.
Use {method.dat payment_method} to pay {merchant.acc} {amount}.
I'd like to pay {amount} at {merchant.dat}.
PayBill 8
Settle the {biller.gen} bill.
Can you pay {biller.acc} {date due_date}?
Take care of my {biller|water bill}, please.
I need to pay {amount} for the {biller|gas bill}.
Pay off my {biller|internet bill} using {method.dat payment_method}.
BuyProduct 6
Please order {item}.
I'd like {item}, please.
Purchase {product} on {merchant.dat} using {method.dat payment_method}.
Buy {product}, but no more than {price max_price}.
AddToCart 6
Throw {item} in the cart.
{item} on the shopping list, please.
I need {product} on my list.
Can you add {item} to my basket?
TopUp 3
Put {amount} on {target}.
Could you top {target} up by {amount}?
CreateStandingOrder 5
{interval|Every month=every month}, transfer {amount} to {recipient}.
Create a {interval|weekly} payment of {amount} to {recipient}.
Set up a {interval|monthly} standing order to {recipient} for {amount}.
RequestMoney 3
Get {amount} back from {recipient}.
{recipient} owes me {amount}, ask for it.
SearchProduct
Do you have any {product|laundry detergent}?
I'm looking for {product|batteries}.
RemoveFromCart
I don't need the {product|cheese}, remove it.
Drop the {product|eggs} from my basket.
ShowCart
What have I got in my basket?
Checkout
Place the order.
That's everything, check out with my {payment_method|credit card}.
Reorder
Get me more {product|toothpaste}, like last time.
TrackOrder
Has my package been shipped?
What's the status of my order?
CancelOrder
I don't want the {product|headphones} anymore, cancel the order.
CheckBalance
Tell me my account balance.
What's left in my {account|checking account}?
ListTransactions
List what I paid {period|yesterday=yesterday}.
SetPaymentMethod
Always pay with my {payment_method|Mastercard}.
BlockCard
Someone stole my card, block it.
Freeze my {payment_method|Visa card}, please.
Confirm
Yep.
Do it.
Deny
Nope.
Please don't.
Cancel
Stop, cancel that.
Repeat
Could you repeat that?
Help
I need help.
ProvidePin
It's {pin|three three nine zero=3390}.
{pin|One seven four oh=1740}.
ProvideAmount
{amount|65 GBP}, please.
ProvideQuantity
Just {quantity|one=1 piece}.
ChooseOption
The {position|third=3}, please.
Option {position|four=4}.
PlayMusic
I want to hear some {query|blues}.
StopMusic
Music off.
LightOn
Switch the {room|bedroom} light on.
LightOff
Turn the light off in the {room|garage}.
ReadMessages
Do I have any new messages?
BookRentalCar
I need a car in {city|Manchester} {date|on Friday=2026-11-27}.
"""

OTHER = {}

OTHER["other-tune", "de"] = """
Gestern hat Anna fünfzig Euro an Lukas überwiesen.
Er meinte, er würde die Rechnung nächste Woche bezahlen.
Wenn ich genug Geld hätte, würde ich neue Kopfhörer kaufen.
Bei Lidl war heute wieder eine lange Schlange an der Kasse.
Die Stadtwerke haben schon wieder die Preise erhöht.
Mama hat früher immer Kaffee bei Edeka gekauft.
Ich habe meiner Schwester zwanzig Euro geliehen und nie wiedergesehen.
Hast du eigentlich die Stromrechnung bezahlt?
Warum kostet die Butter inzwischen fast drei Euro?
Der neue Chef von Vodafone verdient mehrere Millionen im Jahr.
Lukas sagt, dass er dir das Geld längst überwiesen hat.
Früher konnte man für zwei Mark ins Kino gehen.
Das Finanzamt hat mir gestern einen Brief geschickt.
Papa bezahlt immer mit der Karte, nie mit Bargeld.
Sophie wollte eigentlich zwei Flaschen Wein mitbringen.
Die Regierung will hundert Millionen Euro für Schulen ausgeben.
Wer hat denn die Pizza bezahlt?
Oma hebt jeden Monat ihr ganzes Geld bei der Bank ab.
Ob Thomas die Miete überwiesen hat, weiß ich nicht.
Man sollte nie seine PIN am Telefon verraten.
Das war ihm jeden Cent wert.
Amazon hat angekündigt, zweitausend Stellen zu streichen.
Wir haben für die neue Küche achttausend Euro bezahlt.
In der Zeitung stand, dass Kaffee bald teurer wird.
Maria kauft ihr Brot nur noch in der Bäckerei Müller.
Das Konto war völlig leer, als er nach Hause kam.
Am Freitag gehen wir mit den Nachbarn essen.
Der Aktienkurs der Telekom ist um zwei Prozent gefallen.
Ich hätte ihm das Geld nicht geben sollen.
Die Batterien von der Fernbedienung sind schon wieder leer.
Heute Nacht wird es in den Bergen kräftig schneien.
Der Zug nach München hat leider vierzig Minuten Verspätung.
Meine Tochter lernt gerade Fahrrad fahren.
Im zweiten Akt verliebt sich der Graf in die Gärtnerin.
Die Mannschaft hat das Spiel in letzter Minute gewonnen.
Und jetzt das Wetter für die kommenden Tage.
Es war einmal ein armer Müller, der hatte drei Söhne.
Die Polizei sucht Zeugen für einen Unfall auf der Autobahn.
Ich habe die halbe Nacht nicht geschlafen.
Kennst du den neuen Freund von Julia?
Der Arzt hat gesagt, ich soll mehr spazieren gehen.
Wir wollten im Sommer an die Ostsee fahren.
Bei uns im Büro ist die Heizung ausgefallen.
Der Hund von nebenan bellt den ganzen Tag.
Vor zehn Jahren sind wir in dieses Haus gezogen.
Das Licht im Treppenhaus geht ständig von allein aus.
Sie spielte jeden Abend Klavier, bis die Nachbarn sich beschwerten.
Nach der Schule essen die Kinder meistens bei den Großeltern.
In Berlin haben Tausende gegen die hohen Mieten demonstriert.
Der Film läuft ab Donnerstag in den Kinos.
Ich finde, er sieht seinem Vater sehr ähnlich.
Die Bestellung von gestern ist immer noch nicht angekommen, hat sie geschimpft.
Geld allein macht bekanntlich nicht glücklich.
Eine Überweisung dauert normalerweise nur einen Tag.
Als Kind habe ich mein Taschengeld sofort für Süßigkeiten ausgegeben.
Er fragte den Verkäufer, ob es die Äpfel auch im Angebot gibt.
Zwischen den Jahren haben viele Geschäfte geschlossen.
Zum Nachtisch gab es Erdbeeren mit Sahne.
Die Gäste haben sich über den langsamen Service beklagt.
Das hat mir meine Großmutter schon immer gesagt.
"""

OTHER["other-test", "de"] = """
Letzte Woche hat Thomas mir hundert Euro zurückgegeben.
Sie hat versprochen, die Telefonrechnung bald zu begleichen.
Würdest du für so ein Sofa wirklich tausend Euro bezahlen?
Im Rewe an der Ecke gibt es gerade keine Eier.
Netflix hat im letzten Jahr viele neue Kunden gewonnen.
Papa erzählt gern, wie er sein erstes Auto gekauft hat.
Emily musste dreißig Euro Strafe zahlen, weil sie falsch geparkt hatte.
Weißt du, was ein Liter Milch heute kostet?
Hätte ich das gewusst, dann hätte ich bei Amazon bestellt.
John schuldet seinem Bruder noch immer vierhundert Euro.
Der Vorstand von Vattenfall hat sich dazu nicht geäußert.
Anna Weber arbeitet seit drei Jahren in der Apotheke am Markt.
Die Verbraucher geben weniger Geld für Lebensmittel aus.
Irgendwer hat mir das Portemonnaie mit der Kreditkarte gestohlen, damals in Rom.
Das Mittagessen in der Kantine hat nur fünf Euro gekostet.
Hat Oma dir auch Geld zum Geburtstag geschickt?
Der Euro ist gegenüber dem Dollar leicht gestiegen.
Für das Haus haben sie einen Kredit über dreihunderttausend Euro aufgenommen.
Er kauft sich jede Woche ein Los und gewinnt nie.
Wir haben die Rechnung geteilt, jeder hat zwölf Euro bezahlt.
Mein Kollege trinkt am Tag mindestens acht Tassen Kaffee.
Am Ersten wird bei uns immer die Miete abgebucht.
Die Kasse im Supermarkt war kaputt, also sind wir wieder gegangen.
Laut einer Studie bezahlen die Deutschen am liebsten bar.
Falls das Finanzamt sich meldet, sag einfach, ich bin nicht da.
Maria hat den Käse vergessen, dabei stand er auf der Liste.
Ich frage mich, wer das alles bezahlen soll.
Der Verkäufer wollte mir unbedingt ein teures Ladekabel andrehen.
Mit fünfzig Cent kam man damals erstaunlich weit.
Der Dieb soll rund zehntausend Euro erbeutet haben.
Im Norden bleibt es heute bewölkt, im Süden scheint die Sonne.
Die Ärztin kommt erst um halb elf in die Praxis.
Unser Nachbar hat sich beim Skifahren das Bein gebrochen.
In dem Roman geht es um eine Familie in Ostpreußen.
Bayern München trennt sich eins zu eins von Leverkusen.
Sie hören die Nachrichten um achtzehn Uhr.
Hinter dem Wald lebte eine alte Frau ganz allein.
Auf der A sieben staut es sich zwischen Hannover und Kassel.
Gestern war ich so müde, dass ich vor dem Fernseher eingeschlafen bin.
Mein Sohn will später Astronaut werden.
Hast du schon gehört, dass Petra heiratet?
Wir haben lange über die alten Zeiten geredet.
Die Katze liegt am liebsten auf der Fensterbank.
Das Konzert wurde wegen des Regens verschoben.
Nächstes Jahr möchte sie ein Studium in Leipzig anfangen.
Im Garten blühen schon die ersten Schneeglöckchen.
Er hat die Musik so laut gemacht, dass die Wände gewackelt haben.
Der Bürgermeister eröffnete das Fest mit einer kurzen Rede.
Den Kuchen backt man am besten bei hundertachtzig Grad.
Auf dem Bahnhof standen viele Menschen und warteten.
Niemand wusste, wohin der alte Kapitän gesegelt war.
Die Lieferung kam drei Wochen zu spät, und keiner hat sich entschuldigt.
Über Geld spricht man nicht, sagte mein Großvater immer.
So eine Karte kann man bei jeder Bank sperren lassen.
Ich glaube nicht, dass sie das Handy noch bezahlen kann.
Die Tomaten aus dem eigenen Garten schmecken eben am besten.
Zwei Drittel der Befragten waren mit dem Ergebnis zufrieden.
Danach sind wir noch eine Runde um den See gelaufen.
Das Museum hat montags leider geschlossen.
Sophie Wagner hat den ersten Preis beim Lesewettbewerb gewonnen.
"""

OTHER["other-tune", "en"] = """
He said he would pay the bill next week.
Yesterday Anna sent fifty euros to Lukas.
If I had a thousand dollars, I would buy new headphones.
The queue at Tesco was endless this morning.
My dad always paid for everything in cash.
Did you ever pay John back for the tickets?
She bought two loaves of bread and a pint of milk on her way home.
Netflix raised its prices again last month.
I can't believe they charge six dollars for a cup of coffee.
The electricity company sent us a letter about the new meter.
Why would anyone spend three hundred pounds on shoes?
Emily told me that the rent had gone up by ninety euros.
Amazon announced that it will hire five thousand people.
Nobody knows who transferred the money to that account.
Mum used to order everything from a catalogue.
The pound fell to its lowest level against the dollar since March.
They owed the bank more than they could ever repay.
I was going to buy you a beer, but the bar was closed.
Was the cheese really that expensive?
He asked whether he could pay by credit card.
The thieves got away with twenty thousand dollars.
We ended up splitting the bill four ways.
Sophie said the batteries were dead again.
When I was your age, a bus ticket cost ten cents.
The government will spend two billion on new hospitals.
You shouldn't tell anybody your PIN.
I think Maria already paid the water bill.
Money doesn't grow on trees, you know.
Starbucks is closing forty of its stores this year.
My brother wired the wrong person five hundred dollars once.
Some people send their grandchildren money every month.
He checked his balance and nearly fainted.
The parcel was left outside in the rain.
Their savings account pays less than one percent.
She'd have ordered the pasta if they hadn't run out.
I heard that John Miller lost his wallet in Spain.
What would you do with a million dollars?
The waiter brought the bill before we'd finished eating.
Apple Pay wasn't even around back then.
The company made a profit of eighty million euros.
Thomas didn't have enough money for the taxi.
Everyone was talking about the price of eggs.
There were twelve bottles of wine on the table.
The shop on the corner sells the best apples.
It cost him an arm and a leg.
Good evening, here are the headlines.
The minister refused to answer any more questions.
It rained so hard that the match was called off.
My grandmother grew up on a farm near the coast.
Once upon a time there lived a king with three daughters.
I've been waiting for the bus for half an hour.
The kids are asleep, so keep your voice down.
Have you seen the new film with that Danish actor?
Traffic is heavy on the motorway this afternoon.
She plays the violin in a small orchestra.
We spent the whole weekend painting the kitchen.
The doctor told him to drink more water.
A cold front will move in from the west tonight.
He left the lights on all night again.
They're expecting their second child in April.
The dog buried its bone under the apple tree.
Researchers have found a new species of frog in Peru.
I never really liked that kind of music.
The train to Edinburgh leaves from platform nine.
Her voice reminded him of his mother.
You look tired, did you sleep badly?
The library is closed on Sundays.
In the second half the visitors played much better.
There was a strange light above the hills.
My neighbour has been learning Italian for years.
The old bridge was torn down in nineteen sixty two.
I'm not sure that's what she meant.
Somebody parked right in front of our gate.
Welcome back to the show, our next guest is a chef.
The soup needs a little more salt.
We walked along the beach until it got dark.
He promised that he would call when he arrived.
The exam was much harder than I expected.
Three people were injured when the roof collapsed.
Have I ever told you how your father and I met?
The flowers on the balcony need some sun.
Nobody had expected the team to win the cup.
She closed the door quietly and went upstairs.
It takes about two hours to drive to the lake.
The president will travel to Brazil on Thursday.
What a lovely dress you're wearing tonight.
Half of the students were late again.
Scientists say the summer was the hottest on record.
I forgot my umbrella at the office.
The wind blew the letters all over the street.
"""

OTHER["other-test", "en"] = """
She told her mother that she had already paid the rent.
John borrowed forty dollars from Emily and never gave it back.
We were thinking about buying a bigger house.
The bakery around the corner ran out of bread by noon.
How can they sell oranges for ten cents each?
My uncle lost all his money at the races.
Vodafone says its customers are happier than ever.
I wish I hadn't spent so much at the market.
Dad thinks that fifty euros is too much for a shirt.
Anna Weber won two hundred pounds in the lottery.
Do you remember when coffee was only a dollar?
The central bank kept interest rates at three percent.
He'd rather pay a fine than apologise.
Somebody used her credit card to buy concert tickets.
Lukas was supposed to bring the beer.
The fund has invested ninety million dollars in solar power.
Had you asked me, I'd have sent you the money.
Mum says the water company never answers the phone.
They paid eleven pounds for a sandwich at the airport.
People are buying less butter because of the price.
Her boss owes her two months of salary.
The order arrived a week late and half of it was broken.
I wonder what Thomas did with all that cash.
It isn't worth the paper it's printed on.
The museum paid a fortune for that painting.
Online shops are worried about the new tax.
Did Maria say how much the flight would cost?
My card was declined in front of the whole queue.
In those days you could rent a room for five dollars a week.
She sends her son a parcel every Christmas.
The price of rice has doubled since the spring.
Whoever pays the piper calls the tune.
The cashier gave me too much change.
He transferred to another school after the summer.
I'd never order pizza from that place again.
The former manager of Lidl was sentenced on Monday.
We could have bought a boat for that money.
Sophie Wagner writes about banks and insurance.
They still haven't refunded the deposit.
Is it true that he made his fortune selling toothpaste?
A penny saved is a penny earned.
The charity collected six thousand euros at the concert.
Grandpa kept his money under the mattress.
You can't just add people to the list without asking.
The balance between work and family is hard to find.
It's seven o'clock and this is the morning news.
The senator denied all of the accusations.
Snow is expected in the mountains tomorrow night.
His sister works as a nurse in Leeds.
The wolf knocked at the door of the little house.
We missed the last ferry and had to stay overnight.
The baby has been crying since midnight.
I read that book twice when I was in hospital.
There's been an accident near the stadium.
They used to sing together in the church choir.
Our garden is full of snails this year.
Most cats hate getting wet.
Temperatures will climb to thirty degrees by Sunday.
He switched off the lamp and listened.
The wedding is going to be in a castle.
A fox has been stealing the chickens.
Astronomers have taken a picture of a distant galaxy.
What kind of music did you dance to?
The coach from Bristol was delayed again.
He looked at her for a long time and said nothing.
Did you hear the thunder last night?
The swimming pool opens at eight in the morning.
With two minutes left on the clock, the home side scored.
The candles had burned down to the table.
I used to speak a little French at school.
The factory was built before the war.
Maybe she just didn't hear you.
The children hid behind the curtain.
Thank you all for coming to this press conference.
Leave the cake in the oven until it turns golden.
A narrow path leads down to the river.
My phone battery never lasts a whole day.
That was the funniest thing I've seen in years.
The court will announce its decision in the autumn.
When the war ended, they went back to their village.
The leaves are beginning to turn red.
No one on the team speaks Japanese.
She poured the tea and sat down by the fire.
It was the third time that the alarm had gone off.
The mayor wants to ban cars from the old town.
I had the strangest dream about an elephant.
The second chapter is much better than the first.
Volunteers cleaned up the beach on Saturday.
My shoes are still wet from the hike.
The moon was so bright that we could read outside.
"""


def shuffled(pool, *key):
    """The pool in an order of its own for every key, the same in every run and every version."""
    digest = hashlib.sha256("\0".join(key).encode()).digest()
    return random.Random(digest).sample(pool, len(pool))


class Filler:
    """Puts words into the wordings of one set and language, going round each pool in turn."""

    PLACE = re.compile(r"\{([\w.]+)(?: (\w+))?(?:\|([^}]*))?\}")

    def __init__(self, name, language):
        self.language = language
        self.pools = {}
        for pool, entries in POOLS[language].items():
            if pool in ("amount", "price"):
                entries = entries[name == "test"::2]
            self.pools[pool] = shuffled(entries, name, language, pool)
        self.at = dict.fromkeys(self.pools, 0)

    def next(self, pool):
        entry = self.pools[pool][self.at[pool] % len(self.pools[pool])]
        self.at[pool] += 1
        return entry

    def value(self, slot, words):
        """`said=value` as the words and what they mean."""
        if slot in ("amount", "max_price"):
            return money(words, self.language)
        said, _, value = words.partition("=")
        if slot == "quantity":
            amount, unit = value.split()
            return said, {"amount": amount, "unit": unit}
        if slot == "position":
            return said, int(value)
        value = value or said
        return said, VALUES.get(value, value)

    def places(self, wording):
        """The pool, the slot and the given words of each place."""
        return [match.groups() for match in self.PLACE.finditer(wording)]

    def fill(self, wording):
        """The sentence and its slots."""
        slots = {}

        def place(match):
            pool, slot, words = match.groups()
            slot = slot or pool.partition(".")[0]
            entry = self.next(pool) if words is None else words
            article, bar, rest = entry.partition("|")
            if pool == "item":
                said, slots["quantity"] = self.value("quantity", article)
                product, slots["product"] = self.value("product", rest)
                return f"{said} {product}"
            article, entry = (article, rest) if bar else ("", entry)
            said, slots[slot] = self.value(slot, entry)
            return article + said

        text = self.PLACE.sub(place, wording)
        return text[0].upper() + text[1:], slots


def commands(name, language):
    """Records of one set and language, in the order in which they are written."""
    filler = Filler(name, language)
    groups = []
    for line in COMMANDS[name, language].strip().splitlines():
        if heading := re.fullmatch(r"([A-Z]\w+)(?: (\d+))?", line):
            groups.append((heading[1], int(heading[2] or 0), []))
        else:
            groups[-1][2].append(line)
    for intent, count, wordings in groups:
        # Only what takes words from a pool says something new the second time.
        again = [wording for wording in wordings if any(words is None for *_, words in filler.places(wording))]
        for wording in itertools.islice(itertools.chain(wordings, itertools.cycle(again)), count or len(wordings)):
            text, slots = filler.fill(wording)
            yield {"text": text, "language": language, "intent": intent, "slots": slots}


def sentences(name):
    """All records of a set."""
    for language in ("de", "en"):
        if name.startswith("other-"):
            for text in OTHER[name, language].strip().splitlines():
                yield {"text": text, "language": language, "intent": None, "slots": {}}
        else:
            yield from commands(name, language)


def main(argv=None):
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("set", choices=("tune", "test", "other-tune", "other-test"))
    for record in sentences(parser.parse_args(argv).set):
        print(json.dumps(record, ensure_ascii=False))


if __name__ == "__main__":
    main()
