import {
  autocompletion,
  closeBrackets,
  completionKeymap,
  type CompletionSource,
} from '@codemirror/autocomplete'
import { defaultKeymap, history, historyKeymap } from '@codemirror/commands'
import { bracketMatching } from '@codemirror/language'
import { Compartment, EditorState, type Extension } from '@codemirror/state'
import { Decoration, EditorView, keymap, placeholder as placeholderOf } from '@codemirror/view'
import { useEffect, useEffectEvent, useRef } from 'react'
import { editorTheme } from './editor-theme.ts'

export interface CodeEditorProps {
  id: string
  label: string
  value: string
  language: Extension
  complete: CompletionSource | null
  placeholder: string
  /** Offset of what is wrong, to be marked. */
  problemAt: number | null
  /** Lines that it is tall at least. */
  lines: number
  onChange: (text: string) => void
  onBlur: () => void
}

/** An editor of code. Tab leaves it, as any field. */
export function CodeEditor(props: CodeEditorProps) {
  const { id, label, value, language, complete, placeholder, problemAt, lines, onChange, onBlur } = props
  const host = useRef<HTMLDivElement>(null)
  const editor = useRef<EditorView | null>(null)
  const changing = useRef({ completion: new Compartment(), marks: new Compartment() })
  const change = useEffectEvent(onChange)
  const blur = useEffectEvent(onBlur)
  useEffect(() => {
    const { completion, marks } = changing.current
    const view = new EditorView({
      parent: host.current!,
      state: EditorState.create({
        doc: value,
        extensions: [
          history(),
          bracketMatching(),
          closeBrackets(),
          keymap.of([...completionKeymap, ...historyKeymap, ...defaultKeymap]),
          EditorView.lineWrapping,
          language,
          editorTheme,
          completion.of(completionOf(complete)),
          marks.of([]),
          placeholderOf(placeholder),
          EditorView.contentAttributes.of({ id, 'aria-label': label }),
          EditorView.theme({ '.cm-content': { minHeight: `${lines * 1.4 + 1}em` } }),
          EditorView.updateListener.of(({ docChanged, state }) => {
            if (docChanged) change(state.doc.toString())
          }),
          EditorView.domEventHandlers({ blur: () => blur() }),
        ],
      }),
    })
    editor.current = view
    return () => view.destroy()
  }, [])
  useEffect(() => {
    const view = editor.current!
    const { length } = view.state.doc
    if (view.state.doc.toString() !== value)
      view.dispatch({ changes: { from: 0, to: length, insert: value } })
  }, [value])
  useEffect(() => {
    const { completion } = changing.current
    editor.current!.dispatch({ effects: completion.reconfigure(completionOf(complete)) })
  }, [complete])
  useEffect(() => {
    const { marks } = changing.current
    editor.current!.dispatch({ effects: marks.reconfigure(marksOf(editor.current!.state, problemAt)) })
  }, [problemAt, value])
  return <div ref={host} />
}

const completionOf = (complete: CompletionSource | null): Extension =>
  complete ? autocompletion({ override: [complete], icons: false }) : autocompletion({ icons: false })

function marksOf({ doc }: EditorState, at: number | null): Extension {
  if (at === null || doc.length === 0) return []
  const from = Math.min(Math.max(at, 0), doc.length - 1)
  const word = /^[\p{L}\p{M}\p{N}_]+/u.exec(doc.sliceString(from))
  const to = Math.min(doc.length, from + (word?.[0].length ?? 1))
  return EditorView.decorations.of(Decoration.set(Decoration.mark({ class: 'cm-problem' }).range(from, to)))
}
