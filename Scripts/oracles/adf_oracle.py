"""Reads the leads in Tests/Fixtures/adf with Python's email and ElementTree and writes what it found to expected.json.

Nothing is mended here: what ElementTree refuses is listed as unread, and the test asks our reading only for the others
(it names itself what must come of those). Usage: python3 Scripts/oracles/adf_oracle.py [FOLDER]
"""
import datetime
import email
import email.utils
import html
import json
import mailbox
import os
import re
import sys
import xml.etree.ElementTree as ET

FOLDER = sys.argv[1] if len(sys.argv) > 1 else os.path.join(
    os.path.dirname(__file__), "..", "..", "Tests", "Fixtures", "adf")


def words(text):
    return " ".join((text or "").split())


def seconds(text):
    """Seconds since 1970, or the wall clock as ISO text; None: not readable."""
    text = words(text)
    for read in (
        datetime.datetime.fromisoformat,
        email.utils.parsedate_to_datetime,
        lambda t: datetime.datetime.strptime(t, "%m/%d/%Y %I:%M:%S %p"),
    ):
        try:
            time = read(text)
        except (ValueError, TypeError, IndexError):
            continue
        if time.tzinfo is None:
            return time.isoformat()
        return int(time.timestamp())
    return None


def received(message):
    for stamp in [s.rsplit(";", 1)[-1] for s in message.get_all("Received", [])] + message.get_all("Date", []):
        time = email.utils.parsedate_tz(words(stamp))
        if time:
            return email.utils.mktime_tz(time)
    return None


def letters(raw, charset):
    for mark, name in ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16")):
        if raw.lstrip(b" \r\n").startswith(mark):
            return raw.lstrip(b" \r\n").decode(name)
    return raw.decode(charset or "utf-8")


def texts(message):
    """Texts of a mail in the order in which they are preferred, each with the mail around it."""
    found = []

    def walk(part, mail):
        if part.get_content_type() == "message/rfc822":
            inner = part.get_payload(0)
            return walk(inner, inner)
        if part.is_multipart():
            for child in part.get_payload():
                walk(child, mail)
            return
        name = (part.get_filename() or "").lower()
        kind = part.get_content_type()
        if kind.endswith("/xml") or name.endswith((".xml", ".adf")):
            rank = 0
        elif kind == "text/html":
            rank = 2
        elif kind.startswith("text/"):
            rank = 1
        else:
            return
        found.append((rank, part, mail))

    walk(message, message)
    return sorted(found, key=lambda f: f[0])


def value(element, path):
    for found in element.findall(path) if element is not None else []:
        text = words("".join(found.itertext()))
        if text:
            return text
    return ""


def names(contact):
    by_part = {}
    for name in contact.findall("name"):
        by_part.setdefault(name.get("part", "full"), words(name.text))
    return by_part.get("full") or words(" ".join(by_part.get(p, "") for p in ("first", "middle", "last")))


def prospects(text):
    text = re.sub(r"<\?xml.*?\?>", "", text, flags=re.S).strip()
    text = re.sub(r"xmlns:?\w*=\"[^\"]*\"", "", re.sub(r"(</?)\w+:", r"\1", text))
    if "<!ENTITY" in text:
        raise ValueError("declares entities")
    for prospect in ET.fromstring(text).iter("prospect"):
        ids = [i for i in prospect.findall("id") if words(i.text)]
        ids.sort(key=lambda i: int(i.get("sequence") or 1 << 30))
        contact = prospect.find("customer/contact")
        phones = [p for p in contact.findall("phone") if words(p.text) and p.get("type") not in ("fax", "pager")]
        phones.sort(key=lambda p: p.get("type") not in ("cellphone", "mobile"))
        wanted = [v for v in prospect.findall("vehicle") if v.get("interest") != "trade-in"]
        car = wanted[0] if wanted else None
        yield {
            "id": words(ids[0].text) if ids else "",
            "idSource": ids[0].get("source", "") if ids else "",
            "status": prospect.get("status", "new"),
            "requested": seconds(value(prospect, "requestdate")),
            "name": names(contact),
            "phone": words(phones[0].text) if phones else "",
            "email": value(contact, "email"),
            "vehicle": [value(car, k) for k in ("year", "make", "model", "stock")] + [value(car, "vin").upper()],
            "vendor": value(prospect, "vendor/vendorname"),
            "provider": value(prospect, "provider/name"),
        }


def of_mail(message):
    best = None
    leads = []
    for rank, part, mail in texts(message):
        if best is not None and rank != best:
            break
        text = letters(part.get_payload(decode=True), part.get_content_charset())
        if "<prospect" not in text.lower() and "&lt;" in text:
            text = html.unescape(re.sub(r"<[^>]*>", " ", text) if part.get_content_type() == "text/html" else text)
        start = text.lower().find("<?") if "<?" in text else text.lower().find("<adf")
        if "prospect" not in text.lower():
            continue
        best = rank
        found = list(prospects(text[max(start, 0):]))
        if not found:
            raise ValueError("no element of that name, with small letters")
        for lead in found:
            leads.append(lead | {"received": received(mail), "messageID": (mail["Message-ID"] or "").strip("<>")})
    return leads


def of_file(path):
    if path.endswith(".mbox"):
        return [lead for mail in mailbox.mbox(path) for lead in of_mail(mail)]
    raw = open(path, "rb").read()
    if not path.endswith(".eml"):
        return [lead | {"received": None, "messageID": ""} for lead in prospects(letters(raw, None))]
    return of_mail(email.message_from_bytes(raw))


result = {}
for name in sorted(os.listdir(FOLDER)):
    if not name.endswith((".eml", ".adf", ".xml", ".mbox")):
        continue
    try:
        result[name] = {"leads": of_file(os.path.join(FOLDER, name))}
    except (ET.ParseError, ValueError, UnicodeError) as error:
        result[name] = {"unread": type(error).__name__}
with open(os.path.join(FOLDER, "expected.json"), "w", encoding="utf-8") as out:
    json.dump(result, out, ensure_ascii=False, indent=1, sort_keys=True)
    out.write("\n")
unread = [name for name, found in result.items() if "unread" in found]
print(len(result), "files,", sum(len(f.get("leads", [])) for f in result.values()), "leads; unread:", *unread)
