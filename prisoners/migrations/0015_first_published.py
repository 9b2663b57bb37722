"""The day on which a person first became public, kept by the database whatever path the change takes."""

from django.db import migrations

# Public in some way: with a page or in numbers. `published_on` never changes after, not even by a stale copy being saved.
FIRST_PUBLISHED = """
CREATE FUNCTION prisoner_first_published() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'UPDATE' AND OLD.published_on IS NOT NULL THEN
        NEW.published_on := OLD.published_on;
    ELSIF NEW.published_on IS NULL AND NEW.state = 'published' AND NEW.visibility <> 'internal' AND NEW.embargo_until IS NULL THEN
        NEW.published_on := current_date;
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER prisoner_first_published
    BEFORE INSERT OR UPDATE OF state, visibility, embargo_until, published_on ON prisoners_prisoner
    FOR EACH ROW EXECUTE FUNCTION prisoner_first_published();
"""
NOT_KEPT = """
DROP TRIGGER prisoner_first_published ON prisoners_prisoner;
DROP FUNCTION prisoner_first_published();
"""


class Migration(migrations.Migration):
    dependencies = [("prisoners", "0014_history_of_photos")]
    operations = [migrations.RunSQL(FIRST_PUBLISHED, NOT_KEPT)]
