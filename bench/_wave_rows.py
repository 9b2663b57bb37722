"""Waves of clemency over the crowd: of a million, one of twenty thousand people in five acts, many small ones, and events."""

from datetime import date

from django.db import connection, transaction

from prisoners.acting import OPERATOR, acting

LARGE = "large"
# Days of the large wave's acts, a fifth of its people each; whoever of the crowd came out in these eleven days is under one.
FIRST_ACT, DAYS_OF_AN_ACT, ACTS = date(2022, 12, 20), 11, 5
SMALL_WAVES, EVENTS = 99, 500

# The large wave is wave 1, with acts 1 to 5; each small one has an act on each of three days.
ACTS_AND_EVENTS = """
INSERT INTO releases_wave (id, slug, title, summary)
SELECT n, CASE WHEN n = 1 THEN %(large)s ELSE 'wave-' || n END, 'Invented wave ' || n, 'What was said to be mercy.'
FROM generate_series(1, 1 + %(small)s) AS n;
INSERT INTO releases_pardon (id, slug, wave_id, title, announced_on, authority, legal_form, framing, announced_number,
                             is_announced_minimum)
SELECT n, 'act-' || n, 1, 'Invented act ' || n, (%(first)s::date + (n - 1) * %(days)s)::text, 'The ruler', 'pardon',
       'Those who repent may go home.', CASE WHEN n <> 3 THEN 5000 END, n = 2
FROM generate_series(1, %(acts)s) AS n
UNION ALL
SELECT 10 * wave + n, 'act-' || wave || '-' || n, wave, 'Act ' || n || ' of wave ' || wave,
       ('2021-09-15'::date + wave * 4 + n)::text, 'The ruler', 'pardon', '', 400, false
FROM generate_series(2, 1 + %(small)s) AS wave, generate_series(1, 3) AS n;
INSERT INTO releases_event (id, slug, title, happened_on, kind, actor, stance, summary)
SELECT n, 'event-' || n, 'Invented statement ' || n, ('2020-08-09'::date + n * 4)::text,
       (ARRAY['statement', 'sanctions', 'talks', 'election', 'protest'])[1 + n %% 5],
       (ARRAY['EU', 'US', 'UN', 'Government'])[1 + n %% 4],
       (ARRAY['', 'welcomes', 'demands_more', 'threatens', 'denies'])[1 + n %% 5], 'They took note, and asked for everybody.'
FROM generate_series(1, %(events)s) AS n;
INSERT INTO releases_event_waves (event_id, wave_id) SELECT n, 1 + n %% (1 + %(small)s) FROM generate_series(1, %(events)s) AS n;
INSERT INTO releases_citation (event_id, source_id, field, locator, value)
SELECT event.id, source.id, '', '', '' FROM releases_event AS event, (SELECT min(id) AS id FROM prisoners_source) AS source;
INSERT INTO releases_citation (pardon_id, source_id, field, locator, value)
SELECT act.id, source.id, '', '', '' FROM releases_pardon AS act, (SELECT min(id) AS id FROM prisoners_source) AS source;
"""

