import { existsSync, globSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { findCycles } from './house/cycles.ts'
import { brokenHabits } from './house/habits.ts'
import { readSources } from './house/source-file.ts'
import { brokenWall } from './house/walls.ts'

export interface HouseReport {
  files: number
  imports: number
  /** `path:line sentence` */
  findings: string[]
}

/** This will check the import walls, sizes, names and habits of a checkout. */
export function checkHouse(root: string): HouseReport {
  const files = readSources(root)
  const findings = files.flatMap((file) => [
    ...file.imports.flatMap((imported) => {
      const wall = brokenWall(file, imported)
      return wall ? [`${file.path}:${imported.line} imports ${imported.target}: ${wall}`] : []
    }),
    ...brokenHabits(file),
  ])
  for (const cycle of findCycles(files))
    findings.push(`${cycle[0]}:1 imports in a circle: ${cycle.join(' -> ')}`)
  findings.push(...incompleteModules(root))
  const imports = files.reduce((sum, file) => sum + file.imports.length, 0)
  if (files.length === 0 || imports === 0) findings.push(`${root}: nothing was checked`)
  return { files: files.length, imports, findings }
}

/** A domain module tells what it owns in README.md and shows its face in index.ts. */
function incompleteModules(root: string): string[] {
  return globSync('server/src/domain/*/', { cwd: root })
    .filter((module) => globSync(join(module, '**/*.ts'), { cwd: root }).length > 0)
    .flatMap((module) =>
      ['README.md', 'index.ts']
        .filter((name) => !existsSync(join(root, module, name)))
        .map((name) => `${join(module, name)}:1 is missing; every domain module has one`),
    )
}

if (import.meta.main) {
  const { files, imports, findings } = checkHouse(fileURLToPath(new URL('..', import.meta.url)))
  for (const finding of findings) console.error(finding)
  console.log(`${files} files, ${imports} imports, ${findings.length} findings`)
  process.exitCode = findings.length > 0 ? 1 : 0
}
