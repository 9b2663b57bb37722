"""How fast a list comes as a file: beside the database's own COPY of the same columns, and how much memory it takes.

    .venv/bin/python -m bench.exports [PEOPLE]

Works on a database of its own, which it makes beforehand and drops afterwards.
"""

from bench.ledger import PEOPLE as PEOPLE_AND_ARRESTS

# Each has two names; half are recognised, one in three was treated badly, half were sentenced; everybody is somewhere.
MORE = """
INSERT INTO prisoners_name (prisoner_id, text, language, script, kind, is_primary, is_heading)
SELECT id, 'Invented Person ' || code, 'en', 'Latn', 'transliteration', true, true FROM prisoners_prisoner
UNION ALL SELECT id, 'Вымышлены ' || code, 'be', 'Cyrl', 'legal', true, false FROM prisoners_prisoner;
INSERT INTO prisoners_organisation (slug, name, url)
SELECT 'group-' || n, 'Group of Invented People ' || n, '' FROM generate_series(1, 3) AS n;
INSERT INTO prisoners_recognition (arrest_id, organisation_id, made_on, criteria_note, statement_url, withdrawn_because)
SELECT arrest.id, organisation.id, to_char(arrest.began_latest + 30, 'YYYY-MM-DD'), '', '', ''
FROM prisoners_arrest AS arrest JOIN (SELECT id, row_number() OVER () AS n FROM prisoners_organisation) AS organisation
    ON arrest.id %% 2 = 0 AND organisation.n <= 1 + arrest.id / 2 %% 2;
INSERT INTO prisoners_facility (slug, name, kind, country, region, postal_address)
SELECT 'colony-' || n, 'Colony No. ' || n, 'colony', 'BY', '', '' FROM generate_series(1, 30) AS n;
INSERT INTO prisoners_stay (arrest_id, facility_id, began)
SELECT arrest.id, facility.id, arrest.began FROM prisoners_arrest AS arrest
JOIN (SELECT id, row_number() OVER () AS n FROM prisoners_facility) AS facility ON facility.n = 1 + arrest.id %% 30;
INSERT INTO prisoners_treatment (arrest_id, kind_id, severity, account)
SELECT arrest.id, kind.code, 'unknown', '' FROM prisoners_arrest AS arrest
JOIN (SELECT code, row_number() OVER () AS n FROM prisoners_treatmentkind) AS kind ON kind.n = 1 + arrest.id %% 3
WHERE arrest.id %% 3 = 0;
INSERT INTO prisoners_judgment (arrest_id, decided_on, court, judge, stage, outcome, sentence_kind, sentence_months,
                                is_in_absentia, is_closed_hearing)
SELECT id, to_char(began_latest + 200, 'YYYY-MM-DD'), '', '', 'first', 'convicted', 'imprisonment', 12 + id %% 100, false, false
FROM prisoners_arrest WHERE id %% 2 = 1;
"""
EVERYTHING = PEOPLE_AND_ARRESTS + MORE
