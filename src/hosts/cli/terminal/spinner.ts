const frames = ['⠋', '⠙', '⠹', '⠸', '⠼', '⠴', '⠦', '⠧', '⠇', '⠏']

/** Turns once a second. */
export function spinnerFrame(epochMs: number): string {
  return frames[Math.floor(epochMs / 100) % frames.length]!
}
