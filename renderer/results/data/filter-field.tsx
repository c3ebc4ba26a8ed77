import { Filter, X } from 'lucide-react'
import { useEffect, useId, useState } from 'react'
import type { Column } from '../../../src/core/columns.ts'
import { IconButton } from '../../ui/icon-button.tsx'
import { TextField } from '../../ui/text-field.tsx'
import { conditionProblem } from './condition-problem.ts'

interface FilterFieldProps {
  columns: readonly Column[]
  filter: string | null
  onFilter: (filter: string | null) => void
}

/** A condition on the rows; it counts when Enter is pressed. */
export function FilterField({ columns, filter, onFilter }: FilterFieldProps) {
  const [typed, setTyped] = useState(filter ?? '')
  const [problem, setProblem] = useState<string | null>(null)
  const id = useId()
  useEffect(() => {
    setTyped(filter ?? '')
    setProblem(null)
  }, [filter])
  const apply = (): void => {
    const text = typed.trim()
    const found = text === '' ? null : conditionProblem(text, columns)
    setProblem(found)
    if (found === null) onFilter(text === '' ? null : text)
  }
  return (
    <div className="min-w-0 flex-1">
      <div className="flex items-center gap-1">
        <div className="relative min-w-0 flex-1">
          <Filter
            size={14}
            aria-hidden
            className="pointer-events-none absolute top-1/2 left-2.5 -translate-y-1/2 text-ink-faint"
          />
          <TextField
            aria-label="Show only rows where"
            aria-describedby={problem === null ? undefined : id}
            placeholder="Only rows where … such as age >= 18 and town = 'Jena'"
            className="pl-8 font-mono text-xs"
            invalid={problem !== null}
            value={typed}
            onChange={(event) => setTyped(event.target.value)}
            onKeyDown={(event) => event.key === 'Enter' && apply()}
          />
        </div>
        {filter !== null && (
          <IconButton label="Show all rows" onClick={() => onFilter(null)}>
            <X size={15} />
          </IconButton>
        )}
      </div>
      {problem !== null && (
        <p id={id} role="alert" className="pt-1 text-xs text-bad">
          {problem}
        </p>
      )}
    </div>
  )
}
