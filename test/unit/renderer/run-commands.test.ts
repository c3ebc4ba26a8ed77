import { beforeEach, describe, expect, it } from 'vitest'
import { runCommands } from '../../../renderer/commands/run-commands.ts'
import { createAppStore, type AppStore } from '../../../renderer/state/create-app-store.ts'
import { createClient } from '../../../src/contract/create-client.ts'
import { createError } from '../../../src/core/errors.ts'
import { formatPipeline } from '../../../src/core/format-pipeline.ts'
import type { Pipeline } from '../../../src/core/pipeline.ts'
import { samplePipeline } from './sample-pipeline.ts'

interface Call {
  path: string
  input: { to?: string[]; from?: string[]; nodes?: string[]; trust?: boolean }
}

const inner = samplePipeline()
const whole: Pipeline = {
  ...samplePipeline(),
  nodes: { part: { type: 'flow.subpipeline', version: 1, params: { subpipeline: 'inner' } } },
  edges: [],
  layout: {},
  subpipelines: { inner: { pipeline: inner } },
}
const [step] = Object.keys(inner.nodes) as [string]

describe('a command that runs a part', () => {
  let store: AppStore
  let calls: Call[]
  let refuse: unknown
  const run = async (id: string): Promise<void> => {
    await runCommands.find((command) => command.id === id)!.run(store)
  }

  beforeEach(() => {
    calls = []
    refuse = new Error('no')
    const call = async (path: readonly string[], input: unknown): Promise<never> => {
      calls.push({ path: path.join('.'), input: input as Call['input'] })
      throw refuse
    }
    store = createAppStore(createClient({ link: { call } }))
    store.getState().openDocument({ path: '/whole', text: formatPipeline(whole), revision: '1' })
  })

  it('names nodes of an entered sub-pipeline as the whole pipeline does', async () => {
    store.getState().enterNode('part')
    store.getState().select({ nodes: [step] })
    for (const id of ['run-to', 'run-from', 'forget-results']) await run(id)
    expect(calls.filter(({ path }) => /start|forget/.test(path)).map(({ input }) => input)).toMatchObject([
      { to: [`part/${step}`] },
      { from: [`part/${step}`] },
      { nodes: [`part/${step}`] },
    ])
  })

  it.each(['needed', 'sends'])(
    'asks the user for trust where the host does (%s), and runs the same',
    async (code) => {
      const entry = { kind: 'user', message: 'It goes elsewhere.', remedy: 'Trust it.' } as const
      refuse = createError(`trust.${code}`, entry, {})
      store.getState().select({ nodes: ['part'] })
      await run('run-to')
      const question = store.getState().trustQuestion!
      expect(question).toEqual({ scope: { to: ['part'] }, message: 'It goes elsewhere.' })
      await store.getState().startRun(question.scope, { trust: true })
      expect(calls.at(-1)!.input).toMatchObject({ to: ['part'], trust: true })
    },
  )
})
