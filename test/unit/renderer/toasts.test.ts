import { beforeEach, describe, expect, it } from 'vitest'
import { createAppStore, type AppStore } from '../../../renderer/state/create-app-store.ts'
import { refusal } from '../../../renderer/state/refusal.ts'
import { createClient } from '../../../src/contract/create-client.ts'
import { formatPipeline } from '../../../src/core/format-pipeline.ts'
import { samplePipeline } from './sample-pipeline.ts'

/** Of a host that never answers. */
const client = createClient({ link: { call: async () => new Promise(() => {}) } })
const file = (path: string) => ({ path, text: formatPipeline(samplePipeline()), revision: '1' })

describe('messages', () => {
  let store: AppStore
  const told = (): string[] => store.getState().toasts.map(({ message }) => message)

  beforeEach(() => {
    store = createAppStore(client)
  })

  it('of what went wrong go with the tab they are about', () => {
    const { openDocument, activateTab, tell } = store.getState()
    const first = openDocument(file('/a'))!
    const second = openDocument(file('/b'))!
    tell({ tone: 'bad', message: 'It failed.' })
    tell({ tone: 'good', message: 'It was saved.' })
    activateTab(second)
    expect(told()).toEqual(['It failed.', 'It was saved.'])
    activateTab(first)
    expect(told()).toEqual(['It was saved.'])
  })

  it('are there once, however often they are told', () => {
    const { tell } = store.getState()
    tell({ tone: 'bad', message: 'It failed.' })
    tell({ tone: 'info', message: 'It goes on.' })
    tell({ tone: 'bad', message: 'It failed.' })
    expect(told()).toEqual(['It goes on.', 'It failed.'])
  })

  it('of problems go when the problems do', () => {
    const { openDocument, tell, noteDescription } = store.getState()
    const tab = openDocument(file('/a'))!
    tell({ tone: 'bad', message: 'There are problems.', about: refusal(tab) })
    noteDescription(tab, {
      id: 'sample',
      name: 'Sample',
      description: null,
      parameters: [],
      nodes: [],
      edges: [],
      findings: [],
    })
    expect(told()).toEqual([])
  })
})
