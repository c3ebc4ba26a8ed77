/** A name for the deployment of a model: small letters, digits and “-”, since it becomes part of addresses. */
export function deploymentNameOf(model: string): string {
  const plain = model
    .normalize('NFKD')
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, '-')
    .slice(0, 63)
    .replaceAll(/^-+|-+$/g, '')
  return plain === '' ? 'model' : plain
}
