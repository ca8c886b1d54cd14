"""Both languages of a message speak of the same things."""

import re

import pytest

from engine.dmn import texts as dmn_texts
from engine.feel import texts as feel_texts

CATALOGUE = {**feel_texts.TEXTS, **dmn_texts.TEXTS}


@pytest.mark.parametrize("code", CATALOGUE)
def test_a_message_names_the_same_fields_in_both_languages(code):
    zh, en = (re.sub(r"_(zh|en)}", "}", text) for text in CATALOGUE[code])
    assert sorted(set(re.findall(r"{(\w+)}", zh))) == sorted(set(re.findall(r"{(\w+)}", en)))
    assert re.search(r"[\u4e00-\u9fff{]", zh)
    assert en.isascii()
