"""Labels of mechanisms and conditions in Belarusian, Russian and Persian, and the standards that have such a term.

What an editor has written stays. Codes of HURIDOCS: number of the micro-thesaurus (edition of 2001), then the term's code.
"""

from django.db import migrations

H = "HURIDOCS micro-thesauri"
ICCPR = "International Covenant on Civil and Political Rights"

LABELS = {
    "Mechanism": [
        ("sentence_served", "тэрмін адбыты", "срок отбыт", "پایان مدت محکومیت"),
        ("pardon", "памілаванне", "помилование", "عفو"),
        ("amnesty", "амністыя", "амнистия", "عفو عمومی"),
        ("parole", "умоўна-датэрміновае вызваленне", "условно-досрочное освобождение", "آزادی مشروط"),
        ("milder_sentence", "замена пакарання больш мяккім", "замена наказания более мягким", "تبدیل به مجازات سبک‌تر"),
        ("freed_in_court", "вызваленне ў зале суда", "освобождение в зале суда", "آزادی در جلسهٔ دادگاه"),
        (
            "measure_changed",
            "змена меры стрымання (заклад, падпіска)",
            "изменение меры пресечения (залог, подписка)",
            "تغییر قرار بازداشت (وثیقه، تعهد)",
        ),
        ("proceedings_dropped", "справа спынена", "дело прекращено", "توقف پیگرد"),
        ("acquitted", "апраўданне", "оправдание", "تبرئه"),
        ("conviction_quashed", "прысуд скасаваны", "приговор отменён", "نقض حکم محکومیت"),
        ("medical", "па стане здароўя", "по состоянию здоровья", "به دلیل وضع سلامت"),
        ("exchange", "абмен", "обмен", "مبادله"),
        ("deportation", "дэпартацыя", "депортация", "اخراج از کشور"),
        ("escape", "уцёкі", "побег", "فرار"),
        ("unknown", "невядома", "неизвестно", "نامعلوم"),
        ("death_in_custody", "смерць у зняволенні", "смерть в заключении", "مرگ در بازداشت"),
        ("execution", "смяротнае пакаранне", "смертная казнь", "اعدام"),
    ],
    "Condition": [
        ("petition_signed", "падпісана прашэнне аб памілаванні", "подписано прошение о помиловании", "امضای درخواست عفو"),
        ("filmed_confession", "прызнанне знята на відэа", "признание снято на видео", "فیلم‌برداری از اعتراف"),
        ("cooperation_pledge", "абяцанне супрацоўнічаць", "обязательство сотрудничать", "تعهد به همکاری"),
        ("exit_ban", "забарона выезду з краіны", "запрет на выезд из страны", "ممنوعیت خروج از کشور"),
        ("silence", "абяцанне маўчаць", "обязательство молчать", "تعهد به سکوت"),
        ("reporting_duty", "абавязак адзначацца", "обязанность отмечаться", "الزام به معرفی منظم خود"),
        ("supervision", "пад наглядам", "под надзором", "تحت نظارت"),
        ("listed_extremist", "у спісе экстрэмістаў", "в списке экстремистов", "قرار گرفتن در فهرست افراط‌گرایان"),
        ("passport_seized", "пашпарт забраны", "паспорт изъят", "ضبط گذرنامه"),
        ("citizenship_stripped", "пазбаўленне грамадзянства", "лишение гражданства", "سلب تابعیت"),
    ],
}
STANDARDS = {
    "Mechanism": {
        "sentence_served": f"{H} 25: 020105",
        "proceedings_dropped": f"{H} 25: 020103",
        "acquitted": f"{H} 25: 020104",
        "escape": f"{H} 25: 020109",
        "deportation": f"{H} 4: 330101",
        "death_in_custody": f"{H} 4: 01010601",
        "execution": f"{H} 4: 01010103",
    },
    "Condition": {
        "filmed_confession": f"{ICCPR}, article 14(3)(g)",
        "exit_ban": f"{ICCPR}, article 12",
        "silence": f"{ICCPR}, article 19",
        "citizenship_stripped": "Universal Declaration of Human Rights, article 15",
    },
}


def write_labels(apps, schema_editor):
    for name, rows in LABELS.items():
        model = apps.get_model("releases", name)
        for code, be, ru, fa in rows:
            model.objects.filter(code=code, labels={}).update(labels={"be": be, "ru": ru, "fa": fa})
        for code, standard in STANDARDS[name].items():
            model.objects.filter(code=code, standard="").update(standard=standard)


def take_labels_back(apps, schema_editor):
    for name, rows in LABELS.items():
        model = apps.get_model("releases", name)
        for code, be, ru, fa in rows:
            model.objects.filter(code=code, labels={"be": be, "ru": ru, "fa": fa}).update(labels={})
        for code, standard in STANDARDS[name].items():
            model.objects.filter(code=code, standard=standard).update(standard="")


class Migration(migrations.Migration):
    dependencies = [("releases", "0005_keep_history")]
    operations = [migrations.RunPython(write_labels, take_labels_back)]
