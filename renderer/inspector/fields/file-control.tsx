import { FolderOpen } from 'lucide-react'
import { useState } from 'react'
import { IconButton } from '../../ui/icon-button.tsx'
import { TextField } from '../../ui/text-field.tsx'
import { FileDialog } from '../files/file-dialog.tsx'
import { pathFromPipeline } from '../form/relative-path.ts'
import { useForm } from '../form/form-context.ts'
import { useDraft } from '../form/use-draft.ts'
import { effective, type FieldProps } from './field-props.ts'

/** A path, typed or chosen; relative to the pipeline’s file. */
export function FileControl({ field, value, onChange, id, label, describedBy, invalid }: FieldProps<'file'>) {
  const { pipelinePath } = useForm()
  const [isOpen, setOpen] = useState(false)
  const shown = effective(field, value)
  const draft = useDraft(typeof shown === 'string' ? shown : '', (typed) =>
    onChange(typed === '' && !field.isRequired ? undefined : typed),
  )
  return (
    <div className="flex items-center gap-1">
      <TextField
        id={id}
        aria-label={label}
        aria-describedby={describedBy}
        invalid={invalid}
        value={draft.text}
        placeholder={field.field.toWrite ? 'Such as answers.csv' : 'Choose a file'}
        onChange={(event) => draft.change(event.target.value)}
        onBlur={draft.leave}
        onKeyDown={draft.keyDown}
      />
      <IconButton label={`Browse for ${field.title.toLowerCase()}`} onClick={() => setOpen(true)}>
        <FolderOpen size={16} />
      </IconButton>
      {isOpen && (
        <FileDialog
          title={field.title}
          onClose={() => setOpen(false)}
          onChoose={(path) => {
            setOpen(false)
            onChange(pathFromPipeline(pipelinePath, path))
          }}
        />
      )}
    </div>
  )
}
