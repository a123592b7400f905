import { createReadStream } from 'node:fs'
import { stat } from 'node:fs/promises'
import type { Command } from 'commander'
import { type GreenButtonFacts, inspectGreenButton } from '../formats/espi/index.ts'
import { Refusal } from '../platform/errors.ts'

/** This will add `greenbutton inspect FILE [--json]` to the program. */
export function greenbuttonCommands(program: Command): void {
  const greenbutton = program.command('greenbutton').description('Work with Green Button (ESPI) files')
  greenbutton
    .command('inspect')
    .description('Count what a Green Button file holds, without importing it')
    .argument('<file>', 'a feed, a single entry, or a batch list')
    .option('--json', 'write the facts as JSON')
    .action(async (file: string, options: { json?: boolean }) => {
      const facts = await inspectGreenButton(await contentOf(file))
      process.stdout.write(options.json ? `${JSON.stringify(facts, undefined, 2)}\n` : describeFacts(facts))
    })
}

async function contentOf(file: string): Promise<AsyncIterable<Uint8Array>> {
  const refuse = (reason: string) =>
    new Refusal('not_found', 'file_unreadable', `Cannot read ${file}: ${reason}. Check the path.`)
  const found = await stat(file).catch((error: NodeJS.ErrnoException) => {
    throw refuse(error.code === 'ENOENT' ? 'there is no such file' : error.message)
  })
  if (!found.isFile()) throw refuse('it is not a file')
  return createReadStream(file)
}

/** This will lay facts out as lines of a label and a value, lists one row an item. */
export function describeFacts(facts: GreenButtonFacts): string {
  const rows: [label: string, value: string][] = [
    ['root', `${facts.root}${facts.rootNamespace ? ` (${facts.rootNamespace})` : ''}`],
    ['entries', String(facts.entries)],
    ...Object.entries(facts.content).map(([name, count]): [string, string] => [`  ${name}`, String(count)]),
  ]
  if (facts.feedSelf) rows.push(['self link', facts.feedSelf])
  if (facts.serviceKinds)
    rows.push(['service kinds', facts.serviceKinds.map((kind) => kind ?? 'empty').join(', ')])
  for (const [index, type] of readingTypesOf(facts).entries())
    rows.push([`reading type ${index + 1}`, pairs(type)])
  rows.push(...intervalRows(facts))
  for (const [index, summary] of (facts.usageSummaries ?? []).entries()) {
    rows.push([`usage summary ${index + 1}`, pairs(summary)])
  }
  for (const localTime of facts.localTime ?? []) rows.push(['local time', pairs(localTime)])
  for (const resource of facts.resources ?? []) rows.push(['resource', resource])
  const width = Math.max(...rows.map(([label]) => label.length))
  return rows.map(([label, value]) => `${label.padEnd(width)}  ${value}\n`).join('')
}

function readingTypesOf({ readingTypes }: GreenButtonFacts): object[] {
  if (!readingTypes) return []
  return Array.isArray(readingTypes) ? readingTypes : readingTypes.first
}

function intervalRows({ intervalReadings }: GreenButtonFacts): [string, string][] {
  if (!intervalReadings) return []
  return Object.entries(intervalReadings).map(([name, value]) => {
    const shown = Array.isArray(value)
      ? value.join(', ')
      : typeof value === 'object'
        ? pairs(value)
        : String(value)
    return [`readings ${name}`, shown]
  })
}

function pairs(fields: object): string {
  return Object.entries(fields)
    .map(([name, value]) => `${name} ${value}`)
    .join(', ')
}
