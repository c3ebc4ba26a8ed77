import { useEffect, useEffectEvent, useRef, useState } from 'react'

const pauseMs = 250

/**
 * What is being typed, before it is a value. It is handed on after a short pause and when the field is left, so that one
 * edit is one step of undo; a value that changes from outside takes its place. Where `commit` answers with a problem, what
 * was typed is no value: it stays, beside the problem, until it is mended.
 */
export function useDraft(text: string, commit: (text: string) => string | void) {
  const [draft, setDraft] = useState<string | null>(null)
  const [problem, setProblem] = useState<string | null>(null)
  const isRefused = useRef(false)
  const pending = useRef<string | null>(null)
  const isOwnChange = useRef(false)
  const handOn = (): void => {
    const typed = pending.current
    pending.current = null
    if (typed === null) return
    const found = typed === text ? undefined : commit(typed)
    isRefused.current = found !== undefined
    isOwnChange.current = typed !== text && found === undefined
    setProblem(found ?? null)
  }
  const flush = useEffectEvent(handOn)
  useEffect(() => {
    if (draft === null) return
    const timer = setTimeout(() => flush(), pauseMs)
    return () => clearTimeout(timer)
  }, [draft])
  useEffect(() => {
    // “1.” is the number 1: what is typed must not turn into what it means while the field has the focus.
    if (!isOwnChange.current && pending.current === null) {
      isRefused.current = false
      setDraft(null)
      setProblem(null)
    }
    isOwnChange.current = false
  }, [text])
  useEffect(() => () => flush(), [])
  const leave = (): void => {
    handOn()
    isOwnChange.current = false
    if (!isRefused.current) setDraft(null)
  }
  return {
    text: draft ?? text,
    problem,
    change: (typed: string): void => {
      pending.current = typed
      setDraft(typed)
    },
    leave,
    /** Enter hands on what was typed at once. */
    keyDown: (event: { key: string }): void => {
      if (event.key === 'Enter') leave()
    },
  }
}
