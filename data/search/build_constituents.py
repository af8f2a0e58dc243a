#!/usr/bin/env python3
"""Counts how often a form is the last part (head) or an earlier part (modifier) of a German compound,
by splitting a plain word list against itself. Takes about 20 seconds.

    python3 build_constituents.py woerter.json constituents.tsv

Input: woerter.json of the npm package all-the-german-words 1.1.0 (see README.md).
Output: form, head count, modifier count; lower case, umlauts kept; forms with fewer than four of both
are left out."""
import json, re, sys, collections
src, out = sys.argv[1], sys.argv[2]
W = json.load(open(src, encoding='utf8'))
ok = re.compile(r'^[A-Za-zÄÖÜäöüß]+$')
N, L = set(), set()
for w in W:
    if len(w) < 3 or not ok.match(w) or w.isupper(): continue
    (N if w[0].isupper() else L).add(w.lower())
print(len(N), len(L), file=sys.stderr)
S3 = set('amt rat tag weg ort hof bad rad bus hut see ton tor typ ehe arm eis gas öl tee wut not mut akt bau box tür uhr ohr weh ruf fuß zug'.split())
LINKS = ('s', 'es', 'n', 'en', 'er', 'ens', 'e')
def modbase(l):
    """is l a possible modifier surface form? returns True/False"""
    if l in N: return True
    if len(l) >= 4:
        for s in ('s', 'es', 'n', 'en', 'er'):
            if l.endswith(s) and len(l) - len(s) >= 3 and l[:-len(s)] in N: return True
        if l + 'e' in N or l + 'en' in L or l + 'n' in L or l + 'ung' in N or l in L: return True
    return False
mb = {}
head, mod = collections.Counter(), collections.Counter()
for w in N:
    n = len(w)
    if n < 8 or n > 32: continue
    for i in range(3, n - 2):
        r = w[i:]
        if len(r) < 4 and r not in S3: continue
        if r not in N: continue
        l = w[:i]
        if len(l) < 4 and l not in S3: continue
        b = mb.get(l)
        if b is None: b = mb[l] = modbase(l)
        if b: head[r] += 1; mod[l] += 1
with open(out, 'w', encoding='utf8') as o:
    keep = 0
    for f in sorted(set(head) | set(mod)):
        h, m = head[f], mod[f]
        if h >= 4 or m >= 4:
            o.write('%s\t%d\t%d\n' % (f, h, m)); keep += 1
print(keep, 'forms', file=sys.stderr)
