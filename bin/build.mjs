import { spawn } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { delimiter, dirname, join } from 'node:path'
import { checkout, fail, say } from './install.mjs'

const IGNORED = new Set(['node_modules', 'dist', '.vite'])

/** This will list the web applications whose inputs differ from those of their last build. */
export function staleApplications() {
  const shared = [hashTree('web/kit'), hashFile('package-lock.json'), hashFile('web/tsconfig.json')]
  return applications()
    .map((app) => ({
      app,
      stamp: join(checkout, app, 'dist', '.built'),
      wanted: [...shared, hashTree(app)].join('\n'),
    }))
    .filter(({ stamp, wanted }) => !existsSync(stamp) || readFileSync(stamp, 'utf8') !== wanted)
}

/** This will build each web application whose inputs differ from those of its last build. */
export async function buildStale(node) {
  for (const { app, stamp, wanted } of staleApplications()) {
    say(`Building ${app} ...`)
    rmSync(stamp, { force: true })
    const { code, output } = await npmBuild(node, app)
    if (code !== 0) fail(`${app} could not be built:\n${output.trim()}`)
    writeFileSync(stamp, wanted)
  }
}

/** Workspaces under web/ that have a page to build. */
function applications() {
  if (!existsSync(join(checkout, 'web'))) return []
  return readdirSync(join(checkout, 'web'))
    .map((name) => `web/${name}`)
    .filter((dir) => {
      const manifest = join(checkout, dir, 'package.json')
      return (
        existsSync(join(checkout, dir, 'index.html')) &&
        JSON.parse(readFileSync(manifest, 'utf8')).scripts?.build
      )
    })
}

function hashTree(dir) {
  const hash = createHash('sha256')
  const visit = (folder) => {
    for (const entry of readdirSync(join(checkout, folder), { withFileTypes: true })) {
      const path = `${folder}/${entry.name}`
      if (IGNORED.has(entry.name)) continue
      if (entry.isDirectory()) visit(path)
      else hash.update(`${path}\n${hashFile(path)}\n`)
    }
  }
  if (existsSync(join(checkout, dir))) visit(dir)
  return hash.digest('hex')
}

function hashFile(path) {
  const file = join(checkout, path)
  return existsSync(file) ? createHash('sha256').update(readFileSync(file)).digest('hex') : ''
}

/** The workspace's own build script, run by the shell with the project's runtime and tools first on the PATH. */
function npmBuild(node, app) {
  const cwd = join(checkout, app)
  const script = JSON.parse(readFileSync(join(cwd, 'package.json'), 'utf8')).scripts.build
  const path = [dirname(node), join(checkout, 'node_modules', '.bin'), process.env.PATH].join(delimiter)
  return new Promise((resolve) => {
    const child = spawn(script, {
      cwd,
      shell: true,
      env: { ...process.env, PATH: path, NO_COLOR: '1' },
      stdio: ['ignore', 'pipe', 'pipe'],
    })
    let output = ''
    for (const stream of [child.stdout, child.stderr])
      stream.on('data', (text) => {
        output += text
      })
    child.on('close', (code) => resolve({ code, output }))
  })
}
