"""Documents shown inside a page: a contract, a comparison, each with a policy of its own."""

from django.http import HttpResponse


def make_framed_page(data: bytes) -> HttpResponse:
    """The document, to be shown in a frame of ours alone.

    It bears its own policy (no script but its own, nothing from elsewhere): the one of our pages
    would take away its styles.
    """
    response = HttpResponse(data)
    response._csp_exempt = True  # type: ignore[attr-defined]  # how django-csp is told
    return response
