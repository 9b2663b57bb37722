"""How tests open, read and send the pages of the intake."""

import re

from django.contrib.messages import get_messages

HOME = "/desk/intake/"


def told(response):
    return [str(message) for message in get_messages(response.wsgi_request)]


def address(intake, rest=""):
    return f"{HOME}{intake.pk}/{rest}"


def page_of(client, intake, query=""):
    response = client.get(address(intake) + query)
    assert response.status_code == 200
    return response


def rows(client, intake, query=""):
    return page_of(client, intake, query).context["list"].rows


def candidates(client, intake, number=1):
    return next(row.candidates for row in rows(client, intake) if row.line.number == number)


def fields(html):
    """What a browser would send of the page's form if nobody touched it."""
    sent = {}
    for tag in re.findall(r"<input[^>]*>", html[html.index("intake-lines") :]):
        name, value = re.search(r'name="([^"]+)"', tag), re.search(r'value="([^"]*)"', tag)
        if name and ('type="radio"' not in tag or " checked" in tag):
            sent[name[1]] = value[1] if value else ""
    return sent


def send(client, intake, changes, **more):
    sent = fields(page_of(client, intake).content.decode())
    return client.post(address(intake), {**sent, **changes, **more})
