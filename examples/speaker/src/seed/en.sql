INSERT INTO account VALUES ('checking account', 1), ('savings account', 1), ('*world', 0);
INSERT INTO transfer (id, key, day, kind, text) VALUES (1, 'opening-1', '2026-01-01', 'opening', 'Opening'), (2, 'opening-2', '2026-01-01', 'opening', 'Opening');
INSERT INTO entry VALUES (1, 'checking account', 150000), (1, '*world', -150000), (2, 'savings account', 500000), (2, '*world', -500000);
INSERT INTO contact VALUES ('Anna Schmidt', 'Anna'), ('Lukas Becker', 'Lukas'), ('Maria Hoffmann', 'Maria'), ('Mum', 'Mom'), ('Dad', '');
INSERT INTO merchant VALUES ('Corner Bakery'), ('Starbucks'), ('Tesco');
INSERT INTO biller VALUES ('electricity company'), ('Vodafone'), ('Netflix');
INSERT INTO product VALUES
    ('coffee', '', 799, 20), ('oat milk', '', 199, 30), ('bread', '', 349, 10),
    ('milk', '', 129, 40), ('mineral water', 'water', 89, 60), ('butter', '', 229, 0);
INSERT INTO method (name, account, is_default) VALUES ('checking account', 'checking account', 1), ('Mastercard', 'checking account', 0), ('PayPal', 'checking account', 0);
INSERT INTO bill VALUES ('electricity company', 8640), ('Vodafone', 3995), ('Netflix', 1399);
INSERT INTO room (name) VALUES ('living room'), ('kitchen'), ('bedroom'), ('bathroom'), ('hallway');
INSERT INTO message (sender, text) VALUES
    ('Anna', 'Could you bring some bread?'), ('Mum', 'There is cake on Sunday.');
