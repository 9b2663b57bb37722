"""Nothing that was typed at the desk is lost to a sign-in that ended, and nobody else gets it."""

import datetime
from uuid import uuid4

import pytest
from django.conf import settings
from django.contrib.auth.models import User
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.utils import timezone

from desk.intake.models import Intake, LineDecision
from desk.kept.marks import COOKIE, PAGE_OF, mark_of
from desk.kept.models import MOST, KeptPost
from desk.private.fields import TOKEN
from prisoners.models import Prisoner
from tests.conftest import PASSWORD
from tests.desk.admin_forms import filled_in
from tests.desk.intake.scene import begin, held, line
from tests.factories import make_prisoner

pytestmark = pytest.mark.django_db
OURS = {"HTTP_ORIGIN": "https://testserver"}
SECRET_WORDS = "a contact whom nobody must learn of"


@pytest.fixture
def browser(editor):
    """One browser, in which the editor is signed in; tokens are looked at as they are outside tests."""
    client = Client(enforce_csrf_checks=True, SERVER_NAME="testserver", **OURS)
    sign_in(client, "editor")
    return client


def sign_in(client, name):
    signed_out(client)
    page = client.get("/desk/admin/login/", secure=True)
    sent = {"username": name, "password": PASSWORD, "csrfmiddlewaretoken": str(page.context["csrf_token"])}
    assert client.post("/desk/admin/login/", sent, secure=True, headers={"Origin": "https://testserver"}).status_code == 302


def opened(client, path):
    """What a form of the page carries along unseen."""
    page = client.get(path, secure=True)
    account = User.objects.get(pk=client.session["_auth_user_id"])
    assert f'name="{PAGE_OF}" value="{mark_of(account)}"' in page.content.decode()
    return {"csrfmiddlewaretoken": str(page.context["csrf_token"]), PAGE_OF: mark_of(account)}


def send(client, path, sent, **headers):
    return client.post(path, sent, secure=True, **headers)


def signed_out(client):
    client.cookies.pop(settings.SESSION_COOKIE_NAME, None)


def again(client, kept, *, unseen=True, **more):
    """What the page that offers it again sends, as a browser would."""
    page = client.get(f"/desk/kept/{kept.pk}/", secure=True)
    sent = page.context["sent"]
    fields = {name: values for name, values in sent.fields if name != "csrfmiddlewaretoken"}
    own = {"csrfmiddlewaretoken": str(page.context["csrf_token"]), PAGE_OF: mark_of(kept.account), "kept_from": str(kept.pk)}
    return send(client, sent.address, {**fields, **own, **more})


