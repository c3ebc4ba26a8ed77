import { createRoot } from 'react-dom/client'
import { App } from './app.tsx'
import { ClientContext } from './api/client.ts'
import { connect } from './api/connect.ts'
import { createAppStore } from './state/create-app-store.ts'
import { StoreContext } from './state/store.ts'
import { TooltipProvider } from './ui/tooltip.tsx'

const client = await connect()
const store = createAppStore(client)
void store.getState().loadCatalogue()

createRoot(document.querySelector('#app')!).render(
  <ClientContext value={client}>
    <StoreContext value={store}>
      <TooltipProvider>
        <App />
      </TooltipProvider>
    </StoreContext>
  </ClientContext>,
)
