import type { Snippets } from '../../contract/deployments-contract.ts'
import type { RawValue } from '../../contract/model-details.ts'

/** How to ask an endpoint for one row, in three languages. The token stands in an environment variable. */
export function snippetsFor({
  address,
  row,
  needsToken,
}: {
  /** `http://127.0.0.1:8750`. */
  address: string
  row: Readonly<Record<string, RawValue>>
  needsToken: boolean
}): Snippets {
  const url = `${address}/predict`
  return {
    curl: curl({ url, row, needsToken }),
    python: python({ url, row, needsToken }),
    javascript: javascript({ url, row, needsToken }),
  }
}

interface Request {
  url: string
  row: Readonly<Record<string, RawValue>>
  needsToken: boolean
}

function curl({ url, row, needsToken }: Request): string {
  const body = JSON.stringify(row).replaceAll("'", String.raw`'\''`)
  const token = needsToken ? ` -H "authorization: Bearer $PIPEWRIGHT_TOKEN"` : ''
  return `curl ${url} -H 'content-type: application/json'${token} -d '${body}'`
}

function python({ url, row, needsToken }: Request): string {
  const entries = Object.entries(row).map(
    ([name, value]) => `    ${JSON.stringify(name)}: ${pythonValue(value)},`,
  )
  const token = needsToken
    ? [`    headers={"authorization": f"Bearer {os.environ['PIPEWRIGHT_TOKEN']}"},`]
    : []
  return [
    ...(needsToken ? ['import os', ''] : []),
    'import requests',
    '',
    'row = {',
    ...entries,
    '}',
    'answer = requests.post(',
    `    ${JSON.stringify(url)},`,
    '    json=row,',
    ...token,
    '    timeout=10,',
    ')',
    'answer.raise_for_status()',
    'print(answer.json())',
  ].join('\n')
}

function pythonValue(value: RawValue): string {
  if (value === null) return 'None'
  if (typeof value === 'boolean') return value ? 'True' : 'False'
  return JSON.stringify(value)
}

function javascript({ url, row, needsToken }: Request): string {
  const token = needsToken ? ', authorization: `Bearer ${process.env.PIPEWRIGHT_TOKEN}`' : ''
  return [
    `const row = ${JSON.stringify(row, null, 2)}`,
    `const answer = await fetch(${JSON.stringify(url)}, {`,
    "  method: 'POST',",
    `  headers: { 'content-type': 'application/json'${token} },`,
    '  body: JSON.stringify(row),',
    '})',
    'console.log(await answer.json())',
  ].join('\n')
}