class TestComingBack:
    def test_record_form_is_kept_and_done_only_when_it_is_sent_again(self, browser):
        person = make_prisoner(state="draft")
        path = f"/desk/admin/prisoners/prisoner/{person.pk}/change/"
        unseen = opened(browser, path)
        form = {**filled_in(browser.get(path, secure=True)), "born": "1987-05", "reason": SECRET_WORDS}
        signed_out(browser)
        response = send(browser, path, {**unseen, **form})
        assert (response.status_code, Prisoner.objects.get().born) == (403, None)
        kept = KeptPost.objects.get()
        assert f'href="/desk/kept/{kept.pk}/"' in response.content.decode()
        assert browser.get(f"/desk/kept/{kept.pk}/", secure=True).status_code == 302
        sign_in(browser, "editor")
        page = browser.get(f"/desk/kept/{kept.pk}/", secure=True)
        assert dict(page.context["said"])["born"] == ["1987-05"]
        assert page.context["sent"].address == path
        assert Prisoner.objects.get().born is None
        assert again(browser, kept).status_code == 302
        assert str(Prisoner.objects.get().born) == "1987-05"
        assert not KeptPost.objects.exists()

    def test_choices_of_an_intake_come_back(self, browser):
        arrest = held("Ivan Petrov")
        intake = begin("Ivan Petrov")
        path = f"/desk/intake/{intake.pk}/"
        unseen = opened(browser, path)
        signed_out(browser)
        send(browser, path, {**unseen, "seen-1": "0", "line-1": f"arrest-{arrest.pk}", "go": "confirm"})
        assert line(intake).decision == LineDecision.OPEN
        sign_in(browser, "editor")
        assert again(browser, KeptPost.objects.get())["Location"] == f"{path}confirm/"
        assert line(intake).arrest == arrest

    def test_page_from_before_a_new_sign_in_is_offered_at_once(self, browser):
        intake = begin("Ivan Petrov")
        path = f"/desk/intake/{intake.pk}/"
        unseen = opened(browser, path)
        sign_in(browser, "editor")
        response = send(browser, path, {**unseen, "seen-1": "0", "name-1": "Ivan Petrou"})
        kept = KeptPost.objects.get()
        assert (response.status_code, response["Location"]) == (302, f"/desk/kept/{kept.pk}/")
        assert line(intake).name == "Ivan Petrov"
        again(browser, kept)
        assert line(intake).name == "Ivan Petrou"

    def test_what_is_refused_when_sent_again_is_kept_still(self, browser):
        unseen = opened(browser, "/desk/intake/new/")
        signed_out(browser)
        send(browser, "/desk/intake/999999/", {**unseen, "seen-1": "0"})
        sign_in(browser, "editor")
        assert again(browser, KeptPost.objects.get()).status_code == 404
        assert KeptPost.objects.count() == 1

    def test_what_is_sent_again_in_vain_is_kept_once(self, browser):
        unseen = opened(browser, "/desk/intake/new/")
        signed_out(browser)
        send(browser, "/desk/intake/new/", {**unseen, "text": "Ivan Petrov"})
        first = KeptPost.objects.get()
        send(browser, "/desk/intake/new/", {**unseen, "text": "Ivan Petrov", "kept_from": str(first.pk)})
        assert list(KeptPost.objects.values_list("pk", flat=True)) != [first.pk]
        assert KeptPost.objects.count() == 1

    def test_front_page_leads_to_it_and_it_can_be_thrown_away(self, browser):
        unseen = opened(browser, "/desk/intake/new/")
        signed_out(browser)
        send(browser, "/desk/intake/new/", {**unseen, "text": "Ivan Petrov"})
        sign_in(browser, "editor")
        kept = KeptPost.objects.get()
        assert f"/desk/kept/{kept.pk}/" in browser.get("/desk/admin/", secure=True).content.decode()
        unseen = opened(browser, f"/desk/kept/{kept.pk}/")
        send(browser, f"/desk/kept/{kept.pk}/throw-away/", unseen)
        assert not KeptPost.objects.exists()

    def test_file_is_not_kept_and_its_name_is_told(self, browser):
        unseen = opened(browser, "/desk/intake/new/")
        signed_out(browser)
        upload = SimpleUploadedFile("list.txt", b"Ivan Petrov, a name of the file")
        response = send(browser, "/desk/intake/new/", {**unseen, "source-title": "The decree", "file": upload})
        assert "list.txt" in response.content.decode()
        sign_in(browser, "editor")
        kept = KeptPost.objects.get()
        page = browser.get(f"/desk/kept/{kept.pk}/", secure=True)
        assert page.context["files"] == [("file", "file", "list.txt")]
        assert '<input type="file" name="file"' in page.content.decode()
        assert "a name of the file" not in str(kept.sent)
        upload = SimpleUploadedFile("list.txt", b"Ivan Petrov")
        response = again(browser, kept, file=upload, **{"all-held_on": "2024-08-16", "all-ended": "2024-08-16"})
        assert response.status_code == 200  # the page says what is still missing
        assert Intake.objects.count() == 0


