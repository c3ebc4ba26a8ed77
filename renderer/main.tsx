import { createRoot } from 'react-dom/client'
import { followHistory } from './api/browser-history.ts'
import { ClientContext } from './api/client.ts'
import { connect } from './api/connect.ts'
import { ConnectionContext } from './api/connection.ts'
import { keepGoing } from './api/keep-going.ts'
import { NativeContext } from './api/native-context.ts'
import { openNative } from './api/native.ts'
import { rememberTabs, reopenTabs } from './api/session-tabs.ts'
import { App } from './app.tsx'
import { followNative } from './commands/follow-native.ts'
import { createAppStore } from './state/create-app-store.ts'
import { describeDocuments } from './state/describe-documents.ts'
import { followRuns } from './state/follow-runs.ts'
import { keepDrafts, restoreDrafts } from './state/keep-drafts.ts'
import { noticeWindows } from './state/notice-windows.ts'
import { previewDocuments } from './state/preview-documents.ts'
import { StoreContext } from './state/store.ts'
import { watchFiles } from './state/watch-files.ts'
import { TooltipProvider } from './ui/tooltip.tsx'

const native = openNative()
const connection = connect(native)
const { client } = connection
const store = createAppStore(client, native && native.choose)
keepGoing(connection, () => [
  describeDocuments(store, client),
  previewDocuments(store, client),
  watchFiles(store, client),
  keepDrafts(store, client),
])
connection.subscribe(() => connection.isLost() || followRuns(store))
if (native) followNative(store, native)
void store.getState().loadSettings()
void store.getState().loadCatalogue()
void resume()

/** Brings back what was open, and from then on keeps track of it. */
async function resume(): Promise<void> {
  await restoreDrafts(store, client)
  await reopenTabs(store)
  rememberTabs(store)
  followHistory(store)
  noticeWindows(store)
}

createRoot(document.querySelector('#app')!).render(
  <ConnectionContext value={connection}>
    <ClientContext value={client}>
      <NativeContext value={native}>
        <StoreContext value={store}>
          <TooltipProvider>
            <App />
          </TooltipProvider>
        </StoreContext>
      </NativeContext>
    </ClientContext>
  </ConnectionContext>,
)
