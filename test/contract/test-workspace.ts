import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { formatPipeline } from '../../src/core/format-pipeline.ts'
import { pipelineSchema } from '../../src/core/pipeline.ts'

export interface StubPipeline {
  nodes: Readonly<Record<string, readonly [type: string, params?: Readonly<Record<string, unknown>>]>>
  edges?: readonly string[]
  parameters?: Readonly<Record<string, unknown>>
  id?: string
}

/** A folder with text files and pipelines of stub nodes, gone after the test. */
export class TestWorkspace implements Disposable {
  readonly folder = mkdtempSync(join(tmpdir(), 'pipewright-test-'))

  path(name: string): string {
    return join(this.folder, name)
  }

  write(name: string, text: string): string {
    mkdirSync(join(this.path(name), '..'), { recursive: true })
    writeFileSync(this.path(name), text)
    return this.path(name)
  }

  pipelineText({ nodes, edges = [], parameters = {}, id = 'test' }: StubPipeline): string {
    const entries = Object.entries(nodes).map(([node, [type, params = {}]]) => [
      node,
      { type, version: 1, params },
    ])
    return formatPipeline(
      pipelineSchema.parse({
        format: 1,
        id,
        name: 'Test pipeline',
        parameters,
        nodes: Object.fromEntries(entries) as unknown,
        edges,
      }),
    )
  }

  pipeline(name: string, pipeline: StubPipeline): string {
    return this.write(name, this.pipelineText(pipeline))
  }

  [Symbol.dispose](): void {
    rmSync(this.folder, { recursive: true, force: true, maxRetries: 5 })
  }
}

/** `lines → change → measure`, with the change told what to do. */
export const changing = (params: Readonly<Record<string, unknown>> = {}): StubPipeline => ({
  nodes: {
    file: ['ingestion.lines', { path: 'lines.txt' }],
    change: ['features.change', params],
    measure: ['training.measure'],
  },
  edges: ['file.table -> change.table', 'change.table -> measure.tables'],
})
