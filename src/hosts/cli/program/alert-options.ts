import { InvalidArgumentError } from 'commander'

const hoursOfYear = 8_760

export function silenceHours(text: string): number {
  const value = text.trim() === '' ? Number.NaN : Number(text)
  if (!(value > 0 && value <= hoursOfYear))
    throw new InvalidArgumentError(`Give a number above 0, and at most ${hoursOfYear} (a year).`)
  return value
}
