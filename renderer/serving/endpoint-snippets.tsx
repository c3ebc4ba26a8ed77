import { useDeferredValue, useState } from 'react'
import type { DeploymentInfo } from '../../src/contract/deployment-info.ts'
import type { Snippets } from '../../src/contract/deployments-contract.ts'
import type { RawValue } from '../../src/contract/model-details.ts'
import { useClient } from '../api/client.ts'
import { useQuery } from '../api/use-query.ts'
import { ScrollRegion } from '../ui/scroll-region.tsx'
import { SegmentedControl } from '../ui/segmented-control.tsx'
import { CopyButton } from './copy-button.tsx'

const languages = [
  { value: 'curl', title: 'curl' },
  { value: 'python', title: 'Python' },
  { value: 'javascript', title: 'JavaScript' },
] as const

interface EndpointSnippetsProps {
  info: DeploymentInfo
  row: Readonly<Record<string, RawValue>>
}

/** How other programs ask for the row that stands in the form. */
export function EndpointSnippets({ info: { name, address }, row }: EndpointSnippetsProps) {
  const client = useClient()
  const [language, setLanguage] = useState<keyof Snippets>('curl')
  const asked = useDeferredValue(row)
  const { data } = useQuery(JSON.stringify([name, address, asked]), (signal) =>
    client.deployments.snippets({ name, row: { ...asked } }, { signal }),
  )
  const text = data?.[language] ?? ''
  return (
    <section aria-label="From other programs" className="flex flex-col gap-2">
      <div className="flex items-center gap-3">
        <h3 className="font-semibold">From other programs</h3>
        <SegmentedControl label="Language" value={language} options={languages} onChange={setLanguage} />
        <span className="flex-1" />
        <CopyButton label="Copy" text={text} />
      </div>
      <ScrollRegion
        role="group"
        label={`Asked with ${language}`}
        className="selectable max-h-72 rounded-md border border-line bg-raised p-3"
      >
        <pre className="font-mono text-xs">{text}</pre>
      </ScrollRegion>
    </section>
  )
}
