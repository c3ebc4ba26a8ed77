/** The history of runs. */
export function RunsView() {
  return <main aria-label="Runs" />
}
