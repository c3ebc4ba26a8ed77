import { HighlightStyle, syntaxHighlighting } from '@codemirror/language'
import type { Extension } from '@codemirror/state'
import { EditorView } from '@codemirror/view'
import { tags } from '@lezer/highlight'

const look = EditorView.theme({
  '&': {
    fontSize: '12px',
    color: 'var(--ink)',
    backgroundColor: 'var(--surface)',
    border: '1px solid var(--line-strong)',
    borderRadius: '6px',
  },
  '&.cm-focused': { outline: '2px solid var(--accent)', outlineOffset: '-1px' },
  '.cm-content': { fontFamily: 'var(--font-mono)', padding: '6px 0', caretColor: 'var(--ink)' },
  '.cm-line': { padding: '0 8px' },
  '.cm-cursor': { borderLeftColor: 'var(--ink)' },
  '&.cm-focused .cm-selectionBackground, .cm-selectionBackground': { backgroundColor: 'var(--accent-soft)' },
  '.cm-placeholder': { color: 'var(--ink-faint)' },
  '.cm-problem': { textDecoration: 'underline wavy var(--bad)', textUnderlineOffset: '3px' },
  '.cm-tooltip': {
    border: '1px solid var(--line)',
    borderRadius: '6px',
    backgroundColor: 'var(--surface)',
    boxShadow: 'var(--shadow-float)',
  },
  '.cm-tooltip-autocomplete > ul': { fontFamily: 'var(--font-sans)', fontSize: '12px', maxHeight: '14rem' },
  '.cm-tooltip-autocomplete > ul > li[aria-selected]': {
    backgroundColor: 'var(--hover)',
    color: 'var(--ink)',
  },
  '.cm-completionDetail': { color: 'var(--ink-faint)', fontStyle: 'normal' },
})

const colours = HighlightStyle.define([
  { tag: tags.keyword, color: 'var(--stage-features)' },
  { tag: [tags.string, tags.special(tags.string)], color: 'var(--stage-training)' },
  { tag: [tags.number, tags.bool, tags.null], color: 'var(--stage-ingestion)' },
  { tag: [tags.function(tags.variableName), tags.standard(tags.name)], color: 'var(--stage-monitoring)' },
  { tag: tags.comment, color: 'var(--ink-faint)' },
])

/** The look of code, in the colours of the theme that is on. */
export const editorTheme: Extension = [look, syntaxHighlighting(colours)]
