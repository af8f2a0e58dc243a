#!/usr/bin/env python3
"""Finds the verbs of a German word list: infinitives whose present participle and at least one more
form are in the list too.

    python3 build_verbs.py woerter.json verbs.txt

Input: woerter.json of the npm package all-the-german-words 1.1.0 (see README.md).
Output: one infinitive a line, lower case, sorted."""
import json, re, sys
src, out = sys.argv[1], sys.argv[2]
ok = re.compile(r'^[a-zäöüß]{4,24}$')
L = {w for w in json.load(open(src, encoding='utf8')) if ok.match(w)}

def is_verb(w):
    if not w.endswith(('en', 'eln', 'ern')): return False
    base = w[:-2] if w.endswith('en') else w[:-1]
    if len(base) < 3 or not (w + 'd' in L or base + 'end' in L): return False
    return sum(f in L for f in (base + 't', base + 'et', base + 'te', base + 'ete', w + 'd', base + 'end', base + 'st')) >= 2

verbs = sorted(w for w in L if is_verb(w))
with open(out, 'w', encoding='utf8') as o:
    o.write('\n'.join(verbs) + '\n')
print(len(verbs), 'verbs', file=sys.stderr)
