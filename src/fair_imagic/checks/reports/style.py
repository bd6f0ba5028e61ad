"""How the report's page looks: one style sheet, for screens and for paper."""

from __future__ import annotations

__all__ = ["STYLE"]

STYLE = """
:root { color-scheme: light dark; --ink: #1c2430; --soft: #57606c; --line: #d5dbe3;
  --page: #ffffff; --card: #f6f8fa; --must: #b3261e; --should: #8a5300;
  --could: #1f5fa8; --good: #1d6b3a; }
@media (prefers-color-scheme: dark) { :root { --ink: #e8ecf1; --soft: #a9b3bf;
  --line: #3a4450; --page: #14181d; --card: #1d232a; --must: #ff8a80;
  --should: #ffc46b; --could: #8fc1ff; --good: #7fd39b; } }
* { box-sizing: border-box; }
body { margin: 0 auto; max-width: 60rem; padding: 2rem 1.25rem 4rem; color: var(--ink);
  background: var(--page); font: 1rem/1.55 system-ui, "Segoe UI", sans-serif; }
h1 { font-size: 1.6rem; line-height: 1.25; margin: 0 0 .25rem; }
h2 { font-size: 1.2rem; margin: 2.25rem 0 .75rem; }
h3 { font-size: 1.05rem; margin: 0 0 .35rem; }
p { margin: .35rem 0; } .soft { color: var(--soft); font-size: .9rem; }
.lead { font-size: 1.1rem; margin-top: 1rem; }
table { border-collapse: collapse; width: 100%; }
caption { text-align: left; font-weight: 600; padding-bottom: .35rem; }
th, td { border-bottom: 1px solid var(--line); padding: .45rem .6rem; text-align: left;
  vertical-align: top; overflow-wrap: anywhere; }
td.number, th.number { text-align: right; font-variant-numeric: tabular-nums; }
section.cause { background: var(--card); border: 1px solid var(--line);
  border-left: .35rem solid var(--mark); border-radius: .4rem; padding: .9rem 1.1rem;
  margin: 0 0 1rem; }
.must { --mark: var(--must); } .should { --mark: var(--should); }
.could { --mark: var(--could); }
.badge { color: var(--mark); border: 1px solid currentColor; border-radius: 1rem;
  padding: 0 .6rem; font-size: .85rem; font-weight: 600; white-space: nowrap; }
.repair { border-left: 2px solid var(--good); padding-left: .7rem; margin: .6rem 0; }
.matrix th, .matrix td { overflow-wrap: normal; }
.matrix td:nth-child(n+3) { white-space: nowrap; } .matrix b { display: inline-block;
  min-width: 1.1em; text-align: center; }
td.should { color: var(--should); } td.could { color: var(--could); }
.decided { color: var(--could); font-weight: 600; }
ol, ul { padding-left: 1.4rem; } li { margin: .3rem 0; } .why { margin-top: 0; }
.blocked { color: var(--must); font-weight: 600; }
.gaps { color: var(--should); font-weight: 600; }
.ready { color: var(--good); font-weight: 600; }
summary { cursor: pointer; } code { font-size: .85rem; overflow-wrap: anywhere; }
details { margin-top: .5rem; } .scroll { overflow-x: auto; }
@media (max-width: 32rem) { body { padding-inline: .9rem; }
  .matrix th, .matrix td { padding: .4rem .15rem; font-size: .78rem; }
  .matrix th[scope=col] { font-size: .65rem; } }
@media print { body { max-width: none; padding: 0; font-size: 10pt; }
  section.cause { break-inside: avoid; } summary { list-style: none; }
  :root { color-scheme: light; } }
"""
