import { driftContentSchema, type ComparedColumn, type DriftContent } from '../core/drift-content.ts'
import { distributionPicture } from './distribution-picture.ts'
import { html, type Html } from './html.ts'
import { pageFrame } from './page-frame.ts'
import { showNumber, showShare, showText } from './show-values.ts'

// So that a page stays below a megabyte, whatever the tables.
const mostPictures = 150
const mostListed = 550
const mostNotes = 50

/** The report of drift as one page of HTML that needs nothing besides itself, below a megabyte for any tables. */
export function driftPage(title: string, given: unknown): string {
  const content = driftContentSchema.parse(given)
  const parts = [tiles(content), notes(content), tellers(content), listed(content.columns), pictures(content)]
  return pageFrame({
    title,
    summary: content.verdict ?? '',
    body: html`${parts.filter((part) => part !== null)}`,
  })
}

function tiles({ drifted, share, columns, classifier }: DriftContent): Html {
  const changed = columns.filter((column) => column.drifted).length
  const { rows } = columns[0] ?? { rows: { reference: 0, current: 0 } }
  const shown: [string, string][] = [
    [drifted ? 'yes' : 'no', `the table has drifted (from ${showShare(share)} of the columns on)`],
    [`${showNumber(changed)} of ${showNumber(columns.length)}`, 'columns have drifted'],
    [showNumber(rows.reference), 'rows of the reference'],
    [showNumber(rows.current), 'current rows'],
    ...(classifier
      ? [[showNumber(classifier.auc), 'ROC AUC of telling both apart; 0.5 is chance'] as [string, string]]
      : []),
  ]
  return html`<div class="tiles">
    ${shown.map(([value, name]) => html`<div class="tile"><b>${value}</b><span>${name}</span></div>`)}
  </div>`
}

function notes({ notes: given = [] }: DriftContent): Html | null {
  if (given.length === 0) return null
  const shown = given.slice(0, mostNotes).map((note) => html`<li>${showText(note, 400)}</li>`)
  return html`<h2>To look at</h2>
    <ul class="notes">
      ${shown}
    </ul>
    ${rest(given.length, mostNotes)}`
}

function tellers({ classifier }: DriftContent): Html | null {
  if (!classifier) return null
  const { auc, low, high, columns } = classifier
  const rows = columns.map(
    ({ column, importance }) =>
      html`<tr>
        <td style="--w:${Math.round(importance * 100)}%">${showText(column)}</td>
        <td class="n">${showShare(importance)}</td>
      </tr>`,
  )
  return html`<h2>All columns together</h2>
    <p>
      Trees that were to tell the current rows from the reference reach an ROC AUC of ${showNumber(auc)} on
      rows that they had not seen (95 %: ${showNumber(low)} to ${showNumber(high)}; 0.5 is chance). The
      columns that give the rows away:
    </p>
    <table class="tops" style="max-width:480px">
      ${rows}
    </table>`
}

function listed(columns: readonly ComparedColumn[]): Html {
  const further = [...new Set(columns.flatMap(({ also = [] }) => also.map(({ method }) => method)))]
  const rows = columns.slice(0, mostListed).map(
    (column) =>
      html`<tr>
        <td>${showText(column.column)}</td>
        <td>
          ${column.drifted ? html`<b class="doubt">drifted</b>` : column.byChance ? 'may be chance' : 'no'}
        </td>
        <td>${column.method ?? 'missing values alone'}</td>
        <td class="n">${scoreOf(column)}</td>
        <td class="n">${amount(column.adjustedPValue ?? column.pValue)}</td>
        <td class="n">${amount(column.threshold)}</td>
        ${further.map((method) => html`<td class="n">${scoreOf(column.also?.find((each) => each.method === method))}</td>`)}
        <td class="n">${showShare(column.missing.reference)}</td>
        <td class="n">${showShare(column.missing.current)}</td>
        <td class="n">${column.unseen === undefined ? '' : showShare(column.unseen)}</td>
      </tr>`,
  )
  const measured = ['Column', 'Drift', 'By', 'Score', 'p', 'Limit', ...further]
  const titles = [...measured, 'Missing before', 'now', 'Never seen before']
  return html`<h2>Columns</h2>
    <div class="scroll">
      <table>
        <tr>
          ${titles.map((name) => html`<th>${name}</th>`)}
        </tr>
        ${rows}
      </table>
    </div>
    ${rest(columns.length, mostListed)}`
}

function scoreOf(measured: Pick<ComparedColumn, 'score' | 'bounds'> | undefined): string {
  if (measured?.score === undefined) return ''
  const { score, bounds } = measured
  return bounds
    ? `${showNumber(score)} (${showNumber(bounds.low)} to ${showNumber(bounds.high)})`
    : showNumber(score)
}

const amount = (value: number | undefined): string => (value === undefined ? '' : showNumber(value))

function pictures({ columns }: DriftContent): Html | null {
  const drawn = columns.flatMap((column) =>
    column.distribution ? [{ column, distribution: column.distribution }] : [],
  )
  if (drawn.length === 0) return null
  const cards = drawn.slice(0, mostPictures).map(
    ({ column, distribution }) =>
      html`<section class="${column.drifted ? 'card doubtful' : 'card'}">
        <h3>${showText(column.column)}</h3>
        ${distributionPicture(distribution, column.type)}
      </section>`,
  )
  return html`<h2>Before and now</h2>
    <p><span class="key before"></span> reference <span class="key now"></span> now</p>
    <div class="cards">${cards}</div>
    ${rest(drawn.length, mostPictures)}`
}

function rest(count: number, shown: number): Html | null {
  return count > shown ? html`<p>… and ${showNumber(count - shown)} more.</p>` : null
}
