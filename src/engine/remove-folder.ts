import { rm } from 'node:fs/promises'

/** Removes a folder of staging; what cannot be removed now (Windows: still open somewhere) goes with the next host. */
export async function removeFolder(folder: string): Promise<void> {
  await rm(folder, { recursive: true, force: true, maxRetries: 3 }).catch(() => {})
}
