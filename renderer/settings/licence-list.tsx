import { licences } from 'virtual:shipped-licences'

/** Every library that is shipped; its licence opens below it. */
export function LicenceList() {
  return (
    <ul className="h-96">
      {licences.map(({ name, version, licence, text }) => (
        <li key={`${name} ${version}`}>
          <details>
            <summary className="cursor-default rounded-md px-1 py-1 hover:bg-hover">
              <span className="font-medium">{name}</span>{' '}
              <span className="text-ink-soft tabular">{version}</span>{' '}
              <span className="text-ink-faint">{licence}</span>
            </summary>
            <p className="selectable my-1 rounded-md bg-raised p-3 text-xs whitespace-pre-wrap text-ink-soft">
              {text ?? `Its package has no text of the licence: see “${licence}”.`}
            </p>
          </details>
        </li>
      ))}
    </ul>
  )
}
