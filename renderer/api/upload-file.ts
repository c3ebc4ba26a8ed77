import { z } from 'zod'
import { errorReportSchema } from '../../src/contract/error-report.ts'
import { PipewrightError } from '../../src/core/errors.ts'

const answerSchema = z.object({ path: z.string() })
const refusalSchema = z.object({ error: errorReportSchema })

/**
 * Sends a file of this machine to a folder of the host (that of the workspace where none is given), and gives its path
 * there. `onProgress` gets 0–1. One that is to `start` a pipeline from is refused, and not kept, where that cannot be.
 */
export function uploadFile(
  file: File,
  {
    onProgress,
    folder = null,
    use,
  }: { onProgress: (share: number) => void; folder?: string | null; use: 'start' | 'any' },
): Promise<string> {
  const query = new URLSearchParams({ name: file.name, use, ...(folder !== null && { folder }) })
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest()
    request.open('POST', `api/upload?${query}`)
    request.setRequestHeader('content-type', 'application/octet-stream')
    request.upload.addEventListener('progress', ({ loaded, total }) =>
      onProgress(total > 0 ? loaded / total : 0),
    )
    request.addEventListener('error', () => reject(new Error(`“${file.name}” could not be sent.`)))
    request.addEventListener('load', () => {
      try {
        const body: unknown = JSON.parse(request.responseText)
        const answer = answerSchema.safeParse(body)
        if (request.status < 300 && answer.success) return resolve(answer.data.path)
        const refusal = refusalSchema.safeParse(body)
        throw refusal.success
          ? new PipewrightError(refusal.data.error)
          : new Error(`“${file.name}” was refused (${request.status}).`)
      } catch (error) {
        reject(error instanceof Error ? error : new Error(String(error)))
      }
    })
    request.send(file)
  })
}
