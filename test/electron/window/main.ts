import { connect } from '../../../renderer/api/connect.ts'
import { openNative, type Native } from '../../../renderer/api/native.ts'
import type { AppCommand } from '../../../src/contract/bridge.ts'
import type { Client } from '../../../src/contract/create-client.ts'

/** What tests find in the page: the real way from a page to the host, without the window around it. */
export interface TestApp {
  client: Client
  native: Native
  commands: { command: AppCommand; path?: string }[]
}

declare global {
  var testApp: TestApp
}

const native = openNative()!
const commands: TestApp['commands'] = []
native.onCommand((command, path) => commands.push({ command, ...(path !== undefined && { path }) }))
globalThis.testApp = { client: connect(native).client, native, commands }
document.body.dataset['ready'] = 'yes'
