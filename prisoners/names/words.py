"""Words beside a name that say nothing of who it is: titles, forms of address, particles; and generations, which do."""

TITLES = frozenset(
    "mr mrs ms miss mx sir madam dr prof professor rev father sister brother fr sr sra srta don dona señor señora lic ing abog "
    "herr frau monsieur madame mme mlle pan pani spadar spadarynia hon adv advocate lt col gen capt sgt maj "
    "seyed seyyed sayyed sayyid syed sayed said-e seyyid sayid haji hajji hajj haj sheikh shaikh sheykh shaykh mullah mulla ayatollah "
    "hojatoleslam hojjatoleslam agha khanom mawlana maulana engineer mohandes ostad "
    "гр г г-н г-жа господин госпожа гражданин гражданка др проф профессор отец батюшка пан пані спадар спадарыня грамадзянін громадянин "
    "سید سيد حاج حاجی شیخ ملا دکتر مهندس آقای خانم آیت الله آیت‌الله حجت الاسلام حجت‌الاسلام استاد السید الشیخ الدکتور "
    "先生 女士 小姐 博士 教授 律师 律師 ဦး ဒေါ် ဒေါက်တာ ông bà".split()
)
# Addresses of Burmese names that are parts of other names: dropped where they begin a name of more words.
BURMESE_TITLES = frozenset("u daw ko ma maung mg saya sayadaw ashin".split())
PARTICLES = frozenset(
    "de del la las los y e i da do dos das di du le van von der den bin ibn ben bint binti al el ul ud oul ould abu "
    "і и й та اَل ال بن ابن بنت و oglu ogly kyzy qizi оглы кызы".split()
)
GENERATIONS = {
    **dict.fromkeys("jr junior ml мл младший малодшы молодший fils hijo nieto".split(), "younger"),
    **dict.fromkeys("senior ст старший старэйшы père padre".split(), "older"),
    **dict.fromkeys(["ii", "2nd"], "second"),
    **dict.fromkeys(["iii", "3rd"], "third"),
    **dict.fromkeys(["iv", "4th"], "fourth"),
}
# Second halves of Persian family names, written apart, with a joiner or together.
PERSIAN_ENDINGS = frozenset(
    "zadeh zade zada zadah pour pur poor nejad nezhad nejhad nia niya far fard zad khah manesh doost dust parast mehr vand rad "
    "زاده پور نژاد نیا فر فرد زاد خواه منش دوست پرست وند".split()
)
VIETNAMESE_SURNAMES = frozenset(
    "nguyen tran le pham huynh hoang phan vu vo dang bui do ho ngo duong ly dinh trinh truong doan mai luong dao cao ta "
    "lam ha quach thai luu chu kieu tang tong vuong to mac nghiem giap la khuc lu than ton trieu uong van".split()
)
# `Sr` is a generation in English and a form of address in Spanish: only after the name is it the former.
LAST_ONLY = {"sr": "older"}
