from django.db import migrations


def draw_titles(apps, schema_editor):
    from questions.markdown.render import draw_title

    for name in ("Question", "Topic"):
        model = apps.get_model("questions", name)
        changed = []
        for row in model.objects.only("titles").iterator():
            row.titles_drawn = {code: drawn for code, title in row.titles.items() if (drawn := draw_title(title))}
            if row.titles_drawn:
                changed.append(row)
        model.objects.bulk_update(changed, ["titles_drawn"], 500)


class Migration(migrations.Migration):

    dependencies = [
        ('questions', '0007_drawn_titles'),
    ]

    operations = [
        migrations.RunPython(draw_titles, migrations.RunPython.noop),
    ]
