import { RadioTower } from 'lucide-react'
import { useState } from 'react'
import { useAppStore } from '../state/store.ts'
import { Button } from '../ui/button.tsx'
import { ServeDialog } from './serve-dialog.tsx'

/** Makes an endpoint for a model, and goes there. */
export function ServeButton({ reference }: { reference: string }) {
  const store = useAppStore()
  const [isAsked, setAsked] = useState(false)
  return (
    <>
      <Button icon={<RadioTower size={14} />} onClick={() => setAsked(true)}>
        Serve…
      </Button>
      {isAsked && (
        <ServeDialog
          current={null}
          reference={reference}
          onClose={() => setAsked(false)}
          onDone={() => store.getState().show('serving')}
        />
      )}
    </>
  )
}
