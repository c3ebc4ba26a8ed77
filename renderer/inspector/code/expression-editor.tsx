import { useMemo } from 'react'
import type { Column } from '../../../src/core/columns.ts'
import { CodeEditor } from './code-editor.tsx'
import { completeExpression, expressionLanguage } from './expression-language.ts'

interface ExpressionEditorProps {
  id: string
  label: string
  value: string
  columns: readonly Column[]
  problemAt: number | null
  onChange: (text: string) => void
  onBlur: () => void
}

export function ExpressionEditor({ columns, ...rest }: ExpressionEditorProps) {
  const complete = useMemo(() => completeExpression(columns), [columns])
  return (
    <CodeEditor
      {...rest}
      language={expressionLanguage}
      complete={complete}
      placeholder="Such as age >= 18 and town = 'Jena'"
      lines={2}
    />
  )
}
