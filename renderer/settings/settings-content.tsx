import { useEffect, useState } from 'react'
import type { Settings } from '../../src/contract/settings-contract.ts'
import { ChannelSettings } from '../alerts/channel-settings.tsx'
import { useClient } from '../api/client.ts'
import { useAppStore, useStore } from '../state/store.ts'
import type { Theme } from '../state/view-slice.ts'
import { SegmentedControl } from '../ui/segmented-control.tsx'
import { Spinner } from '../ui/spinner.tsx'
import { FoldersSection } from './folders-section.tsx'
import { PreviewSection } from './preview-section.tsx'
import { ProxySection } from './proxy-section.tsx'
import { ResourcesSection } from './resources-section.tsx'
import { SecretsSection } from './secrets-section.tsx'
import { Section } from './section.tsx'
import type { SettingsAnswer } from './settings-section.ts'
import { SupportSection } from './support-section.tsx'

const themes: readonly { value: Theme; title: string }[] = [
  { value: 'system', title: 'As the system' },
  { value: 'light', title: 'Light' },
  { value: 'dark', title: 'Dark' },
]

/** All that can be set; each change holds at once. */
export function SettingsContent() {
  const store = useAppStore()
  const client = useClient()
  const theme = useStore((state) => state.theme)
  const [answer, setAnswer] = useState<SettingsAnswer | null>(null)
  useEffect(() => {
    client.settings.get().then(setAnswer, store.getState().tellError)
  }, [client, store])
  const change = (part: Partial<Settings>): void => {
    client.settings.set(part).then(setAnswer, store.getState().tellError)
  }
  if (!answer) return <Spinner label="Reading the settings" />
  return (
    <>
      <Section title="Colours">
        <SegmentedControl
          label="Colours"
          value={theme}
          options={themes}
          onChange={(next) => store.getState().setTheme(next)}
        />
      </Section>
      <PreviewSection />
      <ResourcesSection answer={answer} change={change} />
      <ProxySection answer={answer} change={change} />
      <SecretsSection />
      <ChannelSettings />
      <FoldersSection answer={answer} change={change} />
      <SupportSection />
    </>
  )
}
