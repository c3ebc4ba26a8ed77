/** Results that need room. */
export function ResultsDock() {
  return <section aria-label="Results" />
}
