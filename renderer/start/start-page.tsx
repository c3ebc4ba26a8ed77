export function StartPage() {
  return <main aria-label="Start" />
}
