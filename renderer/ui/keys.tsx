import { classNames } from './class-names.ts'

const isMac = /Mac|iPhone|iPad/.test(navigator.userAgent)
const names: Readonly<Record<string, string>> = {
  mod: isMac ? '⌘' : 'Ctrl',
  shift: isMac ? '⇧' : 'Shift',
  alt: isMac ? '⌥' : 'Alt',
  enter: 'Enter',
  escape: 'Esc',
  delete: 'Del',
  space: 'Space',
  tab: 'Tab',
  arrowleft: '←',
  arrowright: '→',
  arrowup: '↑',
  arrowdown: '↓',
  arrows: '↑ ↓ ← →',
}

/** A combination of keys such as `mod+shift+z`, in the words of this keyboard. */
export function Keys({ keys, onDark = false }: { keys: string; onDark?: boolean }) {
  return (
    <span className="inline-flex items-center gap-0.5">
      {keys.split('+').map((key) => (
        <kbd
          key={key}
          className={classNames(
            'rounded-sm px-1 font-sans text-2xs font-medium tabular',
            onDark ? 'text-surface opacity-80' : 'border border-line bg-raised text-ink-soft',
          )}
        >
          {names[key] ?? key.toUpperCase()}
        </kbd>
      ))}
    </span>
  )
}
