// Reads a door's OpenAPI document and shows it. No framework, nothing from elsewhere.

const byId = (id) => document.getElementById(id)

/** Makes an element; texts are always text, never markup. */
function make(tag, properties = {}, ...children) {
  const element = Object.assign(document.createElement(tag), properties)
  element.append(...children.filter((child) => child !== undefined))
  return element
}

async function readJson(address) {
  const answer = await fetch(address)
  if (!answer.ok) throw new Error(`${address} answered ${answer.status}`)
  return answer.json()
}

function resolve(schema, api) {
  if (!schema?.$ref) return schema ?? {}
  return resolve(api.components.schemas[schema.$ref.split('/').pop()], api)
}

function typeOf(schema, api) {
  const own = resolve(schema, api)
  if (own.enum) return own.enum.map((value) => `"${value}"`).join(' | ')
  if (own.const !== undefined) return `"${own.const}"`
  if (own.type === 'array') return `list of ${typeOf(own.items, api)}`
  const alternatives = own.anyOf ?? own.oneOf
  if (alternatives) return alternatives.map((one) => typeOf(one, api)).join(' or ')
  if (schema?.$ref) return schema.$ref.split('/').pop()
  return [own.type ?? 'any'].flat().join(', ')
}

/** The fields of a schema as rows, those inside lists and objects indented by their path. */
function fieldRows(schema, api, path = '', seen = []) {
  // Every record stands in the envelope's list: its fields are told without it.
  const own = resolve(schema, api)
  if (seen.includes(own)) return []
  const inside = [...seen, own]
  if (own.type === 'array') return fieldRows(own.items, api, `${path}[]`, inside)
  if (own.anyOf) return own.anyOf.flatMap((one) => fieldRows(one, api, path, inside))
  return Object.entries(own.properties ?? {}).flatMap(([name, field]) => {
    const at = path && path !== 'responseData[]' ? `${path}.${name}` : name
    const required = own.required?.includes(name) ?? false
    const row = { name: at, type: typeOf(field, api), text: describe(field, api), required }
    return [row, ...fieldRows(field, api, at, inside)]
  })
}

function describe(field, api) {
  return field.description ?? resolve(field, api).description ?? ''
}

function fieldTable(rows, markRequired) {
  const heads = ['Field', 'Type', 'Meaning'].map((text) => make('th', { scope: 'col', textContent: text }))
  const body = rows.map((row) =>
    make(
      'tr',
      {},
      make('td', { className: markRequired && row.required ? 'required' : '', textContent: row.name }),
      make('td', { textContent: row.type }),
      make('td', { textContent: row.text }),
    ),
  )
  const table = make('table', {}, make('thead', {}, make('tr', {}, ...heads)), make('tbody', {}, ...body))
  return make('div', { className: 'scroll', tabIndex: 0, role: 'region', ariaLabel: 'Fields' }, table)
}

function section(title, rows, markRequired = false) {
  return rows.length === 0 ? [] : [make('h3', { textContent: title }), fieldTable(rows, markRequired)]
}

function article(operation, api) {
  const { path, method, of } = operation
  const parameters = (of.parameters ?? []).map((parameter) => ({
    name: parameter.name,
    type: parameter.in,
    text: parameter.description ?? describe(parameter.schema, api),
    required: parameter.required,
  }))
  const body = of.requestBody?.content['application/json']?.schema
  const [status, reply] = Object.entries(of.responses).find(([code]) => code.startsWith('2')) ?? []
  const [media, content] = Object.entries(reply?.content ?? {})[0] ?? []
  const facts = [
    sourceText(of['x-source']),
    permissionText(of['x-permission']),
    `answers ${status} ${media ?? ''}`,
  ]
  return make(
    'article',
    { id: of.operationId },
    make('h2', { textContent: of.summary }),
    make(
      'div',
      { className: 'address' },
      make('span', { className: `method ${method}`, textContent: method.toUpperCase() }),
      make('span', { textContent: path }),
    ),
    make('p', { className: 'facts', textContent: facts.join(' · ') }),
    of.description ? make('p', { textContent: of.description }) : undefined,
    ...section('Parameters', parameters, true),
    ...section('Body', body ? fieldRows(body, api) : [], true),
    ...section('Answer', content ? fieldRows(content.schema, api) : []),
  )
}

const sourceText = (source) => (source === 'own' ? 'beyond the catalogue' : `catalogue ${source}`)

function permissionText(permission) {
  if (permission === 'public') return 'open to everybody'
  return permission === 'signed_in' ? 'needs a token' : `needs the permission ${permission}`
}

function operationsOf(api) {
  return Object.entries(api.paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, of]) => ({ path, method, of })),
  )
}

function contents(operations) {
  const tags = [...new Set(operations.map((operation) => operation.of.tags[0]))]
  return tags.flatMap((tag) => [
    make('h2', { textContent: tag }),
    make(
      'ul',
      {},
      ...operations
        .filter((operation) => operation.of.tags[0] === tag)
        .map(({ of }) => make('li', {}, make('a', { href: `#${of.operationId}`, textContent: of.summary }))),
    ),
  ])
}

function filterBy(text) {
  const words = text.toLowerCase().split(/\s+/).filter(Boolean)
  const matches = (element) => words.every((word) => element.textContent.toLowerCase().includes(word))
  let shown = 0
  for (const element of document.querySelectorAll('article')) {
    element.hidden = !matches(element)
    if (!element.hidden) shown++
    const link = document.querySelector(`nav a[href="#${element.id}"]`)
    if (link) link.parentElement.hidden = element.hidden
  }
  for (const list of document.querySelectorAll('nav ul'))
    list.previousElementSibling.hidden = !list.querySelector('li:not([hidden])')
  byId('status').textContent = `${shown} ${shown === 1 ? 'operation' : 'operations'}`
}

async function show(door) {
  const address = `/openapi/${door.name}.json`
  const api = await readJson(address)
  const operations = operationsOf(api)
  byId('raw').href = address
  byId('contents').replaceChildren(...contents(operations))
  byId('content').replaceChildren(
    make('h1', { textContent: api.info.title }),
    make('p', { className: 'lead', textContent: `Everything below ${door.base}` }),
    make('p', { id: 'status', role: 'status' }),
    ...operations.map((operation) => article(operation, api)),
  )
  filterBy(byId('find').value)
  if (location.hash) document.querySelector(location.hash)?.scrollIntoView()
}

async function start() {
  const doors = await readJson('/docs/doors.json')
  const choice = byId('doors')
  choice.append(...doors.map((door) => make('option', { value: door.name, textContent: door.name })))
  choice.addEventListener('change', () => show(doors[choice.selectedIndex]))
  byId('find').addEventListener('input', (event) => filterBy(event.target.value))
  await show(doors[0])
}

start().catch((error) => {
  byId('status').textContent = `The operations could not be loaded: ${error.message}. Reload the page.`
})
