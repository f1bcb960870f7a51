"""Where families complain to the Department of Education, as every notice of rights tells them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dataflows.reporting.telling import dialled
from dataflows.reporting.views import ComplaintView

if TYPE_CHECKING:
    from dataflows.law.notices import ComplaintContact


def tell_complaint(contact: ComplaintContact, *, about_surveys: bool = False) -> ComplaintView:
    """Return where to complain; an e-mail address or number that nobody confirmed is left out."""
    name = "ppra_email" if about_surveys else "email"
    phone = None if "phone" in contact.unconfirmed else contact.phone
    return ComplaintView(
        office=(contact.office, contact.department, contact.address),
        url=contact.url,
        email=None if name in contact.unconfirmed else getattr(contact, name),
        phone=phone,
        phone_number=dialled(phone),
        days=contact.days_to_complain,
    )
