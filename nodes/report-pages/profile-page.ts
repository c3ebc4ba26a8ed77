import { profileContentSchema, type ProfileContent } from '../validation/profile/profile-content.ts'
import { html, type Html } from '../../src/report-pages/html.ts'
import { pageFrame } from '../../src/report-pages/page-frame.ts'
import { profileColumn } from './profile-column.ts'
import { showNumber, showShare, showText } from '../../src/report-pages/show-values.ts'

// So that a page stays below a megabyte, whatever the table.
const mostCards = 120
const mostListed = 400
const mostNotes = 100
const mostInPatterns = 40
const mostPairs = 12

/** The report of a profile as one page of HTML. */
export function profilePage(title: string, given: unknown): string {
  const content = profileContentSchema.parse(given)
  const { rows, columns, leftOut } = content
  const out = leftOut.length === 0 ? '' : `, without ${showNumber(leftOut.length)} of vectors`
  const summary = `${showNumber(rows)} rows, ${showNumber(columns.length)} columns${out}`
  const parts = [
    tiles(content),
    suspicions(content),
    cards(content),
    missingValues(content),
    correlations(content),
  ]
  return pageFrame({ title, summary, body: html`${parts.filter((part) => part !== null)}` })
}

function tiles({ rows, columns, duplicates, missing, suspicious }: ProfileContent): Html {
  const cells = rows * columns.length
  const missingCells = columns.reduce((sum, column) => sum + column.missing, 0)
  const doubted = new Set(suspicious.map(({ column }) => column)).size
  const shown: [string, string][] = [
    [showNumber(rows), 'rows'],
    [showNumber(columns.length), 'columns'],
    [cells === 0 ? '–' : showShare(missingCells / cells), 'of the values missing'],
    [rows === 0 ? '–' : showShare(missing.completeRows / rows), 'of the rows complete'],
    [showNumber(duplicates.rows), `rows repeat another (${showShare(duplicates.share)})`],
    [showNumber(doubted), 'suspicious columns'],
  ]
  return html`<div class="tiles">
    ${shown.map(([value, name]) => html`<div class="tile"><b>${value}</b><span>${name}</span></div>`)}
  </div>`
}

function suspicions({ suspicious }: ProfileContent): Html | null {
  if (suspicious.length === 0) return null
  const notes = suspicious.slice(0, mostNotes).map(({ note }) => html`<li>${showText(note, 400)}</li>`)
  return html`<h2>Suspicious columns</h2>
    <ul class="notes">
      ${notes}
    </ul>
    ${rest(suspicious.length, mostNotes)}`
}

function cards(content: ProfileContent): Html {
  const { columns, rows } = content
  const shown = columns.slice(0, mostCards).map((column) => profileColumn(column, content))
  const others = columns.slice(mostCards, mostCards + mostListed)
  const listed = others.map(
    ({ name, type, missing, distinct }) =>
      html`<tr>
        <td>${showText(name)}</td>
        <td>${type}</td>
        <td class="n">${rows === 0 ? '–' : showShare(missing / rows)}</td>
        <td class="n">${showNumber(distinct)}</td>
      </tr>`,
  )
  const list =
    others.length === 0
      ? null
      : html`<h2>Further columns</h2>
          <div class="scroll">
            <table>
              <tr>
                <th>Column</th>
                <th>Type</th>
                <th>Missing</th>
                <th>Distinct</th>
              </tr>
              ${listed}
            </table>
          </div>`
  return html`<h2>Columns</h2>
    <div class="cards">${shown}</div>
    ${list}${rest(columns.length, mostCards + mostListed)}`
}