class TestWhoGetsIt:
    def kept_by(self, browser):
        unseen = opened(browser, "/desk/intake/new/")
        signed_out(browser)
        send(browser, "/desk/intake/new/", {**unseen, "text": SECRET_WORDS})
        return KeptPost.objects.get()

    def test_another_account_in_the_same_browser_is_shown_nothing(self, browser):
        kept = self.kept_by(browser)
        User.objects.create_superuser("other", password=PASSWORD)
        sign_in(browser, "other")
        page = browser.get(f"/desk/kept/{kept.pk}/", secure=True)
        missing = browser.get(f"/desk/kept/{uuid4()}/", secure=True)
        assert (page.status_code, SECRET_WORDS in page.content.decode()) == (404, False)
        assert _text(page) == _text(missing)
        assert "is kept" not in browser.get("/desk/admin/", secure=True).content.decode()
        unseen = opened(browser, "/desk/intake/new/")
        send(browser, f"/desk/kept/{kept.pk}/throw-away/", unseen)
        send(browser, "/desk/intake/new/", {**unseen, "text": "x", "kept_from": str(kept.pk)})
        assert KeptPost.objects.filter(pk=kept.pk).exists()
        sign_in(browser, "editor")
        assert browser.get(f"/desk/kept/{kept.pk}/", secure=True).status_code == 200

    def test_page_of_another_account_is_kept_for_that_one(self, browser):
        unseen = opened(browser, "/desk/intake/new/")
        User.objects.create_superuser("other", password=PASSWORD)
        sign_in(browser, "other")
        response = send(browser, "/desk/intake/new/", {**unseen, "text": SECRET_WORDS})
        kept = KeptPost.objects.get()
        assert (response.status_code, kept.account.username) == (403, "editor")
        assert (SECRET_WORDS in response.content.decode(), "editor" in response.content.decode()) == (False, False)

    def test_page_of_another_account_is_refused_even_with_a_token(self, browser):
        intake = begin("Ivan Petrov")
        User.objects.create_superuser("other", password=PASSWORD)
        unseen = opened(browser, f"/desk/intake/{intake.pk}/")
        unseen[PAGE_OF] = mark_of(User.objects.get(username="other"))
        assert send(browser, f"/desk/intake/{intake.pk}/", {**unseen, "seen-1": "0", "name-1": "X Y"}).status_code == 403
        assert line(intake).name == "Ivan Petrov"

    def test_same_account_in_another_browser_is_shown_nothing(self, browser):
        kept = self.kept_by(browser)
        elsewhere = Client(enforce_csrf_checks=True, **OURS)
        sign_in(elsewhere, "editor")
        assert elsewhere.get(f"/desk/kept/{kept.pk}/", secure=True).status_code == 404

    def test_cookie_says_nothing_and_is_for_the_desk_alone(self, browser):
        kept = self.kept_by(browser)
        cookie = browser.cookies[COOKIE]
        assert (cookie["httponly"], cookie["secure"], cookie["samesite"], cookie["path"]) == (True, True, "Strict", "/desk/")
        assert cookie.value not in (kept.browser, str(kept.pk))

    def test_nothing_readable_lies_in_the_database(self, browser):
        self.kept_by(browser)
        with connection.cursor() as cursor:
            cursor.execute(f"SELECT row_to_json(it)::text, sent ~ '{TOKEN}' FROM desk_keptpost AS it")
            row, is_sealed = cursor.fetchone()
        assert is_sealed
        assert (SECRET_WORDS in row, "intake" in row) == (False, False)

    def test_account_that_may_not_sign_in_any_more_gets_nothing_kept(self, browser):
        unseen = opened(browser, "/desk/intake/new/")
        User.objects.update(is_active=False)
        response = send(browser, "/desk/intake/new/", {**unseen, "text": SECRET_WORDS})
        assert (response.status_code, KeptPost.objects.count()) == (403, 0)
        assert "Nothing of it could be kept" in response.content.decode()


