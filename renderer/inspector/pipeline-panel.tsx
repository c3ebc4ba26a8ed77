import { Plus } from 'lucide-react'
import type { Pipeline } from '../../src/core/pipeline.ts'
import type { Edit } from '../../src/core/edits.ts'
import { activeTabOf } from '../state/active.ts'
import { useStore } from '../state/store.ts'
import { Button } from '../ui/button.tsx'
import { EmptyState } from '../ui/empty-state.tsx'
import { TextArea } from '../ui/text-area.tsx'
import { TextField } from '../ui/text-field.tsx'
import { renameParameterEdits } from './form/rename-parameter.ts'
import { readNumber } from './form/number-text.ts'
import { useDraft } from './form/use-draft.ts'
import { ParameterEditor } from './parameter-editor.tsx'

const seedLimits = { minimum: 0, maximum: 2 ** 31 - 1, includesMinimum: true, includesMaximum: true }

/** What belongs to the pipeline as a whole: shown while no node is selected. */
export function PipelinePanel() {
  const document = useStore((state) => activeTabOf(state)?.document)
  const selected = useStore((state) => state.selectedNodes.length)
  const applyEdits = useStore((state) => state.applyEdits)
  if (!document) return null
  if (selected > 1) {
    return (
      <EmptyState title={`${selected} nodes are selected`}>
        Select one of them to see its parameters.
      </EmptyState>
    )
  }
  const apply = (title: string, edit: Edit): void => void applyEdits(title, [edit])
  return (
    <div className="flex h-full flex-col gap-4 overflow-auto p-3">
      <h2 className="text-md font-semibold">Pipeline</h2>
      <PipelineFields document={document} onEdit={apply} />
      <section className="flex flex-col gap-2">
        <h3 className="font-medium">Parameters</h3>
        <p className="text-xs text-ink-faint">
          Values that nodes refer to as {'${name}'}, and that a run may be given anew.
        </p>
        {Object.entries(document.parameters).map(([name, parameter]) => (
          <ParameterEditor
            key={name}
            name={name}
            parameter={parameter}
            onEdit={apply}
            onRename={(to) =>
              applyEdits(`Rename the parameter “${name}”`, renameParameterEdits(document, name, to))
            }
          />
        ))}
        <Button
          tone="quiet"
          icon={<Plus size={14} />}
          className="-ml-2 self-start"
          onClick={() =>
            apply('Add a parameter', {
              kind: 'set-parameter',
              name: freeName(document.parameters),
              parameter: { type: 'text', default: '' },
            })
          }
        >
          Add a parameter
        </Button>
      </section>
    </div>
  )
}

interface PipelineFieldsProps {
  document: Pipeline
  onEdit: (title: string, edit: Edit) => void
}

function PipelineFields({ document, onEdit }: PipelineFieldsProps) {
  const name = useDraft(document.name, (typed) => {
    if (typed.trim() !== '')
      onEdit('Rename the pipeline', { kind: 'set-field', field: 'name', value: typed.trim() })
  })
  const description = useDraft(document.description ?? '', (typed) =>
    onEdit('Describe the pipeline', { kind: 'set-field', field: 'description', value: typed || null }),
  )
  const seed = useDraft(String(document.seed), (typed) => {
    const read = readNumber(typed, { isWhole: true, limits: seedLimits })
    if ('value' in read) onEdit('Set the seed', { kind: 'set-field', field: 'seed', value: read.value })
  })
  return (
    <>
      <label className="flex flex-col gap-1">
        <span className="font-medium">Name</span>
        <TextField
          value={name.text}
          maxLength={200}
          onChange={(event) => name.change(event.target.value)}
          onBlur={name.leave}
        />
      </label>
      <label className="flex flex-col gap-1">
        <span className="font-medium">Description</span>
        <TextArea
          rows={4}
          value={description.text}
          placeholder="What is it for?"
          onChange={(event) => description.change(event.target.value)}
          onBlur={description.leave}
        />
      </label>
      <label className="flex flex-col gap-1">
        <span className="font-medium">Seed</span>
        <TextField
          inputMode="numeric"
          value={seed.text}
          onChange={(event) => seed.change(event.target.value)}
          onBlur={seed.leave}
        />
        <span className="text-xs text-ink-faint">
          Everything that is drawn at random is drawn from this number.
        </span>
      </label>
    </>
  )
}

function freeName(taken: Pipeline['parameters']): string {
  let number = 1
  while (Object.hasOwn(taken, `parameter${number}`)) number++
  return `parameter${number}`
}
