import { createHash } from 'node:crypto'

/** Light and dark by what the system says; contrast of at least 4.5 to 1 in both. */
const style = `
:root { color-scheme: light dark; --ink: light-dark(#1c2024, #e8eaed); --soft: light-dark(#5a636c, #a6afb8);
  --paper: light-dark(#ffffff, #15181b); --raised: light-dark(#f4f6f8, #1e2226); --line: light-dark(#c3cad1, #454d55);
  --accent: light-dark(#1a56c4, #8ab4ff); --accent-ink: light-dark(#ffffff, #10233f); --bad: light-dark(#b3261e, #ff9a92) }
* { box-sizing: border-box }
body { margin: 0; font: 15px/1.5 system-ui, sans-serif; color: var(--ink); background: var(--paper) }
main { max-width: 60rem; margin: 0 auto; padding: 2rem 1.25rem 4rem }
h1 { font-size: 1.4rem; margin: 0 } h2 { font-size: 1.05rem; margin: 2rem 0 .5rem }
p { margin: .25rem 0 1rem; color: var(--soft) }
.fields { display: grid; gap: .75rem 1rem; grid-template-columns: repeat(auto-fill, minmax(14rem, 1fr)) }
label { display: block; font-size: .85rem; overflow-wrap: anywhere }
label small { color: var(--soft) }
input { width: 100%; font: inherit; color: inherit; background: var(--paper); border: 1px solid var(--line);
  border-radius: 6px; padding: .4rem .55rem; margin-top: .15rem }
button { font: inherit; font-weight: 600; color: var(--accent-ink); background: var(--accent); border: 0;
  border-radius: 6px; padding: .5rem 1.1rem; margin-top: 1.25rem; cursor: pointer }
:focus-visible { outline: 2px solid var(--accent); outline-offset: 2px }
pre { background: var(--raised); border: 1px solid var(--line); border-radius: 8px; padding: .9rem 1rem; overflow: auto;
  white-space: pre-wrap; overflow-wrap: anywhere; margin: 0 }
.bad { color: var(--bad) } [hidden] { display: none } a { color: var(--accent) }
`

const script = `
const part = (id) => document.getElementById(id)
const headers = () => {
  const token = part('token').value.trim()
  return token === '' ? {} : { authorization: 'Bearer ' + token }
}
const show = (text, isBad) => {
  part('answer').textContent = text
  part('answer').classList.toggle('bad', isBad)
}
let columns = {}
function draw(description) {
  columns = description.components.schemas.Row.properties
  part('title').textContent = description.info.title
  document.title = description.info.title
  part('about').textContent = description.info.description
  part('fields').replaceChildren(...Object.entries(columns).map(([name, schema], index) => {
    const label = document.createElement('label')
    const kind = document.createElement('small')
    const input = document.createElement('input')
    kind.textContent = ' ' + (schema.format ?? schema.description ?? schema.type[0])
    input.name = name
    input.id = 'column-' + index
    input.autocomplete = 'off'
    label.htmlFor = input.id
    label.append(name, kind, input)
    return label
  }))
  part('form').hidden = false
}
async function load() {
  const response = await fetch('openapi.json', { headers: headers() })
  part('access').hidden = response.ok
  if (response.ok) draw(await response.json())
  else if (response.status === 401) part('about').textContent = 'This endpoint asks for its token.'
  else part('about').textContent = 'The endpoint does not answer (' + response.status + ').'
}
function rowOf(form) {
  const filled = Array.from(new FormData(form)).filter(([, text]) => text !== '')
  return Object.fromEntries(filled)
}
part('form').addEventListener('submit', async (event) => {
  event.preventDefault()
  const body = JSON.stringify(rowOf(event.target))
  const sent = { method: 'POST', headers: { ...headers(), 'content-type': 'application/json' }, body }
  const response = await fetch('predict', sent).catch((error) => ({ ok: false, text: async () => error.message }))
  const text = await response.text()
  try { show(JSON.stringify(JSON.parse(text), null, 2), !response.ok) } catch { show(text, true) }
  part('result').hidden = false
})
part('access').addEventListener('submit', (event) => {
  event.preventDefault()
  load()
})
load()
`

/** A page to try an endpoint with. It tells nothing about the model itself: it asks for the description, as others do. */
export const tryPage = `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>Endpoint</title>
<link rel="icon" href="data:,">
<style>${style}</style>
</head>
<body>
<main>
<h1 id="title">Endpoint</h1>
<p id="about" role="status">Asking what it takes …</p>
<form id="access" hidden>
<label for="token">Token</label>
<input id="token" type="password" autocomplete="off">
<button>Continue</button>
</form>
<form id="form" hidden>
<div id="fields" class="fields"></div>
<button>Predict</button>
</form>
<section id="result" aria-live="polite" hidden>
<h2>Answer</h2>
<pre id="answer" tabindex="0" aria-label="Answer"></pre>
</section>
<p><a href="openapi.json">Description of all addresses (OpenAPI)</a></p>
</main>
<script>${script}</script>
</body>
</html>
`

/** Only what the page holds itself may run in it, and it speaks to its own server alone. */
export const tryPagePolicy = [
  "default-src 'none'",
  `script-src ${sourceOf(script)}`,
  `style-src ${sourceOf(style)}`,
  'img-src data:',
  "connect-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ')

function sourceOf(text: string): string {
  return `'sha256-${createHash('sha256').update(text).digest('base64')}'`
}
