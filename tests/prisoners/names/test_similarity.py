"""How alike two names are, by rule: what holds for any names, and what keeps people apart."""

import pytest
from hypothesis import assume, example, given
from hypothesis import strategies as st

from prisoners.names import LIKELY, POSSIBLE, Band, band, compared, parsed, similarity
from tests.prisoners.names.pairs import tuned

ANY_TEXT = st.text(max_size=60)
TUNED_NAMES = st.sampled_from(sorted({name for pair in tuned() for name in (pair.a, pair.b)}))


@example("ؠب", "KLK")
@given(ANY_TEXT | TUNED_NAMES, ANY_TEXT | TUNED_NAMES)
def test_similarity_of_any_texts_is_symmetric_and_between_nothing_and_one(a, b):
    score = similarity(a, b)
    assert 0 <= score <= 1
    assert similarity(b, a) == score


@given(ANY_TEXT | TUNED_NAMES)
def test_similarity_with_itself_is_one_where_anything_can_be_read(text):
    assert similarity(text, text) == (1 if parsed(text).tokens else 0)


@given(TUNED_NAMES, st.randoms(use_true_random=False))
def test_similarity_of_words_in_another_order_is_likely(name, chance):
    # Burmese names have no surname: Kyaw Zin and Zin Kyaw are two people. So are José María and María José.
    assume(parsed(name).style != "Mymr" and not parsed(name).gender)
    words = name.replace(",", " ").split()
    # Abu and Bakr are one word, and no two of a name in another order.
    assume(len(words) == len(parsed(name).tokens))
    chance.shuffle(words)
    assert similarity(name, " ".join(words)) >= LIKELY


@given(TUNED_NAMES)
def test_compared_is_similarity_of_prepared_names(name):
    assert compared(parsed(name), parsed("Ганна Каваленка")) == similarity("Ганна Каваленка", name)


@pytest.mark.parametrize(
    "text", ["", " ", "😀🎉", "12 34", ".", "ـ", "\x00", "（）", "'", "а" * 10_000, "а б " * 2_500, "\ud800"]
)
def test_similarity_of_no_name_raises_nothing(text):
    assert 0 <= similarity(text, "Ганна Каваленка") < POSSIBLE


@pytest.mark.parametrize(
    ("score", "told"), [(1, "likely"), (LIKELY, "likely"), (0.84, "possible"), (POSSIBLE, "possible"), (0.64, "")]
)
def test_band_at_and_below_the_thresholds(score, told):
    assert band(score) is Band(told)


