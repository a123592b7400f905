import type { SourceFile } from './source-file.ts'

/** This will find import cycles; each is told once, as the list of its files. Types alone make no cycle. */
export function findCycles(files: SourceFile[]): string[][] {
  const targets = new Map(
    files.map(({ path, imports }) => [
      path,
      imports.filter(({ relative, typeOnly }) => relative && !typeOnly).map(({ target }) => target),
    ]),
  )
  const finished = new Set<string>()
  const cycles: string[][] = []
  const visit = (path: string, trail: string[]) => {
    if (trail.includes(path)) {
      cycles.push(trail.slice(trail.indexOf(path)))
      return
    }
    if (finished.has(path)) return
    for (const target of targets.get(path) ?? []) visit(target, [...trail, path])
    finished.add(path)
  }
  for (const path of targets.keys()) visit(path, [])
  return cycles
}
