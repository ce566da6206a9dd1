/** For a screen of any width, for dark ones, and for paper. */
export const style = `
:root{color-scheme:light dark;--text:#111827;--muted:#566072;--soft:#f1f4f9;--line:#dfe4ec;--note:#fff7e0}
@media (prefers-color-scheme:dark){:root{--text:#eef1f6;--muted:#a3adbd;--soft:#1e2532;--line:#2b3444;--note:#3a3115}}
body{margin:0 auto;max-width:44rem;padding:1.5rem 1rem 3rem;font:16px/1.5 system-ui,-apple-system,"Segoe UI",Roboto,sans-serif;color:var(--text)}
header{border-bottom:1px solid var(--line);padding-bottom:1rem;margin-bottom:1rem}
h1{font-size:1.35rem;margin:0 0 .25rem}
h2{font-size:.85rem;font-weight:600;color:var(--muted);text-align:center;margin:1.5rem 0 .75rem}
header p,.happening{color:var(--muted);font-size:.9rem;margin:.1rem 0;overflow-wrap:anywhere}
.happening{text-align:center;margin:.75rem 0}
article{margin:.75rem 0;padding:.6rem .8rem;border-radius:.75rem;background:var(--soft);break-inside:avoid;max-width:85%;width:fit-content}
.visitor{margin-left:auto}
.note{background:var(--note)}
article footer,article h3{font-size:.8rem;color:var(--muted);font-weight:600;margin:0}
article h3 time,article h3 small{font-weight:400;font-size:inherit}
article p{margin:.15rem 0 0;white-space:pre-wrap;overflow-wrap:anywhere}
.gone{color:var(--muted);font-style:italic}
@media print{body{max-width:none;padding:0;font-size:11pt}article{border:1px solid #bbb;background:none;max-width:90%}}
`.trim()
