import { basename, dirname, extname } from 'node:path'
import { allowedPath } from './allowed-paths.ts'
import { starterError } from './errors.ts'
import { implementation } from './implementation.ts'
import { fileName, freePath } from './pipeline-files.ts'
import { hostOf, type Services } from './services.ts'
import { drawPipeline } from './starter/draw-pipeline.ts'
import { judgeColumns, type JudgedColumn } from './starter/judge-columns.ts'
import { likelyTarget } from './starter/likely-target.ts'

export function starterHandlers(services: Services) {
  const { starter } = implementation
  const survey = async (
    given: string,
    { target, signal }: { target: string | null; signal: AbortSignal | undefined },
  ) => {
    const path = await allowedPath(given, hostOf(services))
    const found = await hostOf(services).viewer.call('file.survey', { path, target }, signal)
    return { path, survey: found, columns: judgeColumns(found) }
  }
  return {
    suggest: starter.suggest.handler(async ({ input, signal }) => {
      const { survey: found, columns } = await survey(input.path, { target: null, signal })
      return {
        columns: columns.map(({ name, type, distinct, nulls, examples, role, task }) => ({
          name,
          type,
          distinct,
          nulls,
          examples,
          role,
          task,
        })),
        rows: found.rows,
        target: likelyTarget(columns),
      }
    }),
    draw: starter.draw.handler(async ({ input, signal }) => {
      const { path, survey: found, columns } = await survey(input.path, { target: input.target, signal })
      const target = requireTarget(columns, { target: input.target, path })
      const name = basename(path, extname(path))
      const { definitions } = services
      const text = drawPipeline({ path: basename(path), name, survey: found, columns, target, definitions })
      return { path: await freePath(dirname(path), fileName(name)), text }
    }),
  }
}

function requireTarget(
  columns: readonly JudgedColumn[],
  { target, path }: { target: string; path: string },
): JudgedColumn {
  const column = columns.find(({ name }) => name === target)
  if (!column) throw starterError('unknown-target', { target, path })
  if (column.task === null) throw starterError('unusable-target', { target, reason: reasonAgainst(column) })
  if (!columns.some(({ name, role }) => name !== target && role === 'feature'))
    throw starterError('no-features', { path })
  return column
}

function reasonAgainst({ type, distinct }: JudgedColumn): string {
  if (distinct < 2) return 'all its values are the same'
  if (type === 'date' || type === 'datetime') return 'it holds dates'
  return type === 'text' ? `it has ${distinct} different values` : 'too few rows have a value'
}
