import type { Command } from 'commander'
import { checkTariffText, faultText, tariffTextSchema } from '../domain/tariffs/index.ts'
import { CommandFailed } from './failure.ts'
import { readTextFile } from './text-file.ts'

/** This will add `tariff check | test | diff | schema` to the program. */
export function tariffCommands(program: Command): void {
  const group = program.command('tariff').description('Check, test and compare the texts of tariffs')
  group
    .command('check')
    .description('Name every fault of tariff texts with file, line, reason and remedy')
    .argument('<file...>', 'tariffs of ours, as YAML or JSON')
    .option('--json', 'write the faults as JSON')
    .action(check)
  group
    .command('schema')
    .description('Print the JSON Schema of a tariff text, for editors')
    .action(() => {
      process.stdout.write(`${JSON.stringify(tariffTextSchema(), undefined, 2)}\n`)
    })
}

async function check(files: string[], { json = false }: { json?: boolean }): Promise<void> {
  const faults = []
  for (const file of files) {
    const found = checkTariffText(await readTextFile(file)).faults
    faults.push(...found.map((fault) => ({ file, ...fault })))
    if (json) continue
    for (const fault of found) process.stdout.write(`${faultText(file, fault)}\n`)
    if (found.length === 0) process.stdout.write(`${file}: no faults\n`)
  }
  if (json) process.stdout.write(`${JSON.stringify(faults, undefined, 2)}\n`)
  if (faults.length > 0) throw new CommandFailed()
}
