import { dialog, type BrowserWindow } from 'electron'
import type { Client } from '../src/contract/create-client.ts'

/** What goes on whether or not somebody looks, each by its name. */
export interface ActiveWork {
  runs: readonly string[]
}

export async function activeWork(client: Client): Promise<ActiveWork> {
  const { runs } = await client.runs.list({ limit: 50 })
  const inProgress = runs.filter(({ status }) => status === 'running')
  return { runs: [...new Set(inProgress.map(({ pipelineName }) => pipelineName))] }
}

/**
 * Asks before work in progress is lost with the window. `leave` ends it, `hide` lets it go on behind an icon in the tray,
 * `stay` is for who would rather not close.
 */
export async function askToLeave(window: BrowserWindow, client: Client): Promise<'leave' | 'hide' | 'stay'> {
  const { runs } = await activeWork(client)
  if (runs.length === 0) return 'leave'
  const names = runs.map((name) => `“${name}”`).join(', ')
  const { response } = await dialog.showMessageBox(window, {
    type: 'question',
    message: `${names} ${runs.length === 1 ? 'is' : 'are'} still running.`,
    detail:
      'Without its window Pipewright works on behind an icon in the tray; starting it again shows the window. If you quit, ' +
      'steps that are finished are kept.',
    buttons: ['Work on in the tray', 'Cancel and quit', 'Back'],
    defaultId: 0,
    cancelId: 2,
  })
  return (['hide', 'leave', 'stay'] as const)[response] ?? 'stay'
}