class TestHostile:
    def test_what_another_site_sends_is_neither_done_nor_kept(self, browser):
        unseen = opened(browser, "/desk/intake/new/")
        for headers in (
            {"HTTP_ORIGIN": "https://elsewhere.example"},
            {"HTTP_ORIGIN": "null"},
        ):
            response = send(browser, "/desk/intake/new/", {PAGE_OF: unseen[PAGE_OF], "text": "x"}, **headers)
            assert (response.status_code, KeptPost.objects.count()) == (403, 0)
        signed_out(browser)
        send(browser, "/desk/intake/new/", {PAGE_OF: unseen[PAGE_OF], "text": "x"}, HTTP_ORIGIN="https://elsewhere.example")
        assert not KeptPost.objects.exists()

    def test_whoever_does_not_say_where_it_came_from_is_not_believed(self, editor):
        client = Client(enforce_csrf_checks=True)
        mark = {PAGE_OF: mark_of(editor), "text": "x"}
        assert send(client, "/desk/intake/new/", mark).status_code == 403
        assert not KeptPost.objects.exists()

    def test_strangers_fill_no_table(self, browser):
        signed_out(browser)
        for forged in ("", "1", "1:xyz", f"{mark_of(User.objects.get())}x"):
            send(browser, "/desk/intake/new/", {PAGE_OF: forged, "text": "x"})
        send(browser, "/desk/intake/new/", {"text": "x"})
        assert not KeptPost.objects.exists()

    @pytest.mark.parametrize("path", ["/", "/prisoners/", "/deskx/", "/desk/../x"])
    def test_other_addresses_are_never_kept(self, browser, path):
        unseen = opened(browser, "/desk/intake/new/")
        signed_out(browser)
        send(browser, path, {**unseen, "text": "x"})
        assert not KeptPost.objects.exists()

    def test_it_is_sent_again_to_this_site_alone(self, browser):
        unseen = opened(browser, "/desk/intake/new/")
        signed_out(browser)
        send(browser, "/desk/intake/new/?next=https://elsewhere.example/", {**unseen, "text": "x"})
        sign_in(browser, "editor")
        kept = KeptPost.objects.get()
        page = browser.get(f"/desk/kept/{kept.pk}/", secure=True).content.decode()
        assert 'action="/desk/intake/new/?next=https://elsewhere.example/"' in page

    def test_values_are_told_and_not_run(self, browser):
        unseen = opened(browser, "/desk/intake/new/")
        signed_out(browser)
        nasty = "</textarea><script>alert(1)</script>"
        send(browser, "/desk/intake/new/", {**unseen, "text": nasty, nasty: "x"})
        sign_in(browser, "editor")
        page = browser.get(f"/desk/kept/{KeptPost.objects.get().pk}/", secure=True).content.decode()
        assert "<script>alert" not in page

    def test_passwords_and_codes_are_never_kept(self, browser):
        unseen = opened(browser, "/desk/admin/auth/user/add/")
        signed_out(browser)
        secret = {"password1": "hunter2 hunter2", "password2": "hunter2 hunter2", "otp_token": "123456", "pin": "1234"}
        send(browser, "/desk/admin/auth/user/add/", {**unseen, **secret, "username": "maria"})
        sign_in(browser, "editor")
        page = browser.get(f"/desk/kept/{KeptPost.objects.get().pk}/", secure=True)
        assert page.context["sent"].fields == [("username", ["maria"])]

    @pytest.mark.parametrize("path", ["/desk/admin/login/", "/desk/admin/password_change/", "/desk/admin/logout/"])
    def test_nothing_of_signing_in_is_kept(self, browser, path):
        unseen = opened(browser, "/desk/intake/new/")
        signed_out(browser)
        send(browser, path, {**unseen, "username": "editor", "old": "x"})
        send(browser, path, {PAGE_OF: unseen[PAGE_OF], "username": "editor", "old": "x"})
        assert not KeptPost.objects.exists()

    def test_sign_in_page_of_before_says_what_to_do(self, browser):
        response = send(browser, "/desk/admin/login/", {"username": "x", "password": "y", "csrfmiddlewaretoken": "z" * 64})
        assert response.status_code == 403
        assert "Open the page anew" in response.content.decode()


class TestHowLongAndHowMuch:
    def fill(self, editor, number, kept_at):
        for n in range(number):
            at = kept_at + datetime.timedelta(seconds=n)
            KeptPost.objects.create(account=editor, browser="b" * 64, sent='["/desk/", [], []]', kept_at=at)

    def test_after_a_day_it_is_gone_whoever_comes(self, browser, editor):
        self.fill(editor, 2, timezone.now() - datetime.timedelta(hours=24, seconds=10))
        browser.get("/desk/admin/", secure=True)
        assert not KeptPost.objects.exists()

    def test_of_one_account_the_newest_are_kept(self, browser, editor):
        self.fill(editor, MOST + 2, timezone.now() - datetime.timedelta(hours=1))
        unseen = opened(browser, "/desk/intake/new/")
        signed_out(browser)
        send(browser, "/desk/intake/new/", {**unseen, "text": "the newest"})
        assert KeptPost.objects.count() == MOST
        assert "the newest" in str(KeptPost.objects.first().sent)

    def test_long_list_comes_back_whole(self, browser):
        unseen = opened(browser, "/desk/intake/new/")
        signed_out(browser)
        text = "Сергей Ковалёв\r\n" * 60_000
        send(browser, "/desk/intake/new/", {**unseen, "text": text})
        sign_in(browser, "editor")
        page = browser.get(f"/desk/kept/{KeptPost.objects.get().pk}/", secure=True)
        assert dict(page.context["sent"].fields)["text"] == [text]


def _text(response):
    return response.content.decode().split('id="content"')[1]
