#!/bin/sh
# The PDF writer judged by others: veraPDF, qpdf, poppler, mupdf, pdftk, pdf.js, exiftool. The documents are made by tests/unit/pdf.c.
CHECKERS=${CHECKERS:-build/checkers}
export CHECKERS
BUILD=$(realpath --relative-to=. "$BUILD")
unit=$BUILD/unit/pdf
cd "$TMP" || exit 1
here=$OLDPWD
case $CHECKERS in /*) ;; *) CHECKERS=$here/$CHECKERS ;; esac
check() { # check NAME COMMAND…: one test
  name=$1; shift
  if out=$("$@" 2>&1); then echo "ok $name"; else echo "not ok $name: $(echo "$out" | tail -n 5 | tr '\n' ' ')"; fi
}
same() { [ "$1" = "$2" ] || { echo "got: $1"; echo "want: $2"; return 1; }; }

# pictures of every kind, with things in them that must not come out
convert -size 200x100 gradient:red-blue a.jpg
exiftool -q -overwrite_original -Orientation#=6 -Artist=TAJNA -Comment=TAJNA -XMP:Creator=TAJNA a.jpg
convert -size 200x100 gradient:red-blue -colorspace CMYK c.jpg
convert -size 50x40 plasma:red-blue -alpha set -channel A -evaluate set 50% p.png
convert -size 31x17 plasma:red-blue -depth 8 n.png
convert n.png -interlace PNG i.png
convert -size 9x9 pattern:checkerboard -type Palette b.png
convert -size 50x40 plasma:red-blue p.gif
convert -size 50x40 plasma:red-blue -strip p.webp
for f in p.png p.gif p.webp; do exiftool -q -q -overwrite_original -XMP:Creator=TAJNA $f 2>/dev/null; done

check "documents are written" env HAND="$TMP" BOOK=20 "$here/$unit"
for f in reading form album press book; do check "qpdf --check $f.pdf" qpdf --check $f.pdf; done
check "veraPDF: PDF/UA-1 and PDF/A-2a" sh "$here/tests/validate/check-pdf.sh" -f ua1,2a reading.pdf album.pdf book.pdf
check "veraPDF: PDF/UA-1 of a form" sh "$here/tests/validate/check-pdf.sh" -f ua1 form.pdf
# the self-test was written for a file with fields and with tables that have no Headers; these are what it misses in one without
PYTHON=$CHECKERS/venv/bin/python sh "$here/tests/validate/selftest.sh" reading.pdf "$TMP/self" >self.txt 2>/dev/null
check "veraPDF sees what is broken" same "$(grep 'NOT SEEN' self.txt | sort | cut -d ' ' -f 3- | tr '\n' ';')$(grep -c '^1[01][0-9] expectations' self.txt)" \
  'lang-missing ua1 7.2-25;parenttree-emptied ua1 7.18.4-1;structtree-missing ua1 7.18.4-1;td-outside-tr ua1 7.2-3;th-scope-missing ua1 7.5-1;1'

# text: complete, in order, the soft hyphen at the line's end
want='Наслов (први) \ знак Текст са бгдпт fi везом и english преко реда издавање настављање на другој страни. Услуга Број Прихват 12 • ставка (а́) на почетак'
tree() { pdfinfo -struct-text reading.pdf | sed -n 's/^ *"\(.*\)"$/\1/p' | tr '\n' ' ' | sed 's/  */ /g; s/ $//; s/настав љање/настављање/'; }
check "the structure tree reads like the document" same "$(tree)" "$want"
lines() { sed 's/\xc2\xad$/\xc2\xad/' | tr -s ' \n\f' ' ' | sed 's/\xc2\xad //g; s/\xc2\xad//g; s/^ //; s/ $//'; }
page='жива глава Наслов (први) \ знак Текст са бгдпт fi везом и english преко реда издавање наставУслуга Број Прихват 12 • ставка (а́)'
check "pdftotext reads the page" same "$(pdftotext -l 1 reading.pdf - | lines)" "$page"
check "mutool reads the page" same "$(mutool draw -q -F txt reading.pdf 1 2>/dev/null | lines)" "$page"
check "fonts are embedded subsets with Unicode" same "$(pdffonts reading.pdf | awk 'NR > 2 && ($(NF-4) != "yes" || $(NF-3) != "yes" || $(NF-2) != "yes")')" ""
check "Info equals XMP" same "$(exiftool -s3 -PDF:Title -PDF:Author -PDF:Creator -PDF:Producer -PDF:CreateDate reading.pdf)" \
  "$(exiftool -s3 -XMP:Title -XMP:Creator -XMP:CreatorTool -XMP:Producer -XMP:CreateDate reading.pdf)"
