import { useAppStore, useStore } from '../state/store.ts'
import { Switch } from '../ui/switch.tsx'
import { Section } from './section.tsx'

/** Whether steps show a sample of what they give, before they run. */
export function PreviewSection() {
  const store = useAppStore()
  const isPreviewing = useStore((state) => state.isPreviewing)
  return (
    <Section title="While you edit">
      <label className="flex items-center gap-3">
        <Switch checked={isPreviewing} onChange={(on) => store.getState().setPreviewing(on)} />
        Show what steps before a learner give for a sample of 2,000 rows, as soon as something changes
      </label>
    </Section>
  )
}
