import { spawn } from 'node:child_process'
import { writeFileSync } from 'node:fs'
import { cpus, loadavg, totalmem } from 'node:os'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { type Figure, toTable } from './harness.ts'

/** Every benchmark, those without a database first. `npm run bench -- [NAME ...] [--json] [--write]` runs some. */
const ALL = ['rating', 'pdf', 'import', 'bill-run', 'payments', 'api']
const FIGURES = fileURLToPath(new URL('figures.json', import.meta.url))
const GIB = 2 ** 30

const { values: options, positionals } = parseArgs({
  allowPositionals: true,
  options: { json: { type: 'boolean' }, write: { type: 'boolean' } },
})
const stranger = positionals.find((name) => !ALL.includes(name))
if (stranger) {
  console.error(`There is no benchmark "${stranger}": use ${ALL.join(', ')}.`)
  process.exit(2)
}
const figures: Record<string, Figure[]> = {}
const machine = machineOf()
if (!options.json) console.log(Object.values(machine).join(', '))
for (const name of positionals.length > 0 ? positionals : ALL) {
  const measured = await run(name)
  if (!measured) process.exitCode = 1
  else figures[name] = measured
  if (!options.json) console.log(`\n${name}\n${measured ? toTable(measured) : 'FAILED'}`)
}
const report = JSON.stringify({ machine, figures }, undefined, 2)
if (options.json) console.log(report)
if (options.write) writeFileSync(FIGURES, `${report}\n`)

/** Each in a process of its own, so that none warms up or fills the memory of the next. */
async function run(name: string): Promise<Figure[] | undefined> {
  const script = fileURLToPath(new URL(`${name}.ts`, import.meta.url))
  const child = spawn(process.execPath, [script, '--json'], { stdio: ['ignore', 'pipe', 'inherit'] })
  let output = ''
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    output += text
  })
  const code = await new Promise((resolve) => child.on('close', resolve))
  return code === 0 ? (JSON.parse(output) as Figure[]) : undefined
}

/** What else was running counts as much as the machine. */
function machineOf() {
  const cores = cpus()
  return {
    runtime: `Node ${process.version}`,
    cores: `${cores.length} cores of ${cores[0]?.model.trim()}`,
    memory: `${Math.round(totalmem() / GIB)} GiB`,
    load: `load ${loadavg()[0]?.toFixed(1)} before`,
  }
}
