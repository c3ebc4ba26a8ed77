import { describe, expect, it } from 'vitest'
import { LiveScreen } from '../../../src/hosts/cli/terminal/live-screen.ts'
import { TerminalScreen } from './terminal-screen.ts'

describe('the live screen', () => {
  it('draws over what it drew before', () => {
    const terminal = new TerminalScreen({ columns: 40, rows: 10 })
    terminal.write('$ pipewright run\n')
    const screen = new LiveScreen(terminal)
    screen.draw(['Telco churn', '  split  running'])
    screen.draw(['Telco churn', '  split  done', '  trees  running'])
    screen.draw(['Telco churn', '  all done'])
    screen.end()
    terminal.write('Done.\n')
    expect(terminal.text).toBe('$ pipewright run\nTelco churn\n  all done\nDone.')
  })

  it('writes nothing when nothing has changed', () => {
    const terminal = new TerminalScreen({ columns: 40, rows: 10 })
    const screen = new LiveScreen(terminal)
    screen.draw(['same'])
    screen.draw(['same'])
    expect(terminal.writes).toBe(1)
  })

  it('leaves no remains when the terminal has scrolled', () => {
    const terminal = new TerminalScreen({ columns: 40, rows: 4 })
    terminal.write('1\n2\n3\n')
    const screen = new LiveScreen(terminal)
    for (let frame = 0; frame < 5; frame++) screen.draw([`a ${frame}`, `b ${frame}`, `c ${frame}`])
    expect(terminal.text).toBe('1\n2\n3\na 4\nb 4\nc 4')
  })

  it('counts the lines that a narrower terminal has broken', () => {
    const terminal = new TerminalScreen({ columns: 10, rows: 10 })
    const screen = new LiveScreen(terminal)
    screen.draw(['123456789012345', 'short'])
    screen.draw(['x'])
    expect(terminal.text).toBe('x')
  })

  it('gives the cursor back', () => {
    let written = ''
    const screen = new LiveScreen({ columns: 40, rows: 10, write: (text) => (written += text) })
    screen.draw(['a'])
    expect(written).toContain('\u001b[?25l')
    screen.end()
    expect(written.endsWith('\u001b[?25h')).toBe(true)
  })
})
