import { fileURLToPath } from 'node:url'
import { Command } from 'commander'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { greenbuttonCommands } from './greenbutton.ts'

const fixture = fileURLToPath(new URL('../formats/espi/fixtures/quarter-hour-export.xml', import.meta.url))

async function run(...words: string[]): Promise<string> {
  let written = ''
  vi.spyOn(process.stdout, 'write').mockImplementation((text) => {
    written += text
    return true
  })
  const program = new Command()
  greenbuttonCommands(program)
  await program.parseAsync(['greenbutton', ...words], { from: 'user' })
  return written
}

afterEach(() => vi.restoreAllMocks())

describe('billwright greenbutton inspect', () => {
  it('writes the facts as JSON', async () => {
    const facts = JSON.parse(await run('inspect', fixture, '--json'))
    // 2124000 delivered + 330000 received.
    expect(facts.intervalReadings).toMatchObject({ count: 48, sumOfRawValues: 2_454_000, durations: [900] })
    expect(facts.content).toMatchObject({ MeterReading: 2, ReadingType: 2, IntervalBlock: 2 })
  })

  it('writes a table for people', async () => {
    const lines = (await run('inspect', fixture)).split('\n')
    expect(lines).toContainEqual(expect.stringMatching(/^readings count +48$/))
    expect(lines).toContainEqual(expect.stringMatching(/^reading type 2 .*flowDirection 19/))
  })

  it('says what to do about a file that is not there', async () => {
    await expect(run('inspect', '/nowhere/usage.xml')).rejects.toThrow(
      'Cannot read /nowhere/usage.xml: there is no such file. Check the path.',
    )
    await expect(run('inspect', fileURLToPath(new URL('.', import.meta.url)))).rejects.toThrow(
      'it is not a file',
    )
  })
})
