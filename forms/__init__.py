"""JSON Schema forms with layout: read strictly, checked whole, and answered in words at the right place.

A form is one JSON file: ``key``, ``title``, ``schema`` (JSON Schema 2020-12, a closed subset), ``layout`` (rows of
fields with labels, widgets and visibility). Everything here is pure and depends on nothing else of ours.
"""

from forms.errors import DataRefused, FormRefused, FormsError, Problem
from forms.form import Form, Reference
from forms.judging import accept
from forms.layout import Field, Text, VisibleWhen, Widget
from forms.loading import lint_form, load_form
from forms.plain_data import plain_problems
from forms.shipped import standard_forms

__all__ = [
    "DataRefused",
    "Field",
    "Form",
    "FormRefused",
    "FormsError",
    "Problem",
    "Reference",
    "Text",
    "VisibleWhen",
    "Widget",
    "accept",
    "lint_form",
    "load_form",
    "plain_problems",
    "standard_forms",
]
