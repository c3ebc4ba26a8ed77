import type { ReactNode } from 'react'
import type { NodeDescription } from '../../src/contract/nodes-contract.ts'
import type { Json } from '../../src/core/pipeline.ts'
import { useStore } from '../state/store.ts'
import { Badge } from '../ui/badge.tsx'
import { Button } from '../ui/button.tsx'
import { EmptyState } from '../ui/empty-state.tsx'
import { fieldsOf, type Field } from './form/field-model.ts'
import { limitsInWords } from './form/number-text.ts'
import { optionTitle } from './form/option-title.ts'
import type { SelectedNode } from './selected-node.ts'

/** The reference page of the node’s type: all that its description says. */
export function HelpTab({ selected: { id, definition } }: { selected: SelectedNode }) {
  if (!definition) return <EmptyState title="There is no help for this kind of node" />
  const fields = fieldsOf(definition.params)
  const failures = Object.entries(definition.failures)
  return (
    <article className="selectable flex flex-col gap-4 p-3 pb-8">
      <header>
        <h2 className="text-md font-semibold">{definition.title}</h2>
        <p className="text-xs text-ink-faint">
          {definition.id}, version {definition.version}
        </p>
        <p className="mt-2 font-medium">{definition.summary}</p>
      </header>
      <Paragraphs text={definition.description} />
      <Learning from={definition.learnsFrom} />
      <Ports heading="Inputs" ports={definition.inputs} />
      <Ports heading="Outputs" ports={definition.outputs} />
      {fields.length > 0 && (
        <Section heading="Parameters">
          <dl className="flex flex-col gap-2.5">
            {fields.map((field) => (
              <div key={field.name}>
                <dt className="font-medium">
                  {field.title} <code className="font-normal text-ink-faint">{field.name}</code>
                </dt>
                <dd className="text-ink-soft">
                  {field.description} {factsOf(field)}
                </dd>
              </div>
            ))}
          </dl>
        </Section>
      )}
      {failures.length > 0 && (
        <Section heading="What may go wrong">
          <ul className="flex flex-col gap-2">
            {failures.map(([code, { message, remedy }]) => (
              <li key={code}>
                {withBlanks(message)} <span className="text-ink-soft">{withBlanks(remedy)}</span>
              </li>
            ))}
          </ul>
        </Section>
      )}
      <Examples node={id} examples={definition.examples} />
      <p className="text-xs text-ink-faint">Also found as: {definition.keywords.join(', ')}.</p>
    </article>
  )
}

function Section({ heading, children }: { heading: string; children: ReactNode }) {
  return (
    <section className="flex flex-col gap-2">
      <h3 className="text-xs font-semibold text-ink-soft">{heading}</h3>
      {children}
    </section>
  )
}

function Paragraphs({ text }: { text: string }) {
  return (
    <div className="flex flex-col gap-2 text-ink-soft">
      {text.split('\n\n').map((paragraph) => (
        <p key={paragraph}>{paragraph}</p>
      ))}
    </div>
  )
}

const learning = {
  nothing: null,
  'train-rows': 'Learns from the train rows alone.',
  'all-rows': 'Computes over all rows: let a split stand behind it with care.',
} as const

function Learning({ from }: { from: NodeDescription['learnsFrom'] }) {
  const text = from === null ? 'What it learns from depends on its parameters.' : learning[from]
  return text === null ? null : (
    <p>
      <Badge tone="accent">{text}</Badge>
    </p>
  )
}

function Ports({ heading, ports }: { heading: string; ports: NodeDescription['inputs'] }) {
  const entries = Object.entries(ports)
  if (entries.length === 0) return null
  return (
    <Section heading={heading}>
      <ul className="flex flex-col gap-1.5">
        {entries.map(([name, { type, title, description, many, optional }]) => (
          <li key={name}>
            <span className="font-medium">{title}</span>{' '}
            <span className="text-ink-faint">
              {type}
              {many && ', one or more'}
              {optional && ', may be left open'}
            </span>
            {description && <p className="text-ink-soft">{description}</p>}
          </li>
        ))}
      </ul>
    </Section>
  )
}

/** Unit, limits, options and default of a field, in short sentences. */
function factsOf({ field, unit, isRequired, fallback }: Field): string {
  const limits = field.kind === 'number' ? limitsInWords(field.limits) : ''
  const options =
    field.kind === 'choice' || field.kind === 'choices' ? field.options.map(optionTitle).join(', ') : ''
  return [
    limits === '' ? '' : `${limits[0]!.toUpperCase()}${limits.slice(1)}${unit === null ? '' : ` (${unit})`}.`,
    options === '' ? '' : `One of: ${options}.`,
    isRequired ? 'Required.' : fallback === undefined ? '' : `Default: ${wordOf(fallback)}.`,
  ]
    .filter((text) => text !== '')
    .join(' ')
}

function wordOf(value: Json): string {
  if (typeof value === 'string') return value === '' ? 'empty' : optionTitle(value)
  if (typeof value === 'boolean') return value ? 'yes' : 'no'
  if (value === null) return 'none'
  return typeof value === 'object' && Object.keys(value).length === 0 ? 'none' : JSON.stringify(value)
}

const withBlanks = (text: string): string => text.replaceAll(/\{\w+\}/g, '…')

function Examples({ node, examples }: { node: string; examples: NodeDescription['examples'] }) {
  const applyEdits = useStore((state) => state.applyEdits)
  if (examples.length === 0) return null
  return (
    <Section heading="Examples">
      {examples.map(({ title, params }) => (
        <figure key={title} className="overflow-hidden rounded-md border border-line">
          <figcaption className="flex items-center gap-2 bg-raised py-1 pr-1 pl-2.5">
            <span className="min-w-0 flex-1">{title}</span>
            <Button
              tone="quiet"
              className="h-7"
              onClick={() =>
                applyEdits(
                  'Use the parameters of an example',
                  Object.entries(params).map(([name, value]) => ({
                    kind: 'set-param',
                    node,
                    path: [name],
                    value,
                  })),
                )
              }
            >
              Use
            </Button>
          </figcaption>
          <pre className="overflow-x-auto px-2.5 py-2 font-mono text-2xs text-ink-soft">
            {JSON.stringify(params, null, 2)}
          </pre>
        </figure>
      ))}
    </Section>
  )
}
