import {
  autocompletion,
  closeBrackets,
  completionKeymap,
  type CompletionSource,
} from '@codemirror/autocomplete'
import { defaultKeymap, history, historyKeymap } from '@codemirror/commands'
import { bracketMatching } from '@codemirror/language'
import { Annotation, Compartment, EditorState, type Extension } from '@codemirror/state'
import { EditorView, keymap, placeholder as placeholderOf } from '@codemirror/view'
import { useEffect, useEffectEvent, useRef } from 'react'
import { editorTheme } from './editor-theme.ts'
import { markProblem, problemMark } from './problem-mark.ts'

/** Of a change that was not typed here. */
const fromOutside = Annotation.define<true>()

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
  const completion = useRef(new Compartment())
  // What was typed, until it has come back as the value: a value that is late must not overwrite it.
  const ahead = useRef<string | null>(null)
  const change = useEffectEvent((text: string) => {
    ahead.current = text === value ? null : text
    onChange(text)
  })
  const blur = useEffectEvent(onBlur)
  useEffect(() => {
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
          completion.current.of(completionOf(complete)),
          problemMark,
          placeholderOf(placeholder),
          EditorView.contentAttributes.of({ id, 'aria-label': label }),
          EditorView.theme({ '.cm-content': { minHeight: `${lines * 1.4 + 1}em` } }),
          EditorView.updateListener.of(({ docChanged, state, transactions }) => {
            const isTyped = !transactions.some((each) => each.annotation(fromOutside))
            if (docChanged && isTyped) change(state.doc.toString())
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
    const { doc } = view.state
    if (value === ahead.current) ahead.current = null
    if (ahead.current !== null || doc.toString() === value) return
    view.dispatch({
      changes: { from: 0, to: doc.length, insert: value },
      annotations: fromOutside.of(true),
    })
  }, [value])
  useEffect(() => {
    editor.current!.dispatch({ effects: completion.current.reconfigure(completionOf(complete)) })
  }, [complete])
  useEffect(() => {
    editor.current!.dispatch({ effects: markProblem.of(problemAt) })
  }, [problemAt, value])
  return <div ref={host} />
}

const completionOf = (complete: CompletionSource | null): Extension =>
  complete ? autocompletion({ override: [complete], icons: false }) : autocompletion({ icons: false })
