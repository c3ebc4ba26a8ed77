import { writeFile } from 'node:fs/promises'
import { reasonOfFailure } from '../../../src/files/reason-of-failure.ts'
import { sha256OfFile } from '../../../src/files/sha256.ts'
import { writeAtomically } from '../../../src/files/write-atomically.ts'
import { defineRun } from '../../../src/node-kit/define-run.ts'
import { reportPage } from '../../report-pages/report-page.ts'
import { writeReport } from './definition.ts'

export const run = defineRun(writeReport, async ({ report }, params, context) => {
  const path = context.resolvePath(params.path)
  const page = reportPage(params.title, report.data)
  await writeAtomically(path, (temporary) => writeFile(temporary, page)).catch((cause: unknown) =>
    context.fail('cannot-write', { path, reason: reasonOfFailure(cause) }, { param: 'path', cause }),
  )
  context.effect({ kind: 'file', path, ...(await sha256OfFile(path)) })
  return {}
})
