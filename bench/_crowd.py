"""A crowd of invented people in one statement: as many as a benchmark needs, with something of everything."""

from django.db import connection, transaction

from prisoners.acting import OPERATOR, acting

# One person in twenty was arrested twice; a third came out; a tenth were arrested in a month known, on a day unknown; one in
# sixty is shown by initials. Each has two names; half are recognised, a third were treated badly, half were sentenced.
CROWD = """
INSERT INTO prisoners_prisoner (code, country, gender, born, citizenships, home_region, state, visibility,
                                is_fictional, created_at, changed_at, last_changed_by, published_on)
SELECT 'BY-' || lpad(upper(to_hex(n)), 6, '0'), 'BY', (ARRAY['female', 'male', 'male'])[1 + n %% 3],
       (1950 + n %% 55)::text, '{}', '',
       CASE WHEN n %% 50 = 0 THEN 'draft' ELSE 'published' END,
       CASE WHEN n %% 60 = 7 THEN 'initials' ELSE 'named' END, true, now(), now(), '', '2024-01-01'
FROM generate_series(1, %s) AS n;
INSERT INTO prisoners_arrest (prisoner_id, began, ended, country, region, place, circumstances, stated_reason,
                              real_reason, whereabouts, is_home_confinement)
SELECT id, CASE WHEN id %% 10 = 0 THEN to_char(began, 'YYYY-MM') ELSE began::text END,
       CASE WHEN id %% 3 = 0 THEN (began + 400)::text END, 'BY', (ARRAY['BY-HM', 'BY-BR', 'BY-VI', 'BY-HO'])[1 + id %% 4],
       'Invented Square', '', '', '', 'unknown', false
FROM prisoners_prisoner, LATERAL (SELECT '2020-08-09'::date + (id %% 900)::int AS began) AS began
UNION ALL
SELECT id, '2019-01-10', '2019-01-25', 'BY', 'BY-HM', '', '', '', '', 'unknown', false
FROM prisoners_prisoner WHERE id %% 20 = 0;
INSERT INTO releases_release (arrest_id, mechanism_id, liberty_after, verification, note)
SELECT id, 'pardon', 'free', 'announced', '' FROM prisoners_arrest WHERE ended IS NOT NULL;
INSERT INTO prisoners_prisoner_occupations (prisoner_id, occupation_id)
SELECT person.id, occupation.code FROM prisoners_prisoner AS person
JOIN (SELECT code, row_number() OVER () AS n FROM prisoners_occupation) AS occupation ON occupation.n = 1 + person.id %% 9;
INSERT INTO prisoners_statute (slug, country, law, article, part, title)
SELECT 'by-cc-' || n, 'BY', 'CC', n::text, '', 'Article' FROM generate_series(1, 40) AS n;
INSERT INTO prisoners_charge (arrest_id, statute_id, status)
SELECT arrest.id, statute.id, 'pending' FROM prisoners_arrest AS arrest
JOIN prisoners_statute AS statute ON statute.article::int IN (1 + arrest.id %% 40, 1 + arrest.id %% 7);
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
INSERT INTO prisoners_source (title, publisher, url, archived_url, language, kind, confidentiality)
VALUES ('An invented source', '', '', '', '', 'other', 'public');
INSERT INTO prisoners_citation (arrest_id, source_id, field, locator, value)
SELECT arrest.id, source.id, '', '', '' FROM prisoners_arrest AS arrest, prisoners_source AS source;
"""


def gather(people: int) -> None:
    """Bring them in, and let the database look at what it has. Without the history of each record, which would take an hour."""
    with acting(actor=OPERATOR, capacity=OPERATOR), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET LOCAL session_replication_role = replica")
        cursor.execute(CROWD, [people])
        cursor.execute("SET LOCAL session_replication_role = origin")
        cursor.execute("SELECT counts_note(ARRAY(SELECT id FROM prisoners_prisoner))")
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE")
