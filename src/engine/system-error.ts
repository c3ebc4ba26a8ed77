import { PipewrightError } from '../core/errors.ts'
import { engineError } from './errors.ts'

/** What a runner threw, with errors of the operating system in words; what remains is a defect. */
export function inPlainWords(thrown: unknown): unknown {
  if (thrown instanceof PipewrightError || !(thrown instanceof Error)) return thrown
  const { code, path } = thrown as NodeJS.ErrnoException
  const place = path === undefined ? 'a file' : `“${path}”`
  const options = { cause: thrown }
  switch (code ?? 'none') {
    case 'ENOSPC':
    case 'EDQUOT':
      return engineError('disk-full', { path: place }, options)
    case 'EACCES':
    case 'EPERM':
    case 'EROFS':
      return engineError('not-permitted', { path: place }, options)
    case 'EBUSY':
    case 'ETXTBSY':
      return engineError('file-busy', { path: place }, options)
    case 'EMFILE':
    case 'ENFILE':
      return engineError('too-many-files', {}, options)
    case 'EIO':
      return engineError('disk-error', { path: place, problem: thrown.message }, options)
    default:
      return thrown
  }
}
