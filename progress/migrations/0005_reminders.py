from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("progress", "0004_checked"),
    ]

    operations = [
        migrations.AddField(
            model_name="habits",
            name="remind_in",
            field=models.CharField(
                blank=True,
                choices=settings.LANGUAGES,
                help_text="The language in which reminders were chosen.",
                max_length=20,
            ),
        ),
        migrations.AddField(
            model_name="reminder",
            name="mistake",
            field=models.CharField(blank=True, max_length=500),
        ),
        migrations.AddField(
            model_name="reminder",
            name="tries",
            field=models.PositiveSmallIntegerField(default=1),
        ),
    ]
