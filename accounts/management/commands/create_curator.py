"""Makes the first curator, who can then make others on the curators' desk."""

import os
import secrets
import sys
from getpass import getpass

from allauth.account.models import EmailAddress
from django.contrib.auth import get_user_model
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError
from django.db import DatabaseError, transaction
from django.utils.translation import gettext as _

User = get_user_model()


class Command(BaseCommand):
    help = (
        "Makes a curator with all permissions. Asks for what is not given. With --username and --email "
        "it asks nothing: the password comes from CURATOR_PASSWORD, or is drawn and printed once."
    )

    def add_arguments(self, parser):
        parser.add_argument("--username")
        parser.add_argument("--email")

    def handle(self, *, username, email, **options):
        asks = not (username and email)
        if asks and not sys.stdin.isatty():
            raise CommandError(_("Nobody is there to ask: give --username and --email."))
        try:
            curator = User(username=self._given(username, _("User name: "), self._username, asks))
            curator.email = self._given(email, _("E-mail: "), self._email, asks)
            password, drawn = self._password(curator, asks)
            self._create(curator, password)
        except (KeyboardInterrupt, EOFError):
            raise CommandError(_("Nothing was made.")) from None
        except DatabaseError as mistake:
            message = _("The database is not ready (%(mistake)s). Run “manage.py migrate” first.")
            raise CommandError(message % {"mistake": mistake}) from mistake
        self.stdout.write(self.style.SUCCESS(_("%(name)s is a curator now.") % {"name": curator.username}))
        if drawn:
            self.stdout.write(_("Password, shown this once: %(password)s") % {"password": password})

    def _given(self, value, question, check, asks):
        """`value`, or what is typed, once `check` accepts it; where nobody can be asked again, its reason."""
        while True:
            try:
                return check((value or input(question)).strip())
            except ValidationError as mistake:
                self._complain(mistake, asks and not value)

    def _password(self, curator, asks):
        """The password, and whether it was drawn here."""
        given = os.environ.get("CURATOR_PASSWORD")
        if not given and not asks:
            return secrets.token_urlsafe(15), True
        while True:
            password = given or getpass(_("Password: "))
            try:
                validate_password(password, curator)
                if not given and getpass(_("Once more: ")) != password:
                    raise ValidationError(_("These are two different passwords."))
                return password, False
            except ValidationError as mistake:
                self._complain(mistake, asks and not given)

    def _complain(self, mistake, may_ask_again):
        reasons = " ".join(mistake.messages)
        if not may_ask_again:
            raise CommandError(reasons)
        self.stderr.write(reasons)

    @staticmethod
    def _username(name):
        User._meta.get_field("username").clean(name, None)
        if User.objects.filter(username__iexact=name).exists():
            raise ValidationError(
                _(
                    "There is a reader named %(name)s already; nothing was changed. "
                    "“manage.py changepassword %(name)s” sets a new password; "
                    "a curator makes others curators in /admin/."
                ),
                params={"name": name},
            )
        return name

    @staticmethod
    def _email(email):
        email = email.lower()
        if not email:
            raise ValidationError(_("An e-mail address is needed to sign in."))
        User._meta.get_field("email").clean(email, None)
        taken = EmailAddress.objects.filter(email__iexact=email).exists()
        if taken or User.objects.filter(email__iexact=email).exists():
            raise ValidationError(
                _("%(email)s belongs to a reader already; nothing was changed."), params={"email": email}
            )
        return email

    @staticmethod
    def _create(curator, password):
        """Allauth asks for a verified address before it shows the second-factor pages."""
        curator.is_staff = curator.is_superuser = True
        curator.set_password(password)
        with transaction.atomic():
            curator.save(force_insert=True)
            EmailAddress.objects.create(user=curator, email=curator.email, verified=True, primary=True)
