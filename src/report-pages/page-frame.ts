import { html, Html } from './html.ts'

/**
 * A page that needs nothing besides itself, in the colours of the reader’s system. It has no script and may load
 * nothing, whatever stands in the data.
 */
export function pageFrame({ title, summary, body }: { title: string; summary: string; body: Html }): string {
  const page = html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <title>${title}</title>
        <style>
          ${new Html(style)}
        </style>
      </head>
      <body>
        <header>
          <h1>${title}</h1>
          <p>${summary}</p>
        </header>
        <main>${body}</main>
      </body>
    </html> `
  return page.text
}

const style = `
:root { color-scheme: light dark; --paper: #fff; --card: #f6f7f9; --line: #dde1e7; --ink: #1b2330; --soft: #5b6675;
  --bar: #3d7bd9; --bar-soft: #b9d0f2; --warn: #b45309; --warn-paper: #fef3e2; --plus: 36, 99, 201; --minus: 200, 60, 50 }
@media (prefers-color-scheme: dark) { :root { --paper: #14181f; --card: #1c222c; --line: #303947; --ink: #e6eaf0;
  --soft: #9aa7b8; --bar: #6ea2ee; --bar-soft: #2c466d; --warn: #f5b452; --warn-paper: #33291a; --plus: 96, 155, 245;
  --minus: 240, 110, 95 } }
* { box-sizing: border-box }
body { margin: 0; background: var(--paper); color: var(--ink); font: 14px/1.5 system-ui, sans-serif }
header, main { max-width: 1180px; margin: 0 auto; padding: 0 24px }
header { padding-top: 28px }
h1 { font-size: 24px; line-height: 1.25; margin: 0 }
h2 { font-size: 17px; margin: 36px 0 10px }
h3 { font-size: 14px; margin: 0; overflow-wrap: anywhere }
p { margin: 4px 0; color: var(--soft) }
main { padding-bottom: 60px }
.tiles { display: grid; grid-template-columns: repeat(auto-fit, minmax(150px, 1fr)); gap: 10px; margin: 18px 0 0 }
.tile, .card { background: var(--card); border: 1px solid var(--line); border-radius: 8px; padding: 10px 14px }
.tile b { display: block; font-size: 21px; font-variant-numeric: tabular-nums }
.tile span, .soft { color: var(--soft) }
.notes { list-style: none; margin: 0; padding: 0; display: grid; gap: 6px }
.notes li { background: var(--warn-paper); border-left: 3px solid var(--warn); border-radius: 4px; padding: 6px 12px;
  overflow-wrap: anywhere }
.cards { display: grid; grid-template-columns: repeat(auto-fill, minmax(340px, 1fr)); gap: 12px }
.card { min-width: 0; border-top: 3px solid var(--bar-soft) }
.card.doubtful { border-top-color: var(--warn) }
.kind { float: right; color: var(--soft); font-size: 12px; margin-left: 10px }
.doubt { color: var(--warn); font-size: 12px }
svg { display: block; width: 100%; height: 84px; margin: 8px 0 0 }
svg rect { fill: var(--bar) }
.ends { display: flex; justify-content: space-between; font-size: 11px; color: var(--soft);
  font-variant-numeric: tabular-nums }
dl { display: grid; grid-template-columns: repeat(4, auto); gap: 2px 12px; margin: 10px 0 0; font-size: 12px }
dt { color: var(--soft) }
dd { margin: 0; text-align: right; font-variant-numeric: tabular-nums }
.scroll { overflow-x: auto }
table { border-collapse: collapse; font-size: 12px }
th { text-align: left; font-weight: 600 }
td, th { padding: 3px 8px; border-bottom: 1px solid var(--line) }
td.n { text-align: right; font-variant-numeric: tabular-nums }
.tops { width: 100%; table-layout: fixed; margin-top: 8px }
.tops td { border: 0; padding: 1px 6px; overflow: hidden; text-overflow: ellipsis; white-space: nowrap }
.tops td:first-child { background: linear-gradient(var(--bar-soft), var(--bar-soft)) no-repeat 0 50% / var(--w, 0) 80% }
.tops td.n { width: 70px }
.matrix td { border: 1px solid var(--paper); padding: 4px 5px; text-align: center; min-width: 36px; font-size: 11px;
  font-variant-numeric: tabular-nums }
.matrix th { border: 0; max-width: 170px; overflow: hidden; text-overflow: ellipsis; white-space: nowrap }
.matrix thead th, .matrix tfoot th { writing-mode: vertical-rl; transform: rotate(180deg); max-height: 130px; padding: 4px 2px }
.matrix tfoot th { text-align: right; vertical-align: top }
.matrix tfoot th:first-child { writing-mode: initial; transform: none }
.pattern td { border: 1px solid var(--paper); min-width: 22px }
.pattern td.gap { background: var(--warn) }
.pattern td.full { background: var(--bar-soft) }
.share { display: inline-block; width: 70px; height: 8px; background: var(--line); border-radius: 4px; overflow: hidden;
  vertical-align: middle; margin-right: 6px }
.share i { display: block; height: 100%; background: var(--bar) }
path.before, i.before, .key.before { fill: var(--bar-soft); background: var(--bar-soft) }
path.now { fill: none; stroke: var(--warn); stroke-width: 2; vector-effect: non-scaling-stroke }
i.now, .key.now { background: var(--warn) }
.key { display: inline-block; width: 12px; height: 12px; border-radius: 3px; vertical-align: -1px }
.values { width: 100%; margin-top: 8px }
.values td { border: 0; padding: 1px 4px; overflow-wrap: anywhere }
.two { width: 40% }
.two i { display: block; height: 6px; min-width: 1px }
pre { overflow-x: auto; background: var(--card); border: 1px solid var(--line); border-radius: 8px; padding: 12px }
`
