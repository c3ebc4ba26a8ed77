import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import type { Client } from '../../../src/contract/create-client.ts'
import type { PreviewedStepData } from '../../../src/contract/pipelines-contract.ts'
import { formatPipeline } from '../../../src/core/format-pipeline.ts'
import { createAppStore, type AppStore } from '../../../renderer/state/create-app-store.ts'
import { previewDocuments } from '../../../renderer/state/preview-documents.ts'
import { samplePipeline } from './sample-pipeline.ts'

const previewed = (node: string): PreviewedStepData => ({ node, outputs: {}, isSample: true })

describe('previews of the active document', () => {
  let store: AppStore
  let stop: () => void
  let asked: { text: string; signal: AbortSignal }[]
  let answer: readonly string[]

  beforeEach(() => {
    vi.useFakeTimers()
    asked = []
    answer = ['read', 'split']
    const preview = ({ document }: { document: { text: string } }, { signal }: { signal: AbortSignal }) => {
      asked.push({ text: document.text, signal })
      return Promise.resolve(
        (async function* () {
          for (const node of answer) yield await Promise.resolve(previewed(node))
        })(),
      )
    }
    const client = { pipelines: { preview }, settings: { set: () => Promise.resolve({}) } }
    store = createAppStore(client as unknown as Client)
    stop = previewDocuments(store, client as unknown as Client)
    store
      .getState()
      .openDocument({ path: '/a.pipeline.json', text: formatPipeline(samplePipeline()), revision: '1' })
  })
  afterEach(() => {
    stop()
    vi.useRealTimers()
  })
  const edit = (name: string): void => {
    store
      .getState()
      .applyEdits('Change', [{ kind: 'set-param', node: 'scale', path: ['method'], value: name }])
  }
  const steps = (): string[] => Object.keys(store.getState().previews[store.getState().activeTab!] ?? {})

  it('are not asked for before something changed', async () => {
    await vi.advanceTimersByTimeAsync(1_000)
    expect(asked).toEqual([])
  })

  it('come a moment after the last of several edits', async () => {
    edit('One')
    await vi.advanceTimersByTimeAsync(50)
    edit('Two')
    await vi.advanceTimersByTimeAsync(1_000)
    expect(asked.map(({ text }) => text)).toEqual([expect.stringContaining('"Two"')])
    expect(steps()).toEqual(['read', 'split'])
  })

  it('are given up with the next edit', async () => {
    edit('One')
    await vi.advanceTimersByTimeAsync(100)
    edit('Two')
    expect(asked[0]!.signal.aborted).toBe(true)
  })

  it('forget what is not told again', async () => {
    edit('One')
    await vi.advanceTimersByTimeAsync(1_000)
    answer = ['read']
    edit('Two')
    await vi.advanceTimersByTimeAsync(1_000)
    expect(steps()).toEqual(['read'])
  })

  it('can be switched off', async () => {
    store.getState().setPreviewing(false)
    edit('One')
    await vi.advanceTimersByTimeAsync(1_000)
    expect(asked).toEqual([])
  })
})
