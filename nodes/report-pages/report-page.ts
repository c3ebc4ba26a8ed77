import type { ReportData } from '../../src/core/artifacts.ts'
import { formatJson } from '../../src/core/format-json.ts'
import { withShortLists } from '../../src/core/with-short-lists.ts'
import { driftPage } from '../../src/report-pages/drift-page.ts'
import { html } from '../../src/report-pages/html.ts'
import { pageFrame } from '../../src/report-pages/page-frame.ts'
import { profilePage } from './profile-page.ts'
import { showNumber } from '../../src/report-pages/show-values.ts'

const longestList = 100

/** A report as one page of HTML that needs nothing besides itself; below a megabyte for a profile or the drift of any table. */
export function reportPage(title: string, { type, metrics, content }: ReportData): string {
  if (type === 'profile') return profilePage(title, content)
  if (type === 'drift') return driftPage(title, content)
  const rows = Object.entries(metrics).map(
    ([name, value]) =>
      html`<tr>
        <th>${name}</th>
        <td class="n">${showNumber(value)}</td>
      </tr>`,
  )
  const text = formatJson(withShortLists(content, longestList), { indent: '', used: 0 })
  const body = html`<h2>Metrics</h2>
    <table>
      ${rows}
    </table>
    <h2>Details</h2>
    <pre>${text}</pre>`
  return pageFrame({ title, summary: `A report of the kind “${type}”`, body })
}
