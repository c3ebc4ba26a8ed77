import type { ModelData } from '../../core/artifacts.ts'
import type { MonitorSpec } from '../../core/monitor.ts'
import { nearestName } from '../../core/nearest-name.ts'
import { monitorError } from './errors.ts'
import { businessColumns, businessExpression } from './measure-business.ts'

/** Refuses what cannot be measured of a deployment, by the model that answers most of its requests. */
export function checkMonitor(name: string, spec: MonitorSpec, model: ModelData | null): void {
  if (!model) return
  const { inputs } = model.signature
  const names = inputs.map((input) => input.name)
  for (const column of [...Object.keys(spec.columns), ...spec.segments]) {
    if (names.includes(column)) continue
    const near = nearestName(column, names)
    const hint = near === undefined ? 'Choose one of its inputs.' : `Did you mean “${near}”?`
    throw monitorError('unknown-column', { column, name, hint })
  }
  const columns = businessColumns(inputs, model.task === 'clustering' || model.target.classes !== undefined)
  for (const metric of spec.business) {
    const checked = businessExpression(metric, columns)
    if ('problem' in checked)
      throw monitorError('bad-expression', { metric: metric.name, problem: checked.problem.message })
  }
}
