import { useState } from 'react'
import type { ForeignModelData } from '../../src/contract/model-import.ts'
import { reportOf, type ErrorReport } from '../../src/core/errors.ts'
import { useClient } from '../api/client.ts'
import { useQuery } from '../api/use-query.ts'
import { FileDialog } from '../inspector/files/file-dialog.tsx'
import { LabelledField } from '../serving/labelled-field.tsx'
import { Button } from '../ui/button.tsx'
import { Dialog } from '../ui/dialog.tsx'
import { Spinner } from '../ui/spinner.tsx'
import { TextArea } from '../ui/text-area.tsx'
import { TextField } from '../ui/text-field.tsx'
import { columnsProblem, draftOf, mappingOf, nameProblem, type ImportDraft } from './import-draft.ts'
import { runImport } from './run-import.ts'

interface ImportDialogProps {
  path: string
  onClose: () => void
  onDone: (name: string) => void
}

/** Names the columns and labels of an ONNX model that something else trained, and registers it. */
export function ImportDialog({ path, onClose, onDone }: ImportDialogProps) {
  const client = useClient()
  const { data, error } = useQuery(path, (signal) => client.models.inspect({ path }, { signal }))
  if (data) return <ImportForm path={path} model={data} onClose={onClose} onDone={onDone} />
  return (
    <Dialog open onClose={onClose} title="Import a model" actions={<Button onClick={onClose}>Close</Button>}>
      {error ? <Refusal report={error} /> : <Spinner label="Reading the model" />}
    </Dialog>
  )
}

function ImportForm({ path, model, onClose, onDone }: ImportDialogProps & { model: ForeignModelData }) {
  const client = useClient()
  const [draft, setDraft] = useState<ImportDraft>(() => draftOf(path, model))
  const [reference, setReference] = useState<string | null>(null)
  const [isChoosing, setChoosing] = useState(false)
  const [isBusy, setBusy] = useState(false)
  const [refusal, setRefusal] = useState<ErrorReport | null>(null)
  const change = (part: Partial<ImportDraft>): void => setDraft((last) => ({ ...last, ...part }))
  const problem = columnsProblem(draft, model)
  const send = async (): Promise<void> => {
    setBusy(true)
    setRefusal(null)
    try {
      const name = draft.name.trim()
      await runImport(client, { path, reference, name, mapping: mappingOf(draft, model) })
      onDone(name)
    } catch (thrown) {
      setRefusal(reportOf(thrown))
    } finally {
      setBusy(false)
    }
  }
  const badName = nameProblem(draft)
  const canSend = !isBusy && !problem && !badName && draft.name.trim() !== ''
  return (
    <Dialog
      open
      wide
      onClose={onClose}
      title="Import a model"
      description={describeModel(model)}
      actions={
        <>
          {refusal && <Refusal report={refusal} />}
          <Button onClick={onClose}>Cancel</Button>
          <Button tone="accent" disabled={!canSend} onClick={() => void send()}>
            {isBusy ? 'Importing …' : 'Import'}
          </Button>
        </>
      }
    >
      <div className="flex flex-col gap-5">
        <LabelledField
          label="Name"
          problem={badName}
          hint="What it is called in the registry; one that is there already gets another version."
        >
          {({ id, describedBy }) => (
            <TextField
              id={id}
              aria-describedby={describedBy}
              invalid={badName !== undefined}
              value={draft.name}
              onChange={({ target }) => change({ name: target.value })}
            />
          )}
        </LabelledField>
        <LabelledField
          label="Columns"
          problem={problem}
          hint="One a line, in the order in which the model was trained."
        >
          {({ id, describedBy }) => (
            <TextArea
              id={id}
              rows={6}
              aria-describedby={describedBy}
              invalid={problem !== undefined}
              value={draft.columns}
              onChange={({ target }) => change({ columns: target.value })}
            />
          )}
        </LabelledField>
        <LabelledField
          label="Labels of the classes"
          hint="One a line, in the order of the probabilities. None: those of the file; a model with one output then answers with numbers."
        >
          {({ id, describedBy }) => (
            <TextArea
              id={id}
              aria-describedby={describedBy}
              value={draft.labels}
              onChange={({ target }) => change({ labels: target.value })}
            />
          )}
        </LabelledField>
        <LabelledField label="Target" hint="What its answers are about.">
          {({ id, describedBy }) => (
            <TextField
              id={id}
              aria-describedby={describedBy}
              placeholder="prediction"
              value={draft.target}
              onChange={({ target }) => change({ target: target.value })}
            />
          )}
        </LabelledField>
        <div className="flex flex-col gap-1">
          <div className="flex items-center gap-3">
            <Button onClick={() => setChoosing(true)}>Choose reference rows</Button>
            <span className="selectable min-w-0 flex-1 truncate">{reference}</span>
          </div>
          <p className="text-xs text-ink-faint">
            Rows such as it was trained on: how texts are read. Until there are some, drift and the comparison
            with held-out rows wait.
          </p>
        </div>
      </div>
      {isChoosing && (
        <FileDialog
          title="Choose reference rows"
          isFolder={false}
          onClose={() => setChoosing(false)}
          onChoose={(chosen) => {
            setReference(chosen)
            setChoosing(false)
          }}
        />
      )}
    </Dialog>
  )
}

function Refusal({ report }: { report: ErrorReport }) {
  return (
    <p role="alert" className="min-w-0 flex-1 rounded-md bg-bad-soft px-3 py-2 text-bad">
      {report.message} {report.remedy}
    </p>
  )
}

function describeModel({ producer, inputs, outputs }: ForeignModelData): string {
  const ports = (all: readonly { name: string; type: string | null }[]): string =>
    all.map(({ name, type }) => (type === null ? name : `${name} (${type})`)).join(', ')
  const by = producer === '' ? '' : `Written by ${producer}. `
  return `${by}Takes ${ports(inputs)}; gives ${ports(outputs)}.`
}
