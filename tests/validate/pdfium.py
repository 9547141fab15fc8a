#!/usr/bin/env python3
"""fill_pdfium.py IN.pdf OUT.pdf '{"field": "text or option"}': fills as Chromium's viewer does (PDFium): focus, typing, a click on a button. Run by tests/e2e/formdata.py."""
import ctypes, json, sys
import pypdfium2 as pdfium, pypdfium2.raw as c
want = json.loads(sys.argv[3]); pdf = pdfium.PdfDocument(sys.argv[1]); pdf.init_forms(); env = pdf.formenv.raw
def wide(get):
    n = get(None, 0); b = ctypes.create_string_buffer(max(n, 2)); get(ctypes.cast(b, ctypes.POINTER(c.FPDF_WCHAR)), n)
    return b.raw[:n].decode("utf-16-le").rstrip("\0")
for page in pdf:
    for k in range(c.FPDFPage_GetAnnotCount(page.raw)):
        a = c.FPDFPage_GetAnnot(page.raw, k)
        name = wide(lambda b, n: c.FPDFAnnot_GetFormFieldName(env, a, b, n)); kind = c.FPDFAnnot_GetFormFieldType(env, a)
        button = kind in (c.FPDF_FORMFIELD_CHECKBOX, c.FPDF_FORMFIELD_RADIOBUTTON)
        if want.get(name) not in (None, ""):
            if button:
                if want[name] == wide(lambda b, n: c.FPDFAnnot_GetFormFieldExportValue(env, a, b, n)):
                    r = c.FS_RECTF(); c.FPDFAnnot_GetRect(a, r); x, y = (r.left + r.right) / 2, (r.top + r.bottom) / 2
                    c.FORM_OnMouseMove(env, page.raw, 0, x, y); c.FORM_OnLButtonDown(env, page.raw, 0, x, y); c.FORM_OnLButtonUp(env, page.raw, 0, x, y)
            elif kind == c.FPDF_FORMFIELD_COMBOBOX:
                c.FORM_SetFocusedAnnot(env, a); c.FORM_SetIndexSelected(env, page.raw, want[name], True); c.FORM_ForceToKillFocus(env)
            else:
                c.FORM_SetFocusedAnnot(env, a); c.FORM_SelectAllText(env, page.raw)
                t = ctypes.create_string_buffer((want[name] + "\0").encode("utf-16-le"))
                c.FORM_ReplaceSelection(env, page.raw, ctypes.cast(t, ctypes.POINTER(c.FPDF_WCHAR))); c.FORM_ForceToKillFocus(env)
        c.FPDFPage_CloseAnnot(a)
pdf.save(sys.argv[2])