check "nothing private in the pictures" sh -c '! qpdf --qdf --object-streams=disable album.pdf - | grep -aq "TAJNA\|Exif\|photoshop"'
pdftoppm -r 72 -png album.pdf album
check "a turned photo stands upright" same "$(convert album-1.png -crop 1x1+55+40 -format '%[fx:r>0.7&&b<0.3]' info:)" 1
check "link and outline lead to places" same "$(qpdf --qdf --object-streams=disable reading.pdf - | grep -ac '/Dest \[')" 3

# the press file
check "boxes of the press file" same "$(pdfinfo -box press.pdf | awk '/^(Media|Bleed|Trim)Box/ { printf "%s %.0f %.0f  ", $1, $4 - $2, $5 - $3 }')" "MediaBox: 899 652  BleedBox: 859 612  TrimBox: 842 595  "
check "the press file has no tags, links or fields" sh -c '! qpdf --qdf --object-streams=disable press.pdf - | grep -aq "/StructTreeRoot\|/Annots\|/AcroForm"'
check "duplex and scaling" same "$(qpdf --json press.pdf | grep -c 'DuplexFlipShortEdge\|"/PrintScaling": "/None"')" 2

# the form: filled by pdftk, read back, seen, still conforming; filled by pdf.js
cat >fill.xfdf <<'X'
<?xml version="1.0" encoding="UTF-8"?><xfdf xmlns="http://ns.adobe.com/xfdf/"><fields>
<field name="ime"><value>Љубица Ђурђевић-Њагуљ čćžšđ ő ű ș</value></field>
<field name="prilozi.1.opis"><value>џак, „наводник“ — № 5 § 3</value></field><field name="prilozi.1.datum"><value>01.03.2026.</value></field>
<field name="saglasan"><value>Yes</value></field><field name="usluge.licno"><value>Yes</value></field><field name="nacin"><value>licno</value></field>
<field name="izbor"><value>posta</value></field><field name="lista"><value>licno</value></field></fields></xfdf>
X
check "pdftk fills the form" pdftk form.pdf fill_form fill.xfdf output filled.pdf
want='ime=Љубица Ђурђевић-Њагуљ čćžšđ ő ű ș|prilozi.1.opis=џак, „наводник“ — № 5 § 3|prilozi.1.datum=01.03.2026.|saglasan=Yes|usluge.posta=Off|usluge.licno=Yes|nacin=licno|izbor=posta|lista=licno|'
check "all values come back" same "$(pdftk filled.pdf dump_data_fields_utf8 | awk '/^FieldName: / { n = substr($0, 12) } /^FieldValue: / { printf "%s=%s|", n, substr($0, 13) }')" "$want"
check "they stand on the page" sh -c 'pdftotext -layout filled.pdf - | grep -q "Љубица Ђурђевић-Њагуљ čćžšđ ő ű ș"'
check "a filled form still conforms" sh "$here/tests/validate/check-pdf.sh" -f ua1 filled.pdf
pdftoppm -r 144 -png filled.pdf filled
dark() { convert filled-1.png -crop "24x24+160+$1" -colorspace Gray -format '%[fx:mean<0.75]' info:; }
check "the boxes that were ticked are seen as ticked" same "$(dark 220)$(dark 260)$(dark 300)" 101
check "no script, no NeedAppearances" sh -c '! qpdf --qdf --object-streams=disable form.pdf - | grep -aq "/JavaScript\|/JS\|/NeedAppearances\|/AA"'
check "pdf.js fills and reads the form" "$CHECKERS/venv/bin/python" "$here/tests/validate/pdfjs.py" "$CHECKERS/node_modules" form.pdf js.pdf '{"ime": "Ђорђе Љ"}'

# images for the web and the QR code
image=$here/$BUILD/unit/image
for f in a.jpg p.png p.gif p.webp; do
  check "$f is cleaned" "$image" clean $f clean-$f
  check "clean $f has nothing private" sh -c "! grep -aq TAJNA clean-$f"
  check "clean $f is the same picture" same "$(identify -format '%wx%h' "clean-${f}[0]")" "$(convert "${f}[0]" -auto-orient -format '%wx%h' info: 2>/dev/null)"
done
check "a QR code is made" "$image" qr 'https://primer.rs/помоћ?a=1' q.svg
convert q.svg -scale 400% q.png
check "the QR code is read back" same "$(zbarimg -q --raw q.png 2>/dev/null)" 'https://primer.rs/помоћ?a=1'
