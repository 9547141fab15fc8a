"""The case forms' fields, by hand from the list of forms that the institution gave and not from the program. Read by tests/e2e/formdata.py.
text: fields that take text; one: choices with their answers; many: several answers; signatures; rows: table -> (rows, {column: None for text, "sign",
or its answers})."""
HEAD = ["sifra-korisnika", "datum", "strucni-radnik"]
YN = ["yes", "no", "unknown"]
DA = ["da", "ne"]
def w(s): return s.split()
POL = w("zenski muski drugo")
JEZICI = w("srpski engleski romski albanski madjarski rumunski slovacki turski ruski arapski persijski pastu urdu hindi bengalski nepalski znakovni drugi")
OBLICI = w("seksualna pornografija radna ropstvo prosjacenje brak krivicna-dela organi usvojenje oruzani-sukobi drugo")
SEKTORI = w("policija csr tuzilastvo skola zdravstvo inspekcija-rada prihvatni-centar udruzenje gradjanin samoprijava")
USLUGE = w("bezbedan-smestaj ishrana-i-odeca zdravstvena-zastita psiholoska-podrska pravna-pomoc licna-dokumenta boravak novcana-pomoc prevodjenje obrazovanje zaposljavanje starateljstvo povratak pratnja drugo")
NALAZ = w("identifikovana u-toku nije-zrtva odbacena obustavljen")
NIVO = w("nizak srednji visok neposredan")
MERA = w("mala srednja velika")
CHILD = w("misljenje-deteta najbolji-interes")
def cols(s, **more): return {c: None for c in s.split()} | {k.replace("_", "-"): v for k, v in more.items()}
POKAZATELJ = {"utvrdjeno": YN, "jacina": w("jak srednji slab"), "izvor": None, "napomena": None}
FORMS = {
    "F0": dict(version=1, text=w("ime-i-prezime datum-rodjenja drzavljanstvo bezbedan-kontakt"), signatures=["potpis"],
        rows={"isprave": (4, cols("vrsta broj vazi-do kod-koga")), "uvid": (5, cols("ime osnov"))}),
    "F1": dict(version=1,
        text=w("ustanova podnosilac kontakt-podnosioca vreme-prijave ime nadimak uzrast drzavljanstvo jezik-prevoda trenutno-mesto bezbedan-kontakt staratelj opis broj-prijave primio vreme-prijema voditelj") + CHILD,
        one={"sektor": SEKTORI, "pol": POL, "hitnost": w("odmah do-24-sata do-72-sata"), "odluka": w("procena hitan-prihvat dopuna drugoj-sluzbi odbacuje-se")}
            | {k: YN for k in w("dete prevodilac staratelj-sumnja organ-starateljstva opasnost povrede deca obavestena pristanak")},
        many={"jezici": JEZICI, "pokazatelji": w("dokumenta kretanje nadzor povrede strah zarada dug obmana smestaj kontakt skola drugo"), "oblik": OBLICI},
        rows={"preduzeto": (4, cols("mera datum-mere ko")), "prilozi": (3, cols("naziv strana"))}, signatures=["potpis"]),
    "F2": dict(version=1,
        text=w("vreme-razgovora mesto-razgovora jezik-prevoda uzrast drzavljanstvo broj-dece zastupnik mesto-vrbovanja datum-vrbovanja obecanja mesto-eksploatacije period-od period-do radnja-obrazlozenje sredstvo-obrazlozenje cilj-obrazlozenje obrazlozenje") + CHILD,
        one={"pol": POL, "obrazovanje": w("bez-skole nepotpuno-osnovno osnovno srednje visoko pohadja nepoznato"), "bracno-stanje": w("bez-braka brak vanbracna razvod udovistvo nepoznato"),
             "boravak": w("drzavljanin stalni privremeni viza azil bez-prava nepoznato"), "odnos-vrbovanja": w("nepoznat poznanik partner porodica poslodavac drugo nije-utvrdjeno"),
             "delatnost": w("poljoprivreda gradjevinarstvo industrija ugostiteljstvo domacinstvo prevoz seksualne-usluge ulica internet drugo nije-utvrdjeno"), "nalaz": NALAZ}
            | {k: YN for k in w("prevodilac informisana pristanak dete staratelj-prisutan radnja sredstvo cilj")},
        many={"jezici": JEZICI, "nacin-vrbovanja": w("oglas internet agencija licno veza porodica prodaja otmica drugo"),
              "sredstva-kontrole": w("pretnje duznicko-ropstvo lazna-obecanja nasilje oduzimanje-zarade ograniceno-kretanje supstance prekomeran-rad oduzete-isprave drugo"), "oblik": OBLICI},
        rows={"prisutni": (3, cols("ime uloga")), "isprave": (3, cols("vrsta kod-koga")), "kretanje": (4, cols("od do datum-puta prevoz granica")),
              "tim": (4, cols("ime uloga", potpis="sign")), "dostavljeno": (3, cols("kome datum-dostave"))}
            | {t: (n, POKAZATELJ) for t, n in (("obmana-vrbovanje", 5), ("prinuda-vrbovanje", 5), ("ranjivost-vrbovanje", 6), ("uslovi", 6), ("prinuda-odrediste", 5), ("ranjivost-odrediste", 5))}),
    "F3": dict(version=1, text=w("zastupnik misljenje ocekivanja zakljucak sledeca-procena") + CHILD, one={"dete": YN, "nivo-rizika": NIVO}, signatures=w("potpis-radnika potpis-osobe"),
        rows={"oblasti": (12, cols("stanje potreba snaga", prioritet=w("prvi drugi treci"))), "rizici": (4, cols("rizik zastitni-cinilac mera rok", verovatnoca=MERA, posledica=MERA, nivo=NIVO)),
              "znacajne-osobe": (5, cols("sifra odnos", podrska_rizik=w("podrska rizik oboje"), kontakt=DA))}),
    "F4": dict(version=1, text=w("vazi-od vazi-do ucesce zastupnik cilj bezbednost nesaglasnosti revizija") + CHILD, one={"vrsta": w("pocetni redovni izmenjeni hitni povratak"), "dete": YN},
        signatures=w("potpis-korisnika potpis-voditelja potpis-rukovodioca"),
        rows={"ucesnici": (4, cols("ime ustanova uloga")), "prioriteti": (3, cols("prioritet")), "ako-onda": (3, cols("ako onda")), "pravna-zastita": (3, cols("sud broj datum-predmeta")),
              "mere": (5, cols("oblast cilj-mere aktivnost nosilac sama-osoba rok merilo", usluga=USLUGE, status=w("planirana u-toku ostvarena odlozena odustalo-se")))}),
    "F5": dict(version=2, text=["misljenje", "zastupnik"] + CHILD, signatures=["potpis"],
        one={"dete": YN, "promena-rizika": w("manji isti veci novi"), "zadovoljstvo": [f"ocena-{i}" for i in range(1, 6)], "odluka": w("nastavak izmena zatvaranje"),
             "razlog-zatvaranja": w("ciljevi odustanak povratak drugi-sistem gubitak-kontakta smrt drugo")},
        rows={"mere": (6, cols("mera planirano ucinjeno prepreka nova-mera rok", ocena=w("nista delom vecim-delom sasvim"))),
              "kontakti": (6, cols("vreme sa-kim ishod", vrsta=w("susret telefon poruka poseta konferencija"))), "ishodi": (6, cols("oblast pocetno sadasnje"))}),
    "F6": dict(version=1, text=w("dolazak pratnja soba lekar potrebe organ-starateljstva staratelj kucni-red ko-sme-da-zna izlazak kuda") + CHILD, signatures=w("potpis-osobe potpis-radnika"),
        one={"jezik": JEZICI, "dete": YN, "hitno": YN, "rizik": NIVO, "razlog": w("po-planu drugi-smestaj povratak sopstvena-odluka bez-najave drugo")},
        many={"hitna-stanja": w("povreda bol trudnoca terapija samopovredjivanje apstinencija iscrpljenost")},
        rows={"deca": (3, cols("sifra uzrast srodstvo")), "stvari": (5, cols("predmet kolicina stanje predato vraceno")), "novac": (3, cols("valuta iznos")),
              "izdato": (4, cols("predmet kolicina datum-izdavanja", potpis="sign")), "pristanci": (4, cols("datum-pristanka paraf", odgovor=DA))}),
    "F7": dict(version=1, text=w("rukovalac lice-za-zastitu zastupnik datum-pristanka sta-opozivam datum-opoziva") + CHILD, signatures=w("potpis-prevodioca potpis-zastupnika potpis potpis-opoziva"),
        one={"jezik": JEZICI} | {k: YN for k in w("posebne-vrste fotografija razumem dete")},
        rows={"svrhe": (6, cols("primalac rok paraf", odluka=DA)), "druge-svrhe": (2, cols("svrha kategorije osnov primalac rok paraf", odluka=DA))}),
    "F8": dict(version=4, text=CHILD + w("zastupnik kome rok minimalni-podaci bezbednosne-napomene pristanak-broj primljeno razlog zakazano"), rows={"prilozi": (4, cols("naziv-priloga broj-strana"))},
        one={"nacin-slanja": w("licno postom-preporuceno kurirskom-sluzbom sifrovanom-e-postom"), "hitnost": w("odmah do-24-sata do-72-sata redovno"), "prihvaceno": YN, "dete": YN}, many={"usluge": USLUGE}, signatures=["potpis-primaoca"]),
    "FD": dict(version=1, text=w("obrazac list listova pitanje odgovor"), rows={"redovi": (8, cols("odeljak red sadrzaj"))}, signatures=["potpis"]),
    "F9": dict(version=1, text=w("otvaranje zatvaranje rok-cuvanja voditelj"), many={"oblik": OBLICI},
        one={"pol": POL, "uzrast": w("do-13 od-14-do-17 od-18-do-29 od-30 nepoznato"), "drzavljanstvo": w("srbija strano bez nepoznato"), "sektor": SEKTORI, "nalaz": NALAZ},
        rows={"hronologija": (14, cols("vreme opis ko", vrsta=w("prijava razgovor procena plan usluga uput postupak incident drugo"))),
              "usluge": (8, cols("pruzalac od do kolicina", usluga=USLUGE, jedinica=w("dan sat susret komad iznos"))),
              "dokumenti": (8, cols("naziv datum-dokumenta mesto")), "uvid": (8, cols("ko kada osnov"))}),
}
for code, f in FORMS.items():
    f.update(code=code, pdf=f"obrasci/{code.lower()}/{code.lower()}.pdf", text=HEAD + f["text"])
    for k, empty in (("one", {}), ("many", {}), ("rows", {}), ("signatures", [])): f.setdefault(k, empty)
