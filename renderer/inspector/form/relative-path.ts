/** The path of a file as a pipeline names it: relative to the folder of the pipeline’s file, with `/`. */
export function pathFromPipeline(pipelinePath: string, file: string): string {
  const from = partsOf(pipelinePath).slice(0, -1)
  const to = partsOf(file)
  // On Windows there is no way from one drive to another.
  if (/^[A-Za-z]:/.test(file) && from[0]?.toLowerCase() !== to[0]?.toLowerCase()) return file
  let shared = 0
  while (shared < from.length && shared < to.length - 1 && from[shared] === to[shared]) shared++
  return [...from.slice(shared).map(() => '..'), ...to.slice(shared)].join('/')
}

const partsOf = (path: string): string[] => path.split(/[\\/]/)