function missingValues({ missing, columns, rows }: ProfileContent): Html | null {
  const gaps = columns.filter((column) => column.missing > 0).toSorted((a, b) => b.missing - a.missing)
  if (gaps.length === 0 || rows === 0) return null
  const shown = gaps.slice(0, mostInPatterns)
  const patterns = missing.patterns.map(({ missing: names, rows: count }) => {
    const gone = new Set(names)
    const cells = shown.map(({ name }) => html`<td class="${gone.has(name) ? 'gap' : 'full'}"></td>`)
    return html`<tr>
      ${cells}
      <th>${share(count / rows)}${showNumber(count)} ${count === 1 ? 'row' : 'rows'}</th>
    </tr>`
  })
  const head = shown.map(({ name }) => html`<th title="${showText(name)}">${showText(name, 24)}</th>`)
  const more = missing.count - missing.patterns.length
  return html`<h2>Missing values</h2>
    <p>
      Each line is a pattern: which columns are missing together, and in how many
      rows.${more > 0 ? ` ${showNumber(more)} rarer patterns are not shown.` : ''}
    </p>
    <div class="scroll">
      <table class="matrix pattern">
        <thead>
          <tr>
            ${head}
            <th></th>
          </tr>
        </thead>
        <tbody>
          ${patterns}
        </tbody>
      </table>
    </div>
    ${rest(gaps.length, mostInPatterns)}`
}

function share(value: number): Html {
  return html`<span class="share"><i style="width:${(value * 100).toFixed(1)}%"></i></span>`
}

function correlations({ correlations: found }: ProfileContent): Html | null {
  if (!found || found.columns.length < 2) return null
  const { columns: names, pearson, rows } = found
  const body = names.map((name, row) => {
    const cells = pearson[row]!.slice(0, row).map(correlationCell)
    return html`<tr>
      <th title="${showText(name)}">${showText(name, 28)}</th>
      ${cells}
    </tr>`
  })
  const head = names.slice(0, -1).map((name) => html`<th>${showText(name, 24)}</th>`)
  return html`<h2>Correlations</h2>
    <p>Pearson, over ${showNumber(rows)} rows; blue is positive, red negative.</p>
    ${strongest(found)}
    <div class="scroll">
      <table class="matrix">
        <tbody>
          ${body.slice(1)}
        </tbody>
        <tfoot>
          <tr>
            <th></th>
            ${head}
          </tr>
        </tfoot>
      </table>
    </div>`
}

function correlationCell(value: number | null): Html {
  if (value === null) return html`<td>–</td>`
  const colour = value < 0 ? '--minus' : '--plus'
  const strength = (Math.abs(value) * 0.85).toFixed(2)
  return html`<td style="background:rgba(var(${colour}),${strength})">${shortCorrelation(value)}</td>`
}

function shortCorrelation(value: number): string {
  const text = value.toFixed(2)
  return Number(text) === 0 ? '0' : text.replace('0.', '.')
}

/** The pairs that are most alike, by the larger of both correlations. */
function strongest({ columns, pearson, spearman }: NonNullable<ProfileContent['correlations']>): Html | null {
  const pairs = columns.flatMap((name, row) =>
    columns.slice(0, row).map((other, column) => {
      const [linear, ranked] = [pearson[row]![column] ?? null, spearman[row]![column] ?? null]
      return { name, other, linear, ranked, size: Math.max(Math.abs(linear ?? 0), Math.abs(ranked ?? 0)) }
    }),
  )
  const strong = pairs.filter(({ size }) => size >= 0.5).toSorted((a, b) => b.size - a.size)
  if (strong.length === 0) return null
  const shown = strong.slice(0, mostPairs).map(
    ({ name, other, linear, ranked }) =>
      html`<tr>
        <td>${showText(other)}</td>
        <td>${showText(name)}</td>
        <td class="n">${linear?.toFixed(3) ?? '–'}</td>
        <td class="n">${ranked?.toFixed(3) ?? '–'}</td>
      </tr>`,
  )
  return html`<div class="scroll">
      <table>
        <tr>
          <th>Column</th>
          <th>and</th>
          <th>Pearson</th>
          <th>Spearman</th>
        </tr>
        ${shown}
      </table>
    </div>
    ${rest(strong.length, mostPairs)}<br />`
}

function rest(count: number, shown: number): Html | null {
  return count > shown ? html`<p>… and ${showNumber(count - shown)} more.</p>` : null
}
