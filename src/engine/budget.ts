/** What all steps that run at a time may use together. */
export interface Budget {
  cores: number
  memoryMb: number
}
