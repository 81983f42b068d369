"""Short words for declaring the fields of a form."""

from core.policy.rules.forms import FormField, FormSection, Source


def of_fact(key: str, title: str, name: str = "", *, required: bool = True, space: int = 0) -> FormField:
    """A field that shows a fact or an amount."""
    return FormField(key=key, title=title, source=Source.FACT, name=name or key, required=required, space=space)


def own_words(key: str, title: str) -> FormSection:
    """A section the applicant writes in its own words."""
    return FormSection(key=key, title=title)
