import { createRoot } from 'react-dom/client'
import { ClientContext } from './api/client.ts'
import { connect } from './api/connect.ts'
import { NativeContext } from './api/native-context.ts'
import { openNative } from './api/native.ts'
import { rememberTabs, reopenTabs } from './api/session-tabs.ts'
import { App } from './app.tsx'
import { followNative } from './commands/follow-native.ts'
import { createAppStore } from './state/create-app-store.ts'
import { describeDocuments } from './state/describe-documents.ts'
import { keepDrafts, restoreDrafts } from './state/keep-drafts.ts'
import { StoreContext } from './state/store.ts'
import { watchFiles } from './state/watch-files.ts'
import { TooltipProvider } from './ui/tooltip.tsx'

const native = openNative()
const client = connect(native)
const store = createAppStore(client, native && native.choose)
describeDocuments(store, client)
watchFiles(store, client)
if (native) followNative(store, native)
keepDrafts(store, client)
void store.getState().loadSettings()
void store.getState().loadCatalogue()
void restoreDrafts(store, client)
  .then(() => reopenTabs(store))
  .then(() => rememberTabs(store))

createRoot(document.querySelector('#app')!).render(
  <ClientContext value={client}>
    <NativeContext value={native}>
      <StoreContext value={store}>
        <TooltipProvider>
          <App />
        </TooltipProvider>
      </StoreContext>
    </NativeContext>
  </ClientContext>,
)
