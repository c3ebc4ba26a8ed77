import { dialog, type BrowserWindow } from 'electron'
import type { Client } from '../src/contract/create-client.ts'

/** What goes on whether or not somebody looks, each by its name. */
export interface ActiveWork {
  runs: readonly string[]
  /** That answer whoever asks. */
  endpoints: readonly string[]
}

export async function activeWork(client: Client): Promise<ActiveWork> {
  const [{ runs }, { deployments }] = await Promise.all([
    client.runs.list({ limit: 50 }),
    client.deployments.list(),
  ])
  const inProgress = runs.filter(({ status }) => status === 'running')
  const answering = deployments.filter(({ isOn, state }) => isOn && state !== 'off' && state !== 'failed')
  return {
    runs: [...new Set(inProgress.map(({ pipelineName }) => pipelineName))],
    endpoints: answering.map(({ name }) => name),
  }
}

/**
 * Asks before work in progress is lost with the window. `leave` ends it, `hide` lets it go on behind an icon in the tray,
 * `stay` is for who would rather not close.
 */
export async function askToLeave(window: BrowserWindow, client: Client): Promise<'leave' | 'hide' | 'stay'> {
  const work = sentencesOf(await activeWork(client))
  if (work.length === 0) return 'leave'
  const { response } = await dialog.showMessageBox(window, {
    type: 'question',
    message: `${work.join('. ')}.`,
    detail:
      'Without its window Pipewright works on behind an icon in the tray; starting it again shows the window. If you quit, ' +
      'endpoints stop answering, and steps that are finished are kept.',
    buttons: ['Work on in the tray', 'Cancel and quit', 'Back'],
    defaultId: 0,
    cancelId: 2,
  })
  return (['hide', 'leave', 'stay'] as const)[response] ?? 'stay'
}

/** What goes on, a sentence for each kind of work. */
export function sentencesOf({ runs, endpoints }: ActiveWork): string[] {
  const verb = (names: readonly string[], one: string, many: string): string[] =>
    names.length === 0
      ? []
      : [`${names.map((name) => `“${name}”`).join(', ')} ${names.length === 1 ? one : many}`]
  return [
    ...verb(runs, 'is running', 'are running'),
    ...verb(endpoints, 'answers requests', 'answer requests'),
  ]
}
