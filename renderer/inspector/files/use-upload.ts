import { useState } from 'react'
import { reportOf, type ErrorReport } from '../../../src/core/errors.ts'
import { uploadFile } from '../../api/upload-file.ts'

/** An upload as a component follows it; `share` is null while there is none. */
export function useUpload(onDone: (path: string) => void) {
  const [share, setShare] = useState<number | null>(null)
  const [error, setError] = useState<ErrorReport | null>(null)
  const start = async (file: File, folder: string | null): Promise<void> => {
    setError(null)
    setShare(0)
    try {
      onDone(await uploadFile(file, { onProgress: setShare, folder, use: 'any' }))
    } catch (thrown) {
      setError(reportOf(thrown))
    } finally {
      setShare(null)
    }
  }
  return { share, error, start }
}
