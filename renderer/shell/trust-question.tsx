import { useAppStore, useStore } from '../state/store.ts'
import { Button } from '../ui/button.tsx'
import { Dialog } from '../ui/dialog.tsx'

/** Before a pipeline writes, or sends something, where nobody has allowed it to. */
export function TrustQuestion() {
  const store = useAppStore()
  const question = useStore(({ trustQuestion }) => trustQuestion)
  const forget = (): void => store.getState().forgetTrustQuestion()
  return (
    <Dialog
      open={question !== null}
      onClose={forget}
      title="Do you trust this pipeline?"
      {...(question && { description: question.message })}
      actions={
        <>
          <Button onClick={forget}>Don’t run</Button>
          <Button
            tone="accent"
            onClick={() => question && void store.getState().startRun(question.scope, { trust: true })}
          >
            Trust and run
          </Button>
        </>
      }
    >
      <p className="text-ink-soft">
        Run it only if you know where it comes from. This is remembered for these files.
      </p>
    </Dialog>
  )
}
