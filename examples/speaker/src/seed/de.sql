INSERT INTO account VALUES ('Girokonto', 1), ('Sparkonto', 1), ('*world', 0);
INSERT INTO transfer (id, key, day, kind, text) VALUES (1, 'opening-1', '2026-01-01', 'opening', 'Anfang'), (2, 'opening-2', '2026-01-01', 'opening', 'Anfang');
INSERT INTO entry VALUES (1, 'Girokonto', 150000), (1, '*world', -150000), (2, 'Sparkonto', 500000), (2, '*world', -500000);
INSERT INTO contact VALUES ('Anna Schmidt', 'Anna'), ('Lukas Becker', 'Lukas'), ('Maria Hoffmann', 'Maria'), ('Mama', 'Mum'), ('Papa', 'Dad');
INSERT INTO merchant VALUES ('Bäckerei Müller'), ('Starbucks'), ('Apotheke am Markt');
INSERT INTO biller VALUES ('Stadtwerke'), ('Telekom'), ('Netflix');
INSERT INTO product VALUES
    ('Kaffee', 'coffee', 799, 20), ('Hafermilch', 'oat milk', 199, 30), ('Brot', 'bread', 349, 10),
    ('Milch', 'milk', 129, 40), ('Mineralwasser', 'Wasser|water', 89, 60), ('Butter', 'butter', 229, 0);
INSERT INTO method (name, account, is_default) VALUES ('Girokonto', 'Girokonto', 1), ('Mastercard', 'Girokonto', 0), ('PayPal', 'Girokonto', 0);
INSERT INTO bill VALUES ('Stadtwerke', 8640), ('Telekom', 3995), ('Netflix', 1399);
INSERT INTO room (name) VALUES ('Wohnzimmer'), ('Küche'), ('Schlafzimmer'), ('Badezimmer'), ('Flur');
INSERT INTO message (sender, text) VALUES
    ('Anna', 'Bringst du Brot mit?'), ('Mama', 'Am Sonntag gibt es Kuchen.');
