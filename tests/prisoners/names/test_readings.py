"""Scripts read one by one: Burmese syllables, Chinese characters with their tones, Wade–Giles, letters of the Arabic script."""

import pytest

from prisoners.names import arabic, burmese, chinese, cyrillic, latin, wade

BURMESE = (
    "အေး Aye, ဝင်း Win, မြင့် Myint, စိုး Soe, ဖြူ Phyu, နွယ် Nwe, ခိုင် Khine, လှ Hla, ညွန့် Nyunt, သိန်း Thein, ရွှေ Shwe, ချစ် Chit, "
    "ဖြိုး Phyoe, ထက် Htet, လင်း Linn, စည်သူ Sithu, သီရိ Thiri, ဇာနည် Zarni, နန္ဒာ Nandar, ဖုန်း Phone, ကျော် Kyaw, ဌေး Htay, ဝေ Wai, "
    "မွန် Mon, ကြည် Kyi, ငယ် Nge, သဇင် Thazin, ထွေး Htwe, အုန်း Ohn, ကောင်း Kaung, ခန့် Khant, ဝဏ္ဏ Wunna, ငြိမ်း Nyein, ရတနာ Yadanar, "
    "သီတာ Thida, လှိုင် Hlaing, ဦး Oo, သူရ Thura, ထိုက် Htike, ဇေယျ Zeya, မောင် Mg"
)


@pytest.mark.parametrize("pair", BURMESE.split(", "))
def test_burmese_word_in_both_scripts_has_the_same_syllables(pair):
    written, romanised = pair.split()
    assert burmese.syllables(written) == burmese.latin_syllables(romanised.lower())


def test_chinese_name_is_parted_and_read_as_a_name():
    assert chinese.parts("曾明") == (("曾", "zeng"), ("明", "ming"))
    assert chinese.parts("欧阳海燕") == (("欧阳", "ouyang"), ("海燕", "haiyan"))
    assert chinese.parts("吕") == (("吕", "lu"),)
    assert chinese.simplified("歐陽鐘麗") == "欧阳钟丽"


@pytest.mark.parametrize(("marked", "agree"), [("Xiǎomíng", True), ("Xiàomíng", False), ("Xiǎo", True)])
def test_chinese_tones_must_be_those_of_known_characters(marked, agree):
    assert chinese.tones_agree("晓明", marked) is agree


def test_chinese_tones_table_has_each_character_once():
    assert len(chinese._tones()) > 600
    lines = [
        line for line in (chinese.Path(chinese.__file__).parent / "tones.tsv").read_text("utf-8").splitlines() if line[0] != "#"
    ]
    assert sum(len(line.split("\t")[1]) for line in lines) == len(chinese._tones())


@pytest.mark.parametrize(
    ("pinyin", "spelt"),
    [
        ("zhao", "chao"),
        ("jiamin", "chiamin"),
        ("xue", "hsueh"),
        ("guo", "kuo"),
        ("luo", "lo"),
        ("yan", "yen"),
        ("hongbin", "hungpin"),
    ],
)
def test_wade_giles_of_pinyin(pinyin, spelt):
    assert wade.spelt(pinyin) == spelt


@pytest.mark.parametrize(
    ("word", "fits", "fits_not"),
    [
        ("محمدی", "mohammadi muhammadi mohamadi", "mahmoudi ahmadi mohammad"),
        ("محمودی", "mahmoudi mahmudi mahmoodi", "mohammadi mahmoud"),
        ("بهرام", "bahram", "bahrami behrami"),
        ("خواستار", "khastar xastar", "khovastari"),
        ("رضایی", "rezaei rezai rezaie", "reza razavi"),
    ],
)
def test_arabic_script_is_a_pattern_for_its_romanisations(word, fits, fits_not):
    assert [plain for plain in fits.split() if not arabic.fits(word, plain)] == []
    assert [plain for plain in fits_not.split() if arabic.fits(word, plain)] == []


@pytest.mark.parametrize(
    ("words", "romanisations"),
    [
        ("Тиханович Ціхановіч", "tsikhanovich tikhanovich cichanovič tichanowitsch tikhanovitch cichanowicz"),
        ("Щукин Шчукін Щукін", "shchukin ščukin schtschukin chtchoukine shhukin szczukin"),
        ("Жуковский Жукоўскі Жуковський", "zhukouski zhukovskii zhukovsky žukoŭski schukowski joukovski"),
        ("Юхименко Юхіменка", "yukhimenko juchimienka iukhymenko jukhimenko juchymenko"),
    ],
)
def test_slavic_word_has_one_sound_in_all_spellings(words, romanisations):
    sounds = [set(cyrillic.codes(word.lower())) for word in words.split()]
    sounds += [set(latin.codes(word)) for word in romanisations.split()]
    assert set.intersection(*sounds)
