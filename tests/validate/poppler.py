#!/usr/bin/python3
"""fill_poppler.py IN.pdf OUT.pdf '{"field": "text, or the number of a button among those of its name"}': fills as Evince does. Run by tests/e2e/formdata.py with Debian's python3-gi."""
import json, os, sys
import gi
gi.require_version("Poppler", "0.18")
from gi.repository import Poppler
doc = Poppler.Document.new_from_file("file://" + os.path.abspath(sys.argv[1]), None); want = json.loads(sys.argv[3]); seen = {}
for i in range(doc.get_n_pages()):
    fields = sorted((m.field for m in doc.get_page(i).get_form_field_mapping()), key=lambda f: f.get_id())
    for f in fields:
        n = f.get_name(); seen[n] = seen.get(n, -1) + 1
        if n not in want: continue
        if f.get_field_type() == Poppler.FormFieldType.BUTTON: seen[n] == want[n] and f.button_set_state(True)
        elif f.get_field_type() == Poppler.FormFieldType.CHOICE: f.choice_select_item(want[n])
        else: f.text_set_text(want[n])
doc.save("file://" + os.path.abspath(sys.argv[2]))
