import { ArrowRight } from 'lucide-react'
import { useState } from 'react'
import type { Template } from '../../src/contract/templates-contract.ts'
import { useClient } from '../api/client.ts'
import { useQuery } from '../api/use-query.ts'
import { useAppStore } from '../state/store.ts'
import { Spinner } from '../ui/spinner.tsx'

/** Pipelines with their data, ready to run. */
export function Templates() {
  const client = useClient()
  const { data, error } = useQuery('templates', async (signal) =>
    client.templates.list(undefined, { signal }),
  )
  return (
    <section aria-labelledby="templates-title" className="mt-8">
      <h2 id="templates-title" className="text-sm font-semibold">
        Templates
      </h2>
      <p className="text-ink-soft">Whole pipelines with their data: open one and press Run.</p>
      {error && <p className="mt-3 text-bad">{error.message}</p>}
      <ul className="mt-3 grid min-h-80 auto-rows-min grid-cols-3 gap-4">
        {data?.templates.map((template) => (
          <TemplateCard key={template.id} template={template} />
        ))}
      </ul>
    </section>
  )
}

function TemplateCard({ template }: { template: Template }) {
  const store = useAppStore()
  const client = useClient()
  const [isOpening, setIsOpening] = useState(false)
  const { id, title, summary, shows } = template
  const open = async (): Promise<void> => {
    setIsOpening(true)
    try {
      const { path } = await client.templates.open({ id })
      await store.getState().openPath(path)
    } catch (error) {
      store.getState().tellError(error)
    } finally {
      setIsOpening(false)
    }
  }
  return (
    <li>
      <button
        type="button"
        disabled={isOpening}
        className="group flex h-full min-h-36 w-full flex-col rounded-lg border border-line bg-surface p-4 text-left transition-colors hover:border-ink-faint hover:shadow-card"
        onClick={() => void open()}
      >
        <span className="flex w-full items-center justify-between">
          <span className="font-semibold">{title}</span>
          {isOpening ? (
            <Spinner label="Opening" />
          ) : (
            <ArrowRight
              size={15}
              className="text-ink-faint transition-transform group-hover:translate-x-0.5"
              aria-hidden
            />
          )}
        </span>
        <span className="mt-1 flex-1 text-ink-soft">{summary}</span>
        <span className="mt-3 truncate text-xs text-ink-faint" title={shows.join(', ')}>
          {shows.length} steps: {shows.slice(0, 3).join(', ')}…
        </span>
      </button>
    </li>
  )
}
