import { html, Html } from '../../../src/report-pages/html.ts'
import { pageFrame } from '../../../src/report-pages/page-frame.ts'
import { showNumber, showShare } from '../../../src/report-pages/show-values.ts'
import type { Card, CardBars, CardPart, CardTable } from './card-parts.ts'

/** A model card as one page of HTML that needs nothing besides itself. */
export function cardAsPage({ title, summary, sections }: Card): string {
  const body = html`<style>
      ${new Html(style)}
    </style>
    ${sections.map(
      (section) =>
        html`<section>
          <h2>${section.title}</h2>
          ${section.parts.map(pieceOf)}
        </section>`,
    )}`
  return pageFrame({ title, summary, body })
}

function pieceOf(part: CardPart): Html {
  switch (part.kind) {
    case 'text':
      return html`<p>${part.text}</p>`
    case 'warning':
      return html`<ul class="notes">
        <li>${part.text}</li>
      </ul>`
    case 'facts':
      return html`<table class="facts">
        ${part.facts.map(
          ([name, value]) =>
            html`<tr>
              <th>${name}</th>
              <td>${value}</td>
            </tr>`,
        )}
      </table>`
    case 'list':
      return html`<ol>
        ${part.items.map((item) => html`<li>${item}</li>`)}
      </ol>`
    case 'commands':
      return html`<pre>${part.lines.join('\n')}</pre>`
    case 'table':
      return tableOf(part)
    case 'bars':
      return barsOf(part)
    case 'calibration':
      return calibrationOf(part.points)
  }
}

function tableOf({ columns, rows }: CardTable): Html {
  const head = columns.map((column, index) =>
    typeof rows[0]?.[index] === 'object' ? html`<th class="n">${column}</th>` : html`<th>${column}</th>`,
  )
  const lines = rows.map(
    (row) =>
      html`<tr>
        ${row.map((cell) =>
          typeof cell === 'string' ? html`<td>${cell}</td>` : html`<td class="n">${cell.number}</td>`,
        )}
      </tr>`,
  )
  return html`<div class="scroll">
    <table>
      <thead>
        <tr>
          ${head}
        </tr>
      </thead>
      ${lines}
    </table>
  </div>`
}

function barsOf({ bars, name, value }: CardBars): Html {
  const longest = Math.max(...bars.map((bar) => Math.abs(bar.value)), Number.MIN_VALUE)
  const lines = bars.map((bar) => {
    const width = Math.max(0, Math.round((100 * bar.value) / longest))
    return html`<tr>
      <td>${bar.name}</td>
      <td><i style="width:${width}%"></i></td>
      <td class="n">${bar.text}</td>
    </tr>`
  })
  return html`<table class="bars">
    <thead>
      <tr>
        <th>${name}</th>
        <th></th>
        <th class="n">${value}</th>
      </tr>
    </thead>
    ${lines}
  </table>`
}

/** Points on the diagonal say what comes true; the larger, the more rows. */
function calibrationOf(points: readonly { predicted: number; observed: number; weight: number }[]): Html {
  const most = Math.max(...points.map(({ weight }) => weight), 1)
  const at = (share: number): number => Math.round(share * 1000) / 10
  const dots = points.map(
    ({ predicted, observed, weight }) =>
      html`<circle
        cx="${at(predicted)}"
        cy="${at(1 - observed)}"
        r="${(1 + 2.5 * Math.sqrt(weight / most)).toFixed(1)}"
      >
        <title>
          ${showShare(predicted)} foretold, ${showShare(observed)} came true, ${showNumber(weight)} rows
        </title>
      </circle>`,
  )
  const line = points.map(({ predicted, observed }) => `${at(predicted)},${at(1 - observed)}`).join(' ')
  return html`<figure>
    <svg class="square" viewBox="-2 -2 104 104" role="img" aria-label="Calibration">
      <rect class="frame" x="0" y="0" width="100" height="100" />
      <line x1="0" y1="100" x2="100" y2="0" />
      <polyline points="${line}" />
      ${dots}
    </svg>
    <figcaption>
      Across: the probability that was foretold, 0 to 100 %. Up: the share that came true. On the dashed line
      both are the same.
    </figcaption>
  </figure>`
}

const style = `
main { max-width: 900px } header { max-width: 900px }
section p { color: var(--ink); max-width: 76ch; margin: 8px 0 }
section ol { padding-left: 22px; max-width: 86ch } section li { margin: 4px 0; overflow-wrap: anywhere }
section table { margin: 10px 0; font-size: 13px } section .notes { margin: 10px 0; padding: 0 }
.facts th { width: 170px; vertical-align: top; font-weight: 400; color: var(--soft) } .facts td { overflow-wrap: anywhere }
th.n { text-align: right }
.bars { width: 100%; max-width: 640px } .bars td:first-child { width: 190px; overflow-wrap: anywhere }
.bars td.n, .bars th.n { width: 90px } .bars i { display: block; height: 11px; border-radius: 2px; background: var(--bar) }
figure { margin: 12px 0; display: flex; gap: 18px; align-items: end; flex-wrap: wrap }
figcaption { color: var(--soft); max-width: 36ch; font-size: 12px }
svg.square { width: 250px; height: 250px; margin: 0 } svg.square .frame { fill: none; stroke: var(--line); stroke-width: .6 }
svg.square line { stroke: var(--soft); stroke-width: .5; stroke-dasharray: 2 2 }
svg.square polyline { fill: none; stroke: var(--bar); stroke-width: .8 } svg.square circle { fill: var(--bar) }
@media print { body { font-size: 11px } section { break-inside: avoid-page } }
`
