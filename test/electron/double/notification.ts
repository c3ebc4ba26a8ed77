import { EventEmitter } from 'node:events'
import { control, note } from './control.ts'

export class Notification extends EventEmitter {
  readonly #said: { title: string; body: string }

  constructor(said: { title: string; body: string }) {
    super()
    this.#said = said
  }

  static isSupported(): boolean {
    return control.isReady
  }

  show(): void {
    control.notification = this
    note('notification', this.#said)
  }
}
