"""SQL for rules that span tables, for the migrations that make such rules. It is as fixed as they are.

A rule is a view, `broken_<rule>`, of the records that break it. After each statement a trigger looks there for the rows that
the statement touched, and notes what it finds in `prisoners_recheck`; nearly always nothing. What was noted is looked up again
as the transaction commits, and only what is broken then is refused: a transaction may write in any order. Rows are looked at
together, so that a large import costs one more query a table, and not one a row.
"""

from dataclasses import dataclass


@dataclass(frozen=True)
class Rule:
    """`query` gives record_id, arrest_id, prisoner_id and the dates in words; `record` is what it is called, and links it."""

    name: str
    record: str
    words: str
    query: str

    @property
    def view(self) -> str:
        return f"""
CREATE VIEW broken_{self.name} AS
SELECT '{self.name}'::text AS rule, '{self.record}'::text AS record, found.*, '{self.words}'::text AS words FROM ({self.query}) AS found;
"""


@dataclass(frozen=True)
class Watched:
    """A table whose rows can break rules: by themselves (`own`), or by what belongs to them (`below`: rule and its key).

    `owner` is the table and column that a row is held against, locked while the row is looked at: else somebody who changes
    it at the same moment would see neither the row nor the lock. `columns` are those that the rules read. `sieve` is one query
    for the few rows of `touched` that can break any of several rules.
    """

    table: str
    columns: tuple[str, ...]
    own: tuple[str, ...] = ()
    owner: tuple[str, str] | None = None
    below: tuple[tuple[str, str], ...] = ()
    needs: str = "true"
    lock: str = "FOR SHARE"
    sieve: str = ""
    suffix: str = "checked"

    def sql(self) -> str:
        return (self._trigger("insert") if self.own else "") + self._trigger("update")

    def drop(self) -> str:
        events = ["insert", "update"] if self.own else ["update"]
        return "".join(
            f"DROP TRIGGER {self.suffix}_{event} ON {self.table};\nDROP FUNCTION {self._function(event)}();\n" for event in events
        )

    def _function(self, event: str) -> str:
        return f"{self.table}_{self.suffix}_{event}"

    def _trigger(self, event: str) -> str:
        transition = "NEW TABLE AS added" if event == "insert" else "OLD TABLE AS removed NEW TABLE AS added"
        return f"""
CREATE FUNCTION {self._function(event)}() RETURNS trigger LANGUAGE plpgsql
SET plan_cache_mode = force_custom_plan SET search_path FROM CURRENT AS $$
DECLARE
    touched bigint[] := ARRAY({self._touched(event, "id")});
    sifted bigint[];
    owners bigint[];
    locked bigint;
BEGIN
    IF cardinality(touched) > 0 THEN{self._hold_against_owners(event)}{self._notes(event)}
    END IF;
    RETURN NULL;
END $$;
CREATE TRIGGER {self.suffix}_{event} AFTER {event} ON {self.table} REFERENCING {transition}
    FOR EACH STATEMENT EXECUTE FUNCTION {self._function(event)}();
"""

    def _touched(self, event: str, column: str) -> str:
        if event == "insert":
            return f"SELECT DISTINCT {column} FROM added WHERE {self.needs}"
        added, removed = (", ".join(f"{side}.{read}" for read in self.columns) for side in ("added", "removed"))
        return (
            f"SELECT DISTINCT added.{column} FROM added JOIN removed ON removed.id = added.id "
            f"WHERE ROW({added}) IS DISTINCT FROM ROW({removed})"
        )

    def _hold_against_owners(self, event: str) -> str:
        """With its key checked at the commit only, an owner can come after the row: then the row is looked at again there."""
        if self.owner is None:
            return ""
        table, key = self.owner
        rules = ", ".join(f"'{rule}'" for rule in self.own)
        return f"""
        owners := ARRAY({self._touched(event, key)});
        PERFORM 1 FROM {table} WHERE id = ANY (owners) ORDER BY id {self.lock};
        GET DIAGNOSTICS locked = ROW_COUNT;
        IF locked < cardinality(array_remove(owners, NULL)) THEN
            INSERT INTO prisoners_recheck (rule, record_id)
                SELECT unnest(ARRAY[{rules}]), id FROM added
                WHERE {key} IS NOT NULL AND NOT EXISTS (SELECT 1 FROM {table} AS owner WHERE owner.id = added.{key});
        END IF;
        sifted := {f"ARRAY({self.sieve})" if self.sieve else "touched"};"""

    def _notes(self, event: str) -> str:
        own = [(rule, "record_id", "sifted") for rule in self.own]
        below = [(rule, key, "touched") for rule, key in self.below] if event == "update" else []
        return "".join(
            f"\n        INSERT INTO prisoners_recheck (rule, record_id) "
            f"SELECT rule, record_id FROM broken_{rule} WHERE {key} = ANY ({keys});"
            for rule, key, keys in [*own, *below]
        )


def all_together(view: str, rules: list[Rule]) -> str:
    """One view of everything that breaks any of these rules."""
    return f"CREATE VIEW {view} AS\n" + "\nUNION ALL\n".join(f"SELECT * FROM broken_{rule.name}" for rule in rules) + ";\n"


def drop_views(view: str, rules: list[Rule]) -> str:
    return f"DROP VIEW {view};\n" + "".join(f"DROP VIEW broken_{rule.name};\n" for rule in rules)
