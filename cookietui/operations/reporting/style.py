"""How the page looks: ink on paper, or the same by lamplight.

The colours are those of the program's own two themes.
"""

LIGHT = {
    "bg": "#fbf8f3", "surface": "#f3eee6", "text": "#2a2520", "quiet": "#655c52",
    "accent": "#8f5310", "line": "#b5a994", "hair": "#ddd4c6", "error": "#a3213a",
    "necessary": "#1e6b37", "preferences": "#1f5f99", "statistics": "#7a5900",
    "marketing": "#a3214f", "unknown": "#5f574e",
}  # fmt: skip
DARK = {
    "bg": "#161412", "surface": "#1f1c19", "text": "#e8e3db", "quiet": "#a39a8e",
    "accent": "#e0a458", "line": "#574e44", "hair": "#37312b", "error": "#f08a8a",
    "necessary": "#7fc48f", "preferences": "#89b4d8", "statistics": "#e9c46a",
    "marketing": "#f08aa8", "unknown": "#b8afa4",
}  # fmt: skip


def _variables(colours: dict[str, str]) -> str:
    return ";".join(f"--{name}:{colour}" for name, colour in colours.items())


def _purposes() -> str:
    names = ("necessary", "preferences", "statistics", "marketing", "unknown")
    return "\n".join(
        f".sign.{name}{{color:var(--{name})}} .part.{name}{{background:var(--{name})}}"
        for name in names
    )


