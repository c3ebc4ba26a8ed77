import { PostgreSQL, sql } from '@codemirror/lang-sql'
import { CodeEditor } from './code-editor.tsx'

interface QueryEditorProps {
  id: string
  label: string
  value: string
  /** The columns of each table, by the name that the query calls it. */
  tables: Readonly<Record<string, readonly string[]>>
  onChange: (text: string) => void
  onBlur: () => void
}

/** SQL, with tables and columns to complete. The editor is made anew when the tables change. */
export function QueryEditor({ tables, ...rest }: QueryEditorProps) {
  const schema = Object.fromEntries(Object.entries(tables).map(([name, columns]) => [name, [...columns]]))
  return (
    <CodeEditor
      {...rest}
      key={JSON.stringify(schema)}
      language={sql({ dialect: PostgreSQL, schema, upperCaseKeywords: true })}
      complete={null}
      placeholder="SELECT * FROM input"
      problemAt={null}
      lines={8}
    />
  )
}
