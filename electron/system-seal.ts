import { join } from 'node:path'
import { app, safeStorage } from 'electron'
import type { Composition } from '../src/hosts/composition.ts'

/** What the system encrypts for this user; null where it has no key. The app must be ready. */
export const systemSeal: Composition['seal'] = () => {
  if (!safeStorage.isEncryptionAvailable()) return null
  // Without a key ring, Linux would “encrypt” with a password that everybody knows.
  if (process.platform === 'linux' && safeStorage.getSelectedStorageBackend() === 'basic_text') return null
  return {
    file: join(app.getPath('userData'), 'secrets.json'),
    seal: (text) => safeStorage.encryptString(text),
    unseal: (bytes) => safeStorage.decryptString(bytes),
  }
}
