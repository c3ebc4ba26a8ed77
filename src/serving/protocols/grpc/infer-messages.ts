/** Messages of `open-inference.proto` as they are decoded: fields by their names, 64-bit integers as texts. */
export interface InferRequestMessage {
  model_name: string
  model_version: string
  id: string
  inputs: InputTensorMessage[]
  outputs: { name: string; parameters: Parameters }[]
  raw_input_contents: Uint8Array[]
}

export interface InputTensorMessage {
  name: string
  datatype: string
  shape: string[]
  parameters: Parameters
  contents: TensorContents | null
}

export type Parameters = Record<string, Parameter>
export interface Parameter {
  bool_param?: boolean
  int64_param?: string | number
  string_param?: string
}

export interface TensorContents {
  bool_contents?: boolean[]
  int_contents?: number[]
  int64_contents?: string[]
  uint_contents?: number[]
  uint64_contents?: string[]
  fp32_contents?: number[]
  fp64_contents?: number[]
  bytes_contents?: Uint8Array[]
}

export interface InferResponseMessage {
  model_name: string
  model_version: string
  id: string
  parameters: Parameters
  outputs: { name: string; datatype: string; shape: number[]; contents?: TensorContents }[]
  raw_output_contents: Uint8Array[]
}