_BASE = """
*,*::before,*::after{box-sizing:border-box}
html{-webkit-text-size-adjust:100%;text-size-adjust:100%;scroll-padding-top:3rem}
body{margin:0;background:var(--bg);color:var(--text);
 font:400 1rem/1.55 system-ui,-apple-system,"Segoe UI",Roboto,"Noto Sans",sans-serif;
 overflow-wrap:anywhere;font-variant-numeric:lining-nums}
header,main{min-width:0}
h1,h2,h3,.lead{font-family:Charter,"Bitstream Charter","Sitka Text",Cambria,Georgia,serif;
 text-wrap:balance}
h1{font-size:clamp(1.8rem,1.2rem + 2.6vw,3.1rem);line-height:1.12;margin:0;font-weight:600;
 letter-spacing:-.015em}
h2{font-size:1.6rem;line-height:1.2;font-weight:600;margin:0 0 1rem;padding-top:1rem;
 border-top:2px solid var(--text)}
h3{font-size:1.18rem;line-height:1.3;font-weight:600;margin:2.2rem 0 .5rem}
main>section{margin:0 0 3.5rem}
.kicker{margin:0 0 .5rem;color:var(--accent);font-size:.82rem;font-weight:600;
 letter-spacing:.09em;text-transform:uppercase}
.lead{font-size:1.22rem;line-height:1.5;margin:1rem 0 1.6rem;max-width:44rem;text-wrap:pretty}
p{margin:0 0 .8rem;max-width:44rem}
.quiet,small,caption,.count{color:var(--quiet)}
small{display:block;font-size:.82rem;line-height:1.45}
code{font:500 .9em/1.4 ui-monospace,"Cascadia Mono","SF Mono",Menlo,Consolas,"DejaVu Sans Mono",
 monospace;white-space:pre-wrap}
small code{font-weight:400}
.count{font-family:system-ui,sans-serif;font-size:.78em;font-weight:400;margin-left:.15em}
a{color:inherit;text-decoration-color:var(--line);text-underline-offset:.2em}
a:hover{text-decoration-color:currentColor}
:focus-visible{outline:2px solid var(--accent);outline-offset:2px;border-radius:2px}
dl{margin:0;display:grid;gap:.55rem}
dl>div{display:grid;grid-template-columns:9rem 1fr;gap:1rem}
dt{color:var(--quiet)} dd{margin:0;min-width:0}
nav ul{list-style:none;margin:0;padding:0;font-size:.92rem}
nav a{display:block;padding:.28rem 0;text-decoration:none;color:var(--quiet)}
nav a:hover{color:var(--text);text-decoration:underline}
"""
_NUMBERS = """
.numbers{list-style:none;margin:0;padding:0;display:grid;grid-template-columns:repeat(7,1fr);
 border:1px solid var(--hair);border-radius:8px;overflow:hidden;gap:1px;background:var(--hair)}
.numbers li{background:var(--surface)}
.numbers a{display:block;height:100%;padding:.9rem .9rem 1rem;text-decoration:none;line-height:1.3}
.numbers a:hover span{text-decoration:underline;text-underline-offset:.2em}
.numbers a:focus-visible{outline-offset:-3px}
.numbers b{display:block;font:600 2.1rem/1.15 Charter,"Bitstream Charter",Cambria,Georgia,serif;
 font-variant-numeric:lining-nums tabular-nums}
.numbers span{font-size:.86rem;color:var(--quiet)}
.numbers .alarm b{color:var(--accent)} .numbers .unknown b{color:var(--quiet)}
"""
_TABLES = """
table{width:100%;table-layout:fixed;border-collapse:collapse;font-size:.92rem;line-height:1.45}
caption{text-align:left;font-size:.86rem;padding:0 0 .6rem}
th,td{text-align:left;vertical-align:top;padding:.65rem 1.1rem .65rem 0;font-weight:400}
th:last-child,td:last-child{padding-right:0}
thead th{font-size:.76rem;font-weight:600;letter-spacing:.04em;color:var(--quiet);
 border-bottom:1px solid var(--line);padding-bottom:.4rem;white-space:nowrap}
tbody tr{border-bottom:1px solid var(--hair)}
tbody th div>code{font-weight:600}
.sign{font-weight:600;white-space:nowrap}
.sign>span{display:inline-block;width:1.3em}
summary{cursor:pointer;padding:.5rem 0;color:var(--accent);width:fit-content}
details[open] summary{margin-bottom:.5rem}
.chart th:nth-child(1){width:10.5rem}
.chart td{vertical-align:middle} .chart tbody th{vertical-align:middle}
.chart th:nth-child(2){width:40%}
.chart:has(th:nth-child(4)) th:nth-child(2){width:28%}
.chart:has(th:nth-child(4)) th:nth-child(3){width:9.5rem}
.chart .said{font-variant-numeric:lining-nums tabular-nums}
.bar{display:flex;gap:2px;height:1.5rem;min-width:2px}
.part{flex:1 1 0;min-width:2px;overflow:hidden;border-radius:3px;color:var(--bg);font-size:.72rem;
 line-height:1.5rem;text-align:center;forced-color-adjust:none;print-color-adjust:exact;
 -webkit-print-color-adjust:exact}
"""
_WIDE = """
@media screen{
body{padding:clamp(1.25rem,4vw,3.5rem) clamp(1rem,4vw,3rem);max-width:96rem;margin:0 auto}
header{margin-bottom:3rem}
thead th{position:sticky;top:0;background:var(--bg)}
}
@media screen and (min-width:84em){
body{display:grid;grid-template-columns:11.5rem minmax(0,1fr);column-gap:3rem}
header{grid-column:2} nav{grid-column:1;grid-row:1/3} main{grid-column:2}
nav ul{position:sticky;top:3rem}
}
@media screen and (max-width:83.99em){
nav{margin-bottom:2.5rem}
nav ul{display:flex;flex-wrap:wrap;gap:.1rem 1.4rem}
}
"""
_NARROW = """
@media screen and (max-width:68em){
nav ul{display:block;columns:2;column-gap:1.5rem}
.numbers{display:block;background:none}
.numbers li{border-bottom:1px solid var(--hair)} .numbers li:last-child{border-bottom:0}
.numbers a{display:grid;grid-template-columns:3.2rem 1fr;align-items:baseline;padding:.5rem .9rem}
.numbers b{font-size:1.5rem}
dl>div{grid-template-columns:1fr;gap:.1rem} dt{font-size:.86rem}
table,caption,tbody,tr,th,td{display:block}
thead{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%)}
tbody tr{padding:.8rem 0}
th,td{padding:.2rem 0}
td[data-label]{display:grid;grid-template-columns:6.2rem minmax(0,1fr);gap:.8rem}
td[data-label]::before{content:attr(data-label);color:var(--quiet);font-size:.82rem;
 padding-top:.1em}
}
"""
_PRINT = """
@media print{
@page{margin:14mm}
@page wide{size:landscape;margin:12mm}
:root{--bg:#fff;--surface:#fff}
html{font-size:9.5pt} body{line-height:1.4}
nav,summary{display:none}
details::details-content{content-visibility:visible;block-size:auto;display:block}
#cookies{page:wide}
h1{font-size:24pt} h2{font-size:15pt} h3{font-size:12pt;margin-top:1.4rem}
h2,h3,caption,.quiet{break-after:avoid}
main>section{margin-bottom:1.8rem}
header{margin-bottom:1.6rem}
thead{display:table-header-group;break-after:avoid}
tbody tr:first-child{break-before:avoid}
tr,p,.numbers,dl>div{break-inside:avoid}
table{font-size:8.5pt} small{font-size:7.8pt}
th,td{padding-top:.4rem;padding-bottom:.4rem}
thead th{white-space:normal}
a{text-decoration:none}
}
"""
SHEET = "".join(
    (
        f":root{{color-scheme:light dark;{_variables(LIGHT)}}}\n",
        f"@media screen and (prefers-color-scheme:dark){{:root{{{_variables(DARK)}}}}}\n",
        _BASE, _NUMBERS, _TABLES, _purposes(), _WIDE, _NARROW, _PRINT,
    )
)  # fmt: skip
