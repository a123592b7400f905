import { spawnSync } from 'node:child_process'
import { cpus, totalmem } from 'node:os'

/** Every benchmark, those without a database first. `npm run bench [NAME ...] [--json]` runs some. */
const ALL = ['rating', 'pdf', 'import', 'bill-run', 'bill-run-book']
const GIB = 2 ** 30

const options = process.argv.slice(2).filter((word) => word.startsWith('--'))
const named = process.argv.slice(2).filter((word) => !word.startsWith('--'))
const stranger = named.find((name) => !ALL.includes(name))
if (stranger) {
  console.error(`There is no benchmark "${stranger}": use ${ALL.join(', ')}.`)
  process.exit(2)
}
const cores = cpus()
if (!options.includes('--json'))
  console.log(
    `Node ${process.version}, ${cores.length} cores of ${cores[0]?.model}, ${Math.round(totalmem() / GIB)} GiB`,
  )
let failed = 0
for (const name of named.length > 0 ? named : ALL) {
  if (!options.includes('--json')) console.log(`\n${name}`)
  const script = new URL(`${name}.ts`, import.meta.url).pathname
  const { status } = spawnSync(process.execPath, [script, ...options], { stdio: 'inherit' })
  if (status !== 0) failed++
}
process.exit(failed === 0 ? 0 : 1)
