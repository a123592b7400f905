import { spawnSync } from 'node:child_process'
import { cpSync, globSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, describe, expect, it } from 'vitest'
import { modelSchema, readTariffText, tariffTextSchema, writeTariffText } from '../domain/tariffs/index.ts'
import { featuresOfDocument, featuresOfModel } from './tariff/features.fixture.ts'
import { goldenFiles, testGolden } from './tariff/golden-test.ts'

const checkout = fileURLToPath(new URL('../../..', import.meta.url))
const folder = join(checkout, 'tariffs')
const files = globSync('*/tariff.yaml', { cwd: folder }).sort()
const tariffs = files.map((file) => {
  const path = join(folder, file)
  return { name: dirname(file), tariff: readTariffText(readFileSync(path, 'utf8'), path) }
})

describe('the worked tariffs', () => {
  it('are twelve, each with a page that teaches it and works out a bill of a customer', () => {
    expect(tariffs).toHaveLength(12)
    for (const { name } of tariffs) {
      const page = readFileSync(join(folder, name, 'README.md'), 'utf8')
      expect(page).toMatch(/## By hand/)
      const golden = globSync(`${name}/golden/*.yaml`, { cwd: folder }).map((file) =>
        readFileSync(join(folder, file), 'utf8'),
      )
      const [, worked = 'none'] = /= \*\*([\d,.]+)\*\*/.exec(page) ?? []
      expect(golden.join('\n')).toContain(`      amount: ${worked.replaceAll(',', '')}\n`)
    }
  })

  it.each(goldenFiles(folder))('bill $file to the last number', async ({ tariff, file }) => {
    const { differences, numbers, refusal } = await testGolden(tariff, file, false)
    expect([refusal, differences]).toEqual([undefined, []])
    expect(numbers).toBeGreaterThan(10)
  })

  it('use every feature of the model between them, as their index says', async () => {
    const used = tariffs.map(({ name, tariff }) => ({ name, features: featuresOfDocument(written(tariff)) }))
    const rows = [...featuresOfModel(modelSchema())].sort().map((feature) => {
      const where = used.filter(({ features }) => features.has(feature)).map(({ name }) => name.slice(0, 2))
      return `| \`${feature}\` | ${where.join(' ')} |`
    })
    expect(rows.filter((row) => row.endsWith('|  |'))).toEqual([])
    const page = [
      '# Feature by feature',
      '',
      'Which worked tariff shows what.',
      '',
      '| feature | tariffs |',
      '|---|---|',
      ...rows,
      '',
    ]
    await expect(page.join('\n')).toMatchFileSnapshot(join(folder, 'FEATURES.md'))
  })

  it('read back the same from the text that is written of them', () => {
    for (const { tariff } of tariffs)
      expect(readTariffText(writeTariffText(tariff), 'written')).toEqual(tariff)
  })
})

/** With the defaults that the model fills in: they are used as well. */
function written(tariff: object): unknown {
  return JSON.parse(JSON.stringify(tariff))
}

describe('docs/tariff.schema.json', () => {
  it('is the schema of the model (billwright tariff schema > docs/tariff.schema.json)', async () => {
    const text = `${JSON.stringify(tariffTextSchema(), undefined, 2)}\n`
    await expect(text).toMatchFileSnapshot(join(checkout, 'docs', 'tariff.schema.json'))
  })
})

describe('billwright tariff', () => {
  const scratch = mkdtempSync(join(tmpdir(), 'tariff-'))
  afterAll(() => rmSync(scratch, { recursive: true }))
  const cli = fileURLToPath(new URL('./index.ts', import.meta.url))
  const run = (...args: string[]) =>
    spawnSync(process.execPath, [cli, 'tariff', ...args], { encoding: 'utf8', cwd: scratch })

  it('test sees one number altered, says where it stands, and writes it with --update', () => {
    cpSync(join(folder, '01-flat'), join(scratch, '01-flat'), { recursive: true })
    const file = join(scratch, '01-flat', 'golden', 'household.yaml')
    const text = readFileSync(file, 'utf8')
    writeFileSync(file, text.replace('amount: 28.80', 'amount: 28.81'))
    const failed = run('test', '01-flat')
    expect(failed.stdout).toMatch(
      /^01-flat\/golden\/household\.yaml:\d+:\d+: 2025-06-16 to 2025-07-16, line energy amount: expected 28\.81, priced 28\.80\n/,
    )
    expect([failed.status, failed.stdout.trimEnd().split('\n').at(-1)]).toEqual([1, '1 passed, 1 failed'])
    expect(run('test', '01-flat', '--update').status).toBe(0)
    expect(readFileSync(file, 'utf8')).toBe(text)
    expect(run('test', '01-flat').stdout).toMatch(/2 passed, 0 failed\n$/)
  })

  it('check lists the faults of all files and ends with 1; a tariff without any ends with 0', () => {
    const good = readFileSync(join(folder, '01-flat', 'tariff.yaml'), 'utf8')
    writeFileSync(join(scratch, 'good.yaml'), good)
    writeFileSync(join(scratch, 'bad.yaml'), good.replace('quantity: energy', 'quantity: enrgy'))
    expect(run('check', 'good.yaml')).toMatchObject({ status: 0, stdout: 'good.yaml: no faults\n' })
    const { status, stdout } = run('check', 'good.yaml', 'bad.yaml')
    expect([status, stdout]).toEqual([
      1,
      'good.yaml: no faults\nbad.yaml:29:19: there is no quantity "enrgy"; did you mean "energy"? (/versions/0/rules/2/quantity)\n',
    ])
  })
})
