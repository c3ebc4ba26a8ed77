/** The selected node: its parameters and what is known of it. */
export function Inspector() {
  return <aside aria-label="Inspector" />
}
