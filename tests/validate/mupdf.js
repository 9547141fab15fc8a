// mutool run mupdf.js IN.pdf OUT.pdf '[[value of each widget of page 1, in order], ...]': fills as MuPDF's viewers do. A value is text, an option, true for a button to press, or null.
var doc = new PDFDocument(scriptArgs[0]), want = JSON.parse(scriptArgs[2]);
for (var i = 0; i < doc.countPages(); i++) {
  var page = doc.loadPage(i), widgets = page.getWidgets();
  for (var k = 0; k < widgets.length; k++) {
    var w = widgets[k], kind = w.getFieldType(), value = want[i][k];
    if (value === null || value === undefined) continue;
    if (value === true) w.toggle();
    else if (kind === "combobox" || kind === "listbox") w.setChoiceValue(value);
    else w.setTextValue(value);
    w.update();
  }
  page.update();
}
doc.save(scriptArgs[1], "");
