import { spawnSync } from 'node:child_process'

const python = '/usr/bin/python3'

/** Something to compare with is not installed. */
export class MissingPeer extends Error {}

/** The Python to run peers with, once it has all of these modules. */
export function pythonWith(modules: Readonly<Record<string, string>>): string {
  const missing = Object.entries(modules).filter(([module]) => !hasModule(module))
  if (missing.length === 0) return python
  const names = missing.map(([module]) => module).join(', ')
  const packages = missing.map(([, name]) => name).join(' ')
  throw new MissingPeer(`To compare with, ${names} is missing: apt-get install ${packages}`)
}

function hasModule(module: string): boolean {
  return spawnSync(python, ['-c', `import ${module}`]).status === 0
}