# Nine in ten of those released are on a list; besides them people who are held still, and names that nobody is matched to. One in
# twenty of those released was arrested again, one in a hundred died.
PEOPLE = """
UPDATE releases_release AS release SET
    pardon_id = 1 + (arrest.ended_latest - %(first)s::date) / %(days)s,
    mechanism_id = CASE WHEN arrest.id %% 100 = 3 THEN 'death_in_custody'
                        WHEN arrest.id %% 7 = 0 THEN 'deportation' ELSE 'pardon' END,
    liberty_after = (ARRAY['free', 'restricted', 'exiled', 'unknown'])[1 + arrest.id %% 4],
    verification = (ARRAY['announced', 'identified', 'confirmed', 'contradicted'])[1 + arrest.id / 3 %% 4]
FROM prisoners_arrest AS arrest WHERE arrest.id = release.arrest_id
    AND arrest.ended_latest >= %(first)s::date AND arrest.ended_latest < %(first)s::date + %(days)s * %(acts)s;
UPDATE releases_release AS release SET pardon_id = act.id
FROM prisoners_arrest AS arrest, releases_pardon AS act
WHERE arrest.id = release.arrest_id AND act.wave_id > 1 AND release.pardon_id IS NULL
    AND act.announced_on_latest = arrest.ended_latest;
INSERT INTO releases_release_conditions (release_id, condition_id)
SELECT release.id, condition.code FROM releases_release AS release
JOIN (SELECT code, row_number() OVER (ORDER BY code) AS n FROM releases_condition) AS condition
    ON condition.n IN (1 + release.id %% 10, 1 + release.id / 10 %% 7) AND release.id %% 5 > 1
WHERE release.pardon_id IS NOT NULL;
INSERT INTO releases_pardonline (pardon_id, position, as_written, arrest_id)
SELECT pardon_id, row_number() OVER (PARTITION BY pardon_id ORDER BY arrest_id), 'As written', arrest_id FROM releases_release
WHERE pardon_id IS NOT NULL AND arrest_id %% 10 <> 4;
INSERT INTO releases_pardonline (pardon_id, position, as_written)
SELECT act.id, 100000 + n, 'As written' FROM releases_pardon AS act, generate_series(1, 400) AS n
WHERE act.wave_id = 1 OR n <= 40;
INSERT INTO releases_pardonline (pardon_id, position, as_written, arrest_id)
SELECT 1 + held.n %% 5, 200000 + held.n, 'As written', held.id
FROM (SELECT id, row_number() OVER (ORDER BY id) AS n FROM prisoners_arrest WHERE ended IS NULL LIMIT 1000) AS held;
INSERT INTO releases_voidrelease (arrest_id, mechanism_id, pardon_id, happened_on, because)
SELECT held.id, 'deportation', 1 + held.n %% 5, %(first)s::text, 'Taken back.'
FROM (SELECT id, row_number() OVER (ORDER BY id DESC) AS n FROM prisoners_arrest
      WHERE ended IS NULL ORDER BY id DESC LIMIT 200) AS held;
INSERT INTO prisoners_judgment (arrest_id, decided_on, court, judge, stage, outcome, sentence_kind,
                                is_in_absentia, is_closed_hearing)
SELECT arrest_id, '2022-06', '', '', 'appeal', 'upheld', 'unknown', false, false FROM releases_release
WHERE pardon_id <= %(acts)s AND arrest_id %% 4 = 1;
INSERT INTO prisoners_arrest (prisoner_id, began, country, region, place, circumstances, stated_reason, real_reason, whereabouts,
                              is_home_confinement)
SELECT arrest.prisoner_id, (arrest.ended_latest + 60)::text, 'BY', 'BY-HM', '', '', '', '', 'unknown', false
FROM releases_release AS release JOIN prisoners_arrest AS arrest ON arrest.id = release.arrest_id
WHERE release.pardon_id <= %(acts)s AND arrest.id %% 20 = 1 AND release.mechanism_id <> 'death_in_custody';
"""


def add() -> None:
    """Bring the waves in. The crowd is there already."""
    said = {"large": LARGE, "small": SMALL_WAVES, "first": FIRST_ACT, "days": DAYS_OF_AN_ACT, "acts": ACTS, "events": EVENTS}
    with acting(actor=OPERATOR, capacity=OPERATOR), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET LOCAL session_replication_role = replica")
        cursor.execute(ACTS_AND_EVENTS + PEOPLE, said)
        cursor.execute("SET LOCAL session_replication_role = origin")
        cursor.execute(
            "SELECT counts_note(ARRAY(SELECT prisoner_id FROM prisoners_arrest AS arrest JOIN releases_release AS release"
            " ON release.arrest_id = arrest.id WHERE release.pardon_id IS NOT NULL))"
        )
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE")
