# SPDX-License-Identifier: GPL-2.0-or-later
"""What the server refuses is a sentence that leads back to an error of any language."""

import pytest
from carte_cp3.domain.errors import CarteError, StoreError
from carte_cp3.domain.schema import load_schema
from carte_cp3.store.database import open_store
from carte_cp3.store.postgres import sentences
from carte_cp3.store.refusals import refusal
from servers import ON_A_SERVER

pytestmark = ON_A_SERVER


def test_a_store_whose_keys_were_asked_first_is_brought_up_to_date(store, location):
    execute = store._connection.execute
    execute("DELETE FROM carte_migration WHERE name = '0004_asked_last'")
    execute("ALTER TABLE site ALTER CONSTRAINT carte_site_institution_code_fkey "
            "DEFERRABLE INITIALLY IMMEDIATE")  # fmt: skip
    query = "SELECT bool_and(condeferred) FROM pg_constraint WHERE contype = 'f' AND condeferrable"
    assert execute(query).fetchone()[0] is False
    with open_store(location) as again:
        assert again._connection.execute(query).fetchone()[0] is True
        with pytest.raises(StoreError, match="no record of « Institution »"), again.transaction():
            again.insert("site", [{"institution_code": "nulle part"}])


def test_every_sentence_of_rights_leads_back_to_an_error(store):
    schema = load_schema()
    texts = set()
    for kind in sentences._SENTENCES:
        query = "SELECT " + sentences.sentence(kind, "site", "'EN « nord »'")
        (said,) = store._connection.execute(query).fetchone()
        error = refusal(schema, said)
        assert isinstance(error, CarteError), said
        assert error.values.get("institution", "EN « nord »") == "EN « nord »"
        texts.add(str(error))
    assert len(texts) == len(sentences._SENTENCES)
    assert refusal(schema, "site : autre chose.") == "site : autre chose."
