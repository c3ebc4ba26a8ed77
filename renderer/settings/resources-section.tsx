import { AmountField } from './amount-field.tsx'
import { Section } from './section.tsx'
import type { SettingsSection } from './settings-section.ts'

/** How much of the machine steps may use together. */
export function ResourcesSection({ answer: { settings, machine, restartNeeded }, change }: SettingsSection) {
  return (
    <Section title="What steps may use">
      <div className="grid grid-cols-2 gap-4">
        <AmountField
          label="Cores"
          unit={`of ${machine.cores}`}
          value={settings.cores}
          preset={machine.defaultCores}
          smallest={1}
          largest={1024}
          onChange={(cores) => change({ cores })}
        />
        <AmountField
          label="Memory"
          unit={`MB of ${machine.memoryMb}`}
          value={settings.memoryMb}
          preset={machine.defaultMemoryMb}
          smallest={512}
          largest={Number.MAX_SAFE_INTEGER}
          onChange={(memoryMb) => change({ memoryMb })}
        />
      </div>
      <p className="mt-2 text-xs text-ink-soft" role="status">
        {restartNeeded
          ? 'Something was changed that holds from the next start of Pipewright on.'
          : 'Leave a field empty for what Pipewright thinks right.'}
      </p>
    </Section>
  )
}
