import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterEach, expect, test } from 'vitest'
import { checkHouse } from './check-house.ts'

const roots: string[] = []
afterEach(() => {
  for (const root of roots.splice(0)) rmSync(root, { recursive: true, force: true })
})

/** The findings of a checkout that holds these files, without their line numbers. */
function findings(files: Record<string, string>): string[] {
  const root = mkdtempSync(join(tmpdir(), 'billwright-house-'))
  roots.push(root)
  const fine = { 'bin/start.mjs': "import 'node:fs'\n" }
  for (const [path, text] of Object.entries({ ...fine, ...files })) {
    mkdirSync(dirname(join(root, path)), { recursive: true })
    writeFileSync(join(root, path), text)
  }
  return checkHouse(root).findings
}

const domain = 'server/src/domain'
const module = (name: string) => ({ [`${domain}/${name}/README.md`]: '', [`${domain}/${name}/index.ts`]: '' })

test.each([
  ['platform to domain', 'server/src/platform/log.ts', '../domain/work/index.ts'],
  ['format to database', 'server/src/formats/csv/read.ts', '../../platform/db/index.ts'],
  ['format to driver', 'server/src/formats/csv/read.ts', 'pg'],
  ['operations to SQL', `${domain}/work/operations.ts`, 'kysely'],
  ['operations to HTTP', `${domain}/work/operations.ts`, 'fastify'],
  ['rating to database', `${domain}/rating/rate.ts`, '../../platform/db/index.ts'],
  ['store to operations', `${domain}/work/store.ts`, './operations.ts'],
  ['store to another module', `${domain}/metering/store.ts`, '../work/index.ts'],
  ['past a face', `${domain}/metering/operations.ts`, '../work/item.ts'],
  ['same tier', `${domain}/work/operations.ts`, '../identity/index.ts'],
  ['higher tier', `${domain}/work/operations.ts`, '../billing/index.ts'],
  ['domain to door', `${domain}/work/operations.ts`, '../../doors/portal/index.ts'],
  ['door to store', 'server/src/doors/portal/bills.ts', '../../domain/work/store.ts'],
  ['door to door', 'server/src/doors/portal/bills.ts', '../enterprise/bills.ts'],
  ['door to SQL', 'server/src/doors/portal/bills.ts', 'kysely'],
  ['job past a face', 'server/src/jobs/run.ts', '../domain/work/operations.ts'],
  ['demo past a face', 'server/src/demo/town.ts', '../domain/work/operations.ts'],
  ['web to server', 'web/customer/src/app.tsx', '../../../server/src/app.ts'],
  ['web to the other application', 'web/customer/src/app.tsx', '../../enterprise/src/app.tsx'],
])('wall: %s', (_, path, target) => {
  const found = findings({
    ...module('work'),
    ...module('metering'),
    ...module('rating'),
    [path]: `import { a } from '${target}'\n`,
  })
  expect(found).toHaveLength(1)
  expect(found[0]).toContain(`${path}:1 imports `)
})

test.each([
  ['lower tier', `${domain}/metering/operations.ts`, "import { a } from '../work/index.ts'"],
  ['database types', `${domain}/work/operations.ts`, "import type { Tx } from '../../platform/db/index.ts'"],
  ['inline type', `${domain}/work/queries.ts`, "import { type Tx } from '../../platform/db/index.ts'"],
  ['SQL in the store', `${domain}/work/store.ts`, "import { sql } from 'kysely'"],
  ['SQL in a store folder', `${domain}/work/store/item.ts`, "import { sql } from 'kysely'"],
  ['own door', 'server/src/doors/portal/bills.ts', "import { a } from './wire.ts'"],
  ['kit', 'web/customer/src/app.tsx', "import { a } from '../../kit/src/theme.ts'"],
  ['a comment', 'server/src/platform/log.ts', "// import { a } from '../domain/work/index.ts'"],
])('no wall: %s', (_, path, text) => {
  expect(findings({ ...module('work'), ...module('metering'), [path]: `${text}\n` })).toEqual([])
})

test.each([
  ['process.env', 'server/src/platform/log.ts', 'export const a = process.env.HOME\n'],
  ['Date', 'server/src/platform/log.ts', 'export const a = new Date()\n'],
  ['Date.now', 'server/test/story.test.ts', 'export const a = Date.now()\n'],
  ['float', 'server/src/formats/csv/read.ts', "export const a = parseFloat('1')\n"],
  ['SQL in operations', `${domain}/work/operations.ts`, "export const a = (tx) => tx.insertInto('work')\n"],
  ['SQL in a door', 'server/src/doors/portal/bills.ts', 'export const a = insertRows(tx)\n'],
  ['banned name', 'server/src/platform/utils.ts', ''],
  ['banned folder', 'server/src/platform/helpers/dates.ts', ''],
  ['camel case', 'server/src/platform/logText.ts', ''],
  ['note to do', 'server/src/platform/log.ts', `// ${'TO'}DO later\n`],
  ['speaking as we', 'server/src/platform/log.ts', '// Here we log.\n'],
  ['long file', 'server/src/platform/log.ts', 'export {}\n'.repeat(401)],
])('habit: %s', (_, path, text) => {
  const found = findings({ ...module('work'), [path]: text })
  expect(found).toHaveLength(1)
  expect(found[0]).toContain(`${path}:1 `)
})

test('an import circle is told once, with its files', () => {
  const found = findings({
    'server/src/platform/a.ts': "import './b.ts'\n",
    'server/src/platform/b.ts': "import './c.ts'\n",
    'server/src/platform/c.ts': "import './a.ts'\n",
  })
  expect(found).toHaveLength(1)
  expect(found[0]).toContain('a.ts -> server/src/platform/b.ts -> server/src/platform/c.ts')
})

test('a domain module without its face or README is told', () => {
  const found = findings({ [`${domain}/work/item.ts`]: 'export {}\n' })
  expect(found.map((finding) => finding.split(':')[0])).toEqual([
    `${domain}/work/README.md`,
    `${domain}/work/index.ts`,
  ])
})

test('a check that checked nothing fails', () => {
  const root = mkdtempSync(join(tmpdir(), 'billwright-house-'))
  roots.push(root)
  expect(checkHouse(root).findings).toEqual([`${root}: nothing was checked`])
})