LIKELY_PAIRS = [
    ("Siarhei Tsikhanovich", "Сергей Тиханович"),
    ("Siarhiej Cichanovič", "Тиханович Сергей"),
    ("Volodymyr Kovalenko", "Уладзімір Каваленка"),
    ("Lukaschuk Wiktor", "Віктар Лукашук"),
    ("Loukachouk Viktor", "Віктар Лукашук"),
    ("Schukow Juri", "Жуков Юрий"),
    ("Joukov Iouri", "Жуков Юрий"),
    ("Maksim Romanoff", "Максим Романов"),
    ("محمد رضا حسینی", "Mohammadreza Hosseini"),
    ("محمد‌رضا حسین‌زاده", "Mohammad Reza Hossein-zadeh"),
    ("دكتر رضا كاظمي", "Reza Kazemi"),
    ("سید علی احمدی", "Ali Ahmadi"),
    ("Seyed Ali Ahmadi", "Али Ахмади"),
    ("Abdul Rahman Karimi", "عبدالرحمن کریمی"),
    ("علی الکرمانی", "Ali al-Kermani"),
    ("劉曉明", "刘晓明"),
    ("Liu Xiaoming", "劉曉明"),
    ("Xiao Ming Liu", "刘晓明"),
    ("Liú Xiǎomíng", "Xiaoming Liu"),
    ("曾志伟明", "Zeng Zhiweiming"),
    ("欧阳海", "Ouyang Hai"),
    ("မောင်မောင်ထွေး", "Maung Maung Htwe"),
    ("U Kyaw Zin Tun", "ကျော်ဇင်ထွန်း"),
    ("Nguyễn Văn Hùng", "Nguyen Van Hung"),
    ("Hòa Trần", "Trần Hoà"),
    ("Juan Pérez", "Juan Pérez López"),
    ("María de la Cruz Gómez", "Maria Cruz Gomez"),
    ("Иванов Иван Петрович", "Ivan Ivanov"),
    ("Ivanou Ivan Piatrovich", "Иванов Иван Петрович"),
    ("Илья С. Жуковский", "Ілля Сяргеевіч Жукоўскі"),
    ("д-р Евгения Остапчук", "Яўгенія Астапчук"),
    ("Пан Іван Палявы", "Ivan Polovyi"),
    ("Світлана Григорівна Горшкова", "Sviatlana Ryhorauna Harshkova"),
    ("Alaksandra Hryń", "Александра Гринь"),
    ("Paviel Malascanka", "Pavel Malashchanka"),
    ("Ana María Muñoz", "Muñoz de la Cruz, Ana María"),
    ("Luisa de la Cruz Peña", "Luisa Delacruz Pena"),
    ("Ana Santiago Rojas", "Ana Santiago"),
    ("Anh Vu Ngoc Dung", "Vũ Ngọc Dũng"),
    ("Sun Xiaodong", "孫曉東老师"),
    ("Lv Wentao", "吕文涛"),
    ("Lü Zeyu", "Lyu Ze Yu"),
    ("Lǚ Xiǎodōng", "吕晓东"),
    ("شکیبه احمدی", "Shakibeh Ahmadi"),
    ("شکیب احمدی", "Shakeeb Ahmadi"),
    ("丹增多吉", "Tenzing Dorjee"),
    ("བསྟན་འཛིན་ནོར་བུ།", "bstan 'dzin nor bu"),
    ("阿卜杜热依木·吐尔逊", "Abdurehim Tursun"),
    ("买买提江·克热木", "Memetjan Kerim"),
    ("ئابدۇرېھىم تۇرسۇن", "Abduréhim Tursun"),
    ("Myat Minhtun", "မြတ်မင်းထွန်း"),
    ("Ma Mar Mar Khaing", "မာမာခိုင်"),
    ("عبداله رستم‌پور", "Abdollah Rostam-Pour"),
    ("کەژاڵ ئەحمەدپوور", "Kazhal Ahmadpour"),
    ("جمال الدين بوعزيزي", "Djamel Eddine Bouazizi"),
    ("رنا سمير الدباغ", "Rana Samir Eddabbagh"),
    ("Rəşid Quliyev", "Рашид Гулиев"),
]
APART = [
    ("Siarhei Tsikhanovich", "Siarhei Tsikhanovski"),  # another surname
    ("Siarhei Zhukouski", "Siarhei Zhukouskaya"),  # a woman
    ("Иванова Анна", "Иванов Анна"),
    ("Aliaksandr Shauchuk", "Aleksandra Shevchuk"),
    ("Alejandro Núñez", "Alejandra Núñez"),
    ("Иванов Иван Петрович", "Иванов Иван Сергеевич"),  # another father
    ("Иванов Иван Петрович", "Иванов Сергей Петрович"),  # his brother
    ("Иван Петрович", "Иван Петрович Сидоренко"),  # a given name and a patronymic alone
    ("Mohammad Reza", "Mohammad Reza Hosseini"),
    ("علی احمدی", "Ali Mohammadi"),
    ("刘伟", "刘卫"),  # sound alike
    ("Zhang Wei", "Zheng Wei"),
    ("Liú Wěi", "Liú Wèi"),
    ("Nguyễn Văn Hùng", "Nguyễn Văn Hưng"),
    ("Kyaw Zin", "Kyaw Zin Tun"),
    ("Kyaw Zin", "Zin Kyaw"),
    ("Juan Silva Jr", "Juan Silva Sr"),
    ("Иван Кот", "Иван Кит"),  # a slip in a short word
    ("Ales Kavalenka", "Aliaksandr Kavalenka"),  # a diminutive
    ("A. Kavalenka", "Aliaksandr Kavalenka"),
    ("Kavalenka", "Aliaksandr Kavalenka"),
    ("Фарид Латифи", "Фариде Латифи"),
    ("فرید لطیفی", "Farideh Latifi"),
    ("فریده لطیفی", "Farid Latifi"),
    ("شکیب احمدی", "Shakiba Ahmadi"),  # of no family in the table
    ("شکیبه احمدی", "Shakib Ahmadi"),
    ("الهه صادقی", "Elaheh Sedighi"),
    ("Reza Mahmoudi", "رضا محمدی"),
    ("Reza Ghaffari", "Reza Ghaderi"),
    ("رضا لطفی", "Reza Latifi"),
    ("زهرا رحمانی", "Zohreh Rahmani"),
    ("José María Márquez", "María José Márquez"),
    ("Andrés Valdés", "Andrea Valdés"),
    ("María José Ibáñez Márquez", "María José Jiménez Márquez"),
    ("Lǚ Xiǎodōng", "盧曉東"),
    ("Xǔ Wéimíng", "徐維明"),
    ("丹增多吉", "Tenzin Norbu"),
    ("Андрій Каменський-Жданович", "Андрэй Каменскі-Ціхановіч"),
    ("Thidar Win Nwe", "Thidar Nwe Win"),
    ("Ana María", "Ana María Rojas"),
    ("Ana García López", "Ana López"),  # the first of two surnames is the one that is kept
]
STILL_POSSIBLE = [
    ("Ales Kavalenka", "Aliaksandr Kavalenka"),
    ("A. Kavalenka", "Аляксандр Каваленка"),
    ("В. Коваленко", "Уладзімір Каваленка"),
    ("Kavalenka", "Aliaksandr Kavalenka"),
    ("刘伟", "刘卫"),
    ("Kyaw Zin", "Kyaw Zin Tun"),
    ("Ihra Kavalenka", "Ігар Каваленка"),  # a slip in a short given name
]


@pytest.mark.parametrize(("a", "b"), LIKELY_PAIRS)
def test_similarity_of_one_name_in_two_forms_is_likely(a, b):
    assert similarity(a, b) >= LIKELY


@pytest.mark.parametrize(("a", "b"), APART)
def test_similarity_of_names_that_tell_people_apart_is_not_likely(a, b):
    assert similarity(a, b) < LIKELY


@pytest.mark.parametrize(("a", "b"), STILL_POSSIBLE)
def test_similarity_of_names_that_leave_it_open_is_possible(a, b):
    assert POSSIBLE <= similarity(a, b) < LIKELY
