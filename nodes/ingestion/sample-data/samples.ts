import type { ReaderParams } from '../reader-params.ts'

interface Sample {
  /** Below the folder of the examples. */
  file: string
  /** Of its content: it stands in this code, so that a step runs again when the table is another one. */
  sha256: string
  reading: Partial<ReaderParams>
}

/** The tables that come with Pipewright, and how each is read. */
export const samples = {
  'telco-churn': {
    file: 'telco-churn/telco-churn.csv',
    sha256: '16320c9c1ec72448db59aa0a26a0b95401046bef5d02fd3aeb906448e3055e91',
    reading: {},
  },
  titanic: {
    file: 'titanic/titanic.csv',
    sha256: '14769fb1850e2d26d8e6db0ee49c213878040432827e39b13caaa15603c6598f',
    reading: {},
  },
  'adult-income-train': {
    file: 'adult-income/adult-train.csv',
    sha256: '5eb85007aef7f9da1147afb3d73567adb83454c447274fd1f9b5f352f897b5d8',
    reading: { nullValues: ['', '?'] },
  },
  'adult-income-test': {
    file: 'adult-income/adult-test.csv',
    sha256: 'de8fb7805b2b84ad954ab9c1e3327ffba610ee87647e35dc1edf215556087d0a',
    reading: { nullValues: ['', '?'], replace: { income: { '<=50K.': '<=50K', '>50K.': '>50K' } } },
  },
  'california-housing': {
    file: 'california-housing/california-housing.csv',
    sha256: '8a3727f4cf54ac1a327f69b1d5b4db54c5834ea81c6e4efc0d163300022a685e',
    reading: {},
  },
  diamonds: {
    file: 'diamonds/diamonds.csv',
    sha256: '9574730b03aba241d899c4a97511c5061b19358fab89510774fb6c24168345c4',
    reading: {},
  },
} as const satisfies Readonly<Record<string, Sample>>
export type SampleName = keyof typeof samples

export const sampleNames = Object.keys(samples) as [SampleName, ...SampleName[]]
