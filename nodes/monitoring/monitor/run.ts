import { monitorSpecSchema, type MonitorSpec } from '../../../src/core/monitor.ts'
import { defineRun } from '../../../src/node-kit/define-run.ts'
import { monitor, type MonitorParams } from './definition.ts'

export const run = defineRun(monitor, async (_, params, context) => {
  const { deployment } = params
  const { changed } = await context.monitors.apply({ deployment, spec: specOf(params) })
  const said = changed
    ? 'The monitor of “{deployment}” is wished for as it stands here.'
    : 'The monitor of “{deployment}” is as it stands here.'
  context.log('info', said, { deployment })
  return {}
})

function specOf(params: MonitorParams): MonitorSpec {
  const { isOn, windowBy, rows, minutes, adjust, share, segments, metrics, margin, business, rules } = params
  return monitorSpecSchema.parse({
    isOn,
    window: windowBy === 'rows' ? { kind: 'rows', rows } : { kind: 'time', minutes },
    columns: Object.fromEntries([
      ...params.columns.map(({ column, method, limit }) => [column, { method, limit: limit ?? null }]),
      ...params.ignored.map((column) => [column, { isIgnored: true }]),
    ]),
    adjust,
    share,
    segments,
    quality: { metrics, margin },
    business,
    rules,
  })
}
