#!/usr/bin/env python3
"""Holds the candidates against pdftotext on the PDFs of generate.py and prints tables in Markdown.

usage: compare.py MEASURE PDFS    (MEASURE is the built program of this folder)

recall: words of pdftotext that the candidate finds too; precision: words of the candidate that pdftotext has too; both
counted with their number, after joining words divided at line ends. order: pairs of neighbouring words of the source
text that the candidate keeps (only where the source is known). ms: reading alone, without starting the process.
"""
import collections, glob, os, re, resource, subprocess, sys, time, unicodedata

measure, pdfs = sys.argv[1:3]
CANDIDATES = ["pdftotext", "lopdf", "pdf-extract", "hayro"]  # and "pdf_oxide", if MEASURE was built with it


def limit():
    resource.setrlimit(resource.RLIMIT_AS, (4 << 30, 4 << 30))


def read(candidate, path):
    command = ["pdftotext", "-q", path, "-"] if candidate == "pdftotext" else [measure, candidate, path]
    start = time.monotonic()
    try:
        done = subprocess.run(command, capture_output=True, timeout=60, preexec_fn=limit)
    except subprocess.TimeoutExpired:
        return None, 60_000, "over 60 s"
    ms = (time.monotonic() - start) * 1000
    text = done.stdout.decode("utf-8", "replace")
    if done.returncode:
        cause = done.stderr.decode("utf-8", "replace")
        if "NoText" in cause:
            return "", ms, "ok"
        kind = "panics" if "panicked" in cause else "crashes" if done.returncode < 0 else "refuses"
        return None, ms, kind
    if candidate != "pdftotext":
        ms = int(done.stderr.split()[-1]) / 1000
    return text, ms, "ok"


def words(text):
    text = unicodedata.normalize("NFKC", text).replace("\u00ad", "-").replace("\u2010", "-")
    text = re.sub(r"([^\W\d_])-\s*\n\s*(?!(?:und|oder|bzw)\b)([a-zäöüß])", r"\1\2", text)
    text = re.sub(r"(\w-)\s*\n\s*(?=[A-ZÄÖÜ0-9])", r"\1", text)
    return re.findall(r"\w+", text)


def share(part, whole):
    have, want = collections.Counter(part), collections.Counter(whole)
    total = sum(want.values())
    return sum((have & want).values()) / total if total else 1.0


def pairs(ws):
    return list(zip(ws, ws[1:]))


groups = collections.defaultdict(list)
for path in sorted(glob.glob(f"{pdfs}/*.pdf")):
    name = os.path.basename(path)[:-4]
    groups["replay" if name.startswith("replay") else name].append(path)

print("| file | " + " | ".join(CANDIDATES) + " |\n|" + "---|" * (len(CANDIDATES) + 1))
for name, paths in groups.items():
    results = collections.defaultdict(list)
    for path in paths:
        source = path[:-4] + ".txt"
        source = pairs(words(open(source).read())) if os.path.exists(source) else None
        reference = None
        for candidate in CANDIDATES:
            text, ms, state = read(candidate, path)
            found = words(text) if text is not None else []
            if candidate == "pdftotext":
                reference = found
            results[candidate].append((share(found, reference), share(reference, found), share(pairs(found), source) if source else None, ms, state, len(found)))
    cells = []
    for candidate in CANDIDATES:
        rs = results[candidate]
        bad = collections.Counter(r[4] for r in rs if r[4] != "ok")
        mean = lambda k: sum(r[k] for r in rs) / len(rs)
        if len(bad) and sum(bad.values()) == len(rs):
            cells.append(", ".join(bad))
            continue
        cell = "" if candidate == "pdftotext" else f"{mean(0):.3f} / {mean(1):.3f}; "
        if rs[0][2] is not None:
            cell += f"order {mean(2):.3f}; "
        cell += f"{mean(3):.1f} ms"
        if len(rs) == 1 and rs[0][5] == 0:
            cell = "no text"
        cells.append(cell + "".join(f"; {k} {v}" for k, v in bad.items()))
    print(f"| {name} ({len(paths)}) | " if len(paths) > 1 else f"| {name} | ", " | ".join(cells), "|", flush=True)
