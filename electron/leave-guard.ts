import { dialog, type BrowserWindow } from 'electron'
import type { Host } from '../src/hosts/host.ts'

/**
 * Asks before runs in progress are lost with the window. Gives `stay` where the user would rather wait; `leave` cancels
 * them.
 */
export async function askToLeave(window: BrowserWindow, host: Host): Promise<'leave' | 'stay'> {
  const { runs } = await host.client.runs.list({ limit: 50 })
  const inProgress = runs.filter(({ status }) => status === 'running')
  if (inProgress.length === 0) return 'leave'
  const names = [...new Set(inProgress.map(({ pipelineName }) => `“${pipelineName}”`))].join(', ')
  const { response } = await dialog.showMessageBox(window, {
    type: 'question',
    message: `${names} ${inProgress.length === 1 ? 'is' : 'are'} still running.`,
    detail: 'Steps that are finished are kept; the next run goes on from there.',
    buttons: ['Keep running', 'Cancel and quit'],
    defaultId: 0,
    cancelId: 0,
  })
  return response === 1 ? 'leave' : 'stay'
}
