/** What an export has to know of a registered model. */
export interface ExportedModel {
  /** In the registry. */
  name: string
  version: number
  /** Of its graph: tensors [rows, width]. */
  inputs: readonly ExportedTensor[]
  outputs: readonly ExportedTensor[]
  /** Of the columns whose tensor has another name: the column. */
  renamed: Readonly<Record<string, string>>
}

export interface ExportedTensor {
  name: string
  type: 'float32' | 'float64' | 'string'
  width: number
}

/** Files by their path within the folder. */
export type ExportedFiles = Readonly<Record<string, string>>

/** A name as Kubernetes and Docker take it: small letters, digits and “-”, at most 50. */
export function plainName(name: string): string {
  const plain = name
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, '-')
    .slice(0, 50)
    .replaceAll(/^-+|-+$/g, '')
  return plain === '' ? 'model' : plain
}
