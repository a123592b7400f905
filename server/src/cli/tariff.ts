import type { Command } from 'commander'
import { checkTariffText, faultText, tariffTextSchema } from '../domain/tariffs/index.ts'
import { CommandFailed } from './failure.ts'
import { diffCommand } from './tariff/diff.ts'
import { differenceText, goldenFiles, goldenName, testGolden } from './tariff/golden-test.ts'
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
    .command('test')
    .description('Price golden customers and compare every number with their expected bills')
    .argument('<path...>', 'folders of tariffs, or tariffs with golden/*.yaml beside them')
    .option('--update', 'write what was priced as expected, after showing the differences')
    .option('--json', 'write the results as JSON')
    .action(test)
  diffCommand(group)
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

async function test(paths: string[], options: { update?: boolean; json?: boolean }): Promise<void> {
  const { update = false, json = false } = options
  const results = []
  for (const { tariff, file } of paths.flatMap(goldenFiles)) {
    const result = await testGolden(tariff, file, update)
    results.push(result)
    if (json) continue
    const { differences, numbers, bills, refusal } = result
    for (const difference of differences) process.stdout.write(`${differenceText(difference)}\n`)
    if (refusal !== undefined) process.stdout.write(`${file}: ${refusal}\n`)
    const outcome =
      refusal === undefined && differences.length === 0 ? 'ok    ' : update ? 'wrote ' : 'FAILED'
    process.stdout.write(`${outcome} ${goldenName(result)}: ${bills} bills, ${numbers} numbers\n`)
  }
  const failed = results.filter(({ differences, refusal }) => differences.length > 0 || refusal !== undefined)
  const count = { passed: results.length - failed.length, failed: failed.length }
  if (json) process.stdout.write(`${JSON.stringify({ ...count, results }, undefined, 2)}\n`)
  else process.stdout.write(`${count.passed} passed, ${count.failed} ${update ? 'written' : 'failed'}\n`)
  if (failed.some(({ refusal }) => refusal !== undefined || !update)) throw new CommandFailed()
}
