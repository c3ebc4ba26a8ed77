/** The registry of models. */
export function ModelsView() {
  return <main aria-label="Models" />
}
