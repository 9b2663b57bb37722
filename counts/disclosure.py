"""Who may see each field of the ledger. Readers see what is counted from its rows, never the rows."""

from prisoners.disclosure import Audience, Declaration

DECLARATION: Declaration = {
    "Revision": {Audience.PUBLIC: "number recorded_at", Audience.DESK: "actor reason"},
    "LedgerRow": {
        Audience.DESK: "arrest_id prisoner_id known_from known_until ordinal siblings possible_from certain_from certain_until "
        "possible_until next_possible_from next_certain_from unconfirmed_from is_death mechanism pardon_id wave_id "
        "recognised_certain recognised_possible recognisers recognisers_certain recognisers_possible born_earliest born_latest "
        "gender country region occupations articles treatments context_id case_id facilities facilities_certain "
        "facilities_possible visibility sentence_kind sentence_months recognised_possible_from recognised_possible_until "
        "recognised_certain_from recognised_certain_until recognised_again"
    },
    "VisibilityChange": {Audience.DESK: "arrest_id revision visibility"},
    "ToldTerm": {Audience.PUBLIC: "name country value", Audience.DESK: "arrests"},
    "FormerRecord": {Audience.DESK: "table_name key slug words until"},
}
