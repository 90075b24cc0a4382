from django.db import migrations, models

import progress.figures


class Migration(migrations.Migration):
    dependencies = [("progress", "0005_reminders")]

    operations = [
        migrations.AlterField(
            model_name="habits",
            name="hidden",
            field=models.JSONField(
                blank=True, default=progress.figures.hidden_at_first, verbose_name="numbers not to show"
            ),
        ),
    ]
