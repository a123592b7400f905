import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { sharedDir } from '../../../test/support/shared.ts'
import { type GreenButtonFacts, inspectGreenButton } from './inspect.ts'

const espiDir = sharedDir && join(sharedDir, 'espi')
const WRONG_ROOT = 'gbasdk-NEG-D000.xml'

async function* inPieces(bytes: Uint8Array, size: number): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size)
}

describe.skipIf(!espiDir)('inspectGreenButton on the shared samples (needs ../shared)', () => {
  const dir = espiDir ?? ''
  const expected: Record<string, GreenButtonFacts> = espiDir
    ? JSON.parse(readFileSync(join(dir, 'facts.json'), 'utf8')).files
    : {}
  const files = espiDir ? readdirSync(join(dir, 'samples')).filter((name) => name.endsWith('.xml')) : []

  it('has a fact for every sample', () => {
    expect(files.sort()).toEqual(Object.keys(expected).sort())
    expect(files.length).toBe(55)
  })

  it.each(files.filter((name) => name !== WRONG_ROOT))('%s', async (name) => {
    const bytes = readFileSync(join(dir, 'samples', name))
    expect(await inspectGreenButton(bytes)).toEqual(expected[name])
    expect(await inspectGreenButton(inPieces(bytes, 4099))).toEqual(expected[name])
  })

  it('refuses the sample whose root element is wrong', async () => {
    const text = readFileSync(join(dir, 'samples', WRONG_ROOT), 'utf8')
    await expect(inspectGreenButton(text)).rejects.toMatchObject({
      code: 'espi_wrong_root',
      message: expect.stringContaining('<xyz>'),
    })
  })
})
