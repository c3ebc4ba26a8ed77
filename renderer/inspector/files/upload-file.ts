import { PipewrightError, type ErrorReport } from '../../../src/core/errors.ts'

interface UploadOptions {
  /** Where it goes; null: the folder of the workspace. */
  folder: string | null
  onProgress: (share: number) => void
}

/** Sends a file to the host and gives its path there. A request of the old kind: `fetch` tells no progress. */
export function uploadFile(file: File, { folder, onProgress }: UploadOptions): Promise<string> {
  const query = new URLSearchParams({ name: file.name, ...(folder !== null && { folder }) })
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest()
    request.open('POST', `api/upload?${query}`)
    request.setRequestHeader('content-type', 'application/octet-stream')
    request.responseType = 'json'
    request.upload.addEventListener('progress', ({ loaded, total }) => onProgress(loaded / total))
    request.addEventListener('load', () => {
      const answer = request.response as { path?: string } | ErrorReport | null
      if (request.status === 200 && answer && 'path' in answer && answer.path) resolve(answer.path)
      else reject(refusal(answer))
    })
    request.addEventListener('error', () => reject(refusal(null)))
    request.send(file)
  })
}

function refusal(answer: object | null): PipewrightError {
  if (answer && 'message' in answer) return new PipewrightError(answer as ErrorReport)
  return new PipewrightError({
    code: 'app.upload-failed',
    kind: 'environment',
    message: 'The file was not sent.',
    remedy: 'See that the host still runs, and try again.',
    values: {},
  })
}
