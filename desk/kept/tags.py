"""`{% csrf_token %}` as ever, and at the desk the mark of whom the page is made for: every form has the one, and so the other."""

from typing import Any

from django import template
from django.template.base import Parser, Token
from django.template.context import Context
from django.template.defaulttags import CsrfTokenNode
from django.utils.html import format_html
from django.utils.safestring import SafeString

from .marks import PAGE_OF, mark_of

register = template.Library()


class MarkedTokenNode(CsrfTokenNode):
    """Django's own token with the mark beside it."""

    def render(self, context: Context) -> SafeString:
        token = SafeString(super().render(context))
        request: Any = context.get("request")
        # A reader's page asks nobody who they are.
        if request is None or not request.path_info.startswith("/desk/") or not request.user.is_authenticated:
            return token
        return token + format_html('<input type="hidden" name="{}" value="{}">', PAGE_OF, mark_of(request.user))


@register.tag
def csrf_token(parser: Parser, token: Token) -> MarkedTokenNode:
    """In place of Django's: settings.TEMPLATES names this library among the built-in ones."""
    return MarkedTokenNode()
