import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { isAppUrl } from '../../../electron/app-origin.ts'
import { commandLineWords, pathArguments } from '../../../electron/path-arguments.ts'
import { openWindowStates, placeOf } from '../../../electron/window-state.ts'

const state = { width: 1200, height: 800, x: 100, y: 50, isMaximized: false, folder: null }
const screen = { x: 0, y: 0, width: 1920, height: 1080 }

describe('the place of the window', () => {
  it('is where it was', () => {
    expect(placeOf(state, [screen])).toEqual({ x: 100, y: 50, width: 1200, height: 800 })
  })

  it('is left to the system the first time, and where that screen is gone', () => {
    expect(placeOf({ ...state, x: null, y: null }, [screen])).toEqual({ width: 1200, height: 800 })
    expect(placeOf({ ...state, x: 2500 }, [screen])).toEqual({ width: 1200, height: 800 })
    expect(placeOf({ ...state, x: 2500 }, [screen, { ...screen, x: 1920 }])).toMatchObject({ x: 2500 })
  })
})

describe('the state of the window', () => {
  let folder: string
  beforeEach(() => void (folder = mkdtempSync(join(tmpdir(), 'pipewright-window-'))))
  afterEach(() => rmSync(folder, { recursive: true }))

  it('is kept, field by field', () => {
    const states = openWindowStates(join(folder, 'window.json'))
    states.keep({ folder: '/data' })
    states.keep({ width: 1000, isMaximized: true })
    expect(openWindowStates(join(folder, 'window.json')).read()).toMatchObject({
      folder: '/data',
      width: 1000,
      isMaximized: true,
    })
  })

  it('is as at first where the file is damaged, or cannot be written', () => {
    writeFileSync(join(folder, 'window.json'), '{"width": -5}')
    expect(openWindowStates(join(folder, 'window.json')).read()).toMatchObject({ width: 1360, folder: null })
    const nowhere = openWindowStates(join(folder, 'missing', 'window.json'))
    nowhere.keep({ folder: '/data' })
    expect(nowhere.read().folder).toBeNull()
  })
})

describe('the page of the app', () => {
  it.each(['app://pipewright/index.html', 'app://pipewright/'])('is %s', (url) => {
    expect(isAppUrl(url)).toBe(true)
  })

  it.each([
    'app://other/index.html',
    'app://pipewright.evil/',
    'https://pipewright/',
    'file:///app://pipewright/',
    'about:blank',
    '',
  ])('is not “%s”', (url) => {
    expect(isAppUrl(url)).toBe(false)
  })
})

it('takes files, not switches, out of the arguments of a start', () => {
  const options = { isPackaged: true, cwd: '/work' }
  expect(pathArguments(['Pipewright', '--no-sandbox', 'a.pipeline.json', '/b.csv'], options)).toEqual([
    '/work/a.pipeline.json',
    '/b.csv',
  ])
  expect(pathArguments(['electron', 'main.js', 'x'], { ...options, isPackaged: false })).toEqual(['/work/x'])
})

it('is the command line where it is told so', () => {
  expect(commandLineWords(['Pipewright', 'cli', 'runs', 'list'], true)).toEqual(['runs', 'list'])
  expect(commandLineWords(['electron', 'main.js', 'cli'], false)).toEqual([])
  expect(commandLineWords(['Pipewright', 'cli.pipeline.json'], true)).toBeNull()
})
