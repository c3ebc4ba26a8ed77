import { PipewrightError, reportOf } from '../core/errors.ts'
import type { Json } from '../core/pipeline.ts'
import type { HostChannel } from '../engine/host-channel.ts'
import type { CancelSignal } from '../node-kit/run-context.ts'
import type { ReadOptions } from '../tables/read-file/read-options.ts'
import { createRowAnswers, type RowAnswers } from './answer-row.ts'
import { challengeModels } from './challenge-models.ts'
import { explainRow } from './explain-row.ts'
import { counterfactualRow } from './counterfactual-row.ts'
import { exportTable } from './export-table.ts'
import { expressionPreview } from './expression-preview.ts'
import { filePreview } from './file-preview.ts'
import { fileSurvey } from './file-survey.ts'
import { foreignModel } from './foreign-model.ts'
import { modelDetails } from './model-details.ts'
import { createOpenTables, type OpenTables } from './open-tables.ts'
import { writeModelSample } from './model-sample.ts'
import { referenceRows } from './reference-rows.ts'
import { tablePage } from './table-page.ts'
import { tablePoints } from './table-points.ts'
import { tableSketch } from './table-sketch.ts'
import type { FromViewer, ToViewer, ViewAnswer, ViewerSetup, ViewMethod, ViewRequest } from './view-calls.ts'
import { createViewContext } from './view-context.ts'

/** How the node that reads files turns its parameters into options of the reader. */
export type ReadOptionsOf = (path: string, params: Readonly<Record<string, Json>>) => ReadOptions

type Views = {
  [Method in ViewMethod]: (request: ViewRequest<Method>, signal: CancelSignal) => Promise<ViewAnswer<Method>>
}

/** Makes this process one that looks things up for a host, until the host ends it. */
export function serveViews(options: { channel: HostChannel; readOptionsOf: ReadOptionsOf }): void {
  const { channel, readOptionsOf } = options
  const cancels = new Map<number, AbortController>()
  const tell = (message: FromViewer): void => channel.send(message)
  let views: Views | undefined

  const answer = async ({ id, method, request }: ToViewer & { kind: 'call' }): Promise<void> => {
    const cancel = new AbortController()
    cancels.set(id, cancel)
    try {
      const view = views![method] as (request: unknown, signal: CancelSignal) => Promise<unknown>
      tell({ kind: 'answer', id, value: await view(request, cancel.signal) })
    } catch (thrown) {
      const details = thrown instanceof Error ? (thrown.stack ?? thrown.message) : String(thrown)
      tell({ kind: 'failure', id, error: reportOf(thrown), details })
    } finally {
      cancels.delete(id)
    }
  }

  channel.onMessage((received) => {
    const message = received as ToViewer
    switch (message.kind) {
      case 'setup':
        views = viewsOf(message.setup, readOptionsOf)
        return
      case 'call':
        void answer(message)
        return
      case 'cancel':
        cancels.get(message.id)?.abort(new PipewrightError(cancelled))
        return
    }
  })
}

/** Nobody hears it: who cancelled has gone on. */
const cancelled = {
  code: 'view.cancelled',
  kind: 'user',
  message: 'Looking this up was given up.',
  remedy: 'Ask again.',
  values: {},
} as const

function viewsOf(setup: ViewerSetup, readOptionsOf: ReadOptionsOf): Views {
  const tables: OpenTables = createOpenTables(setup)
  const answers: RowAnswers = createRowAnswers()
  return {
    'table.page': (request, signal) =>
      tables.use(request.artifact, signal, (table) => tablePage(table, request)),
    'table.points': (request, signal) =>
      tables.use(request.artifact, signal, (table) => tablePoints(table, request)),
    'table.sketch': ({ artifact }, signal) => tableSketch(createViewContext(setup, signal), artifact),
    'table.export': (request, signal) =>
      tables.use(request.artifact, signal, (table) => exportTable(table, request)),
    'expression.preview': (request, signal) =>
      tables.use(request.artifact, signal, (table) => expressionPreview(table, request)),
    'file.preview': ({ path, params, rows }, signal) =>
      filePreview(createViewContext(setup, signal), { options: readOptionsOf(path, params), rows }),
    'file.survey': (request, signal) => fileSurvey(createViewContext(setup, signal), request),
    'model.details': ({ artifact }, signal) => modelDetails(createViewContext(setup, signal), artifact),
    'model.answer': (request, signal) => answers.answer(createViewContext(setup, signal), request),
    'model.counterfactuals': (request, signal) =>
      counterfactualRow(createViewContext(setup, signal), request),
    'model.foreign': ({ path }) => foreignModel(path),
    'model.reference': (request, signal) => referenceRows(createViewContext(setup, signal), request),
    'model.sample': (request, signal) => writeModelSample(createViewContext(setup, signal), request),
    'model.challenge': (request, signal) => challengeModels(createViewContext(setup, signal), request),
    'model.explain': (request, signal) => explainRow(createViewContext(setup, signal), { request, answers }),
  }
}
