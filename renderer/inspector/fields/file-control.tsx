import { FolderOpen } from 'lucide-react'
import { useState } from 'react'
import { useNative } from '../../api/native-context.ts'
import { IconButton } from '../../ui/icon-button.tsx'
import { TextField } from '../../ui/text-field.tsx'
import { FileDialog } from '../files/file-dialog.tsx'
import { pathFromPipeline } from '../form/relative-path.ts'
import { useForm } from '../form/form-context.ts'
import { useDraft } from '../form/use-draft.ts'
import { effective, type FieldProps } from './field-props.ts'

const placeholders = {
  file: 'Choose a file',
  'file-to-write': 'Such as answers.csv',
  folder: 'Choose a folder',
}
const choices = { file: 'any', 'file-to-write': 'save-any', folder: 'folder' } as const

/** A path, typed or chosen; relative to the pipeline’s file. */
export function FileControl({ field, value, onChange, id, label, describedBy, invalid }: FieldProps<'file'>) {
  const { pipelinePath } = useForm()
  const native = useNative()
  const { what } = field.field
  const [isOpen, setOpen] = useState(false)
  const take = (path: string | null): void => {
    if (path !== null) onChange(pathFromPipeline(pipelinePath, path))
  }
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
        placeholder={placeholders[what]}
        onChange={(event) => draft.change(event.target.value)}
        onBlur={draft.leave}
        onKeyDown={draft.keyDown}
      />
      <IconButton
        label={`Browse for ${field.title.toLowerCase()}`}
        onClick={() => (native ? void native.choose(choices[what]).then(take) : setOpen(true))}
      >
        <FolderOpen size={16} />
      </IconButton>
      {isOpen && (
        <FileDialog
          title={field.title}
          isFolder={what === 'folder'}
          onClose={() => setOpen(false)}
          onChoose={(path) => {
            setOpen(false)
            take(path)
          }}
        />
      )}
    </div>
  )
}
