/** Keeps secrets: never as plain text in a file. */
export interface SecretKeeper {
  /** `sealed`: for good, encrypted by the system. `session`: in memory, until this process ends. */
  readonly keeping: 'sealed' | 'session'
  names(): Promise<readonly string[]>
  /** Null for a name that is not kept. */
  read(name: string): Promise<string | null>
  keep(name: string, value: string): Promise<void>
  forget(name: string): Promise<void>
}

/** For where no system seals anything: a browser's host, or a machine without a key ring. */
export function keepForSession(): SecretKeeper {
  const values = new Map<string, string>()
  return {
    keeping: 'session',
    names: () => Promise.resolve([...values.keys()]),
    read: (name) => Promise.resolve(values.get(name) ?? null),
    keep: (name, value) => Promise.resolve(void values.set(name, value)),
    forget: (name) => Promise.resolve(void values.delete(name)),
  }
}
