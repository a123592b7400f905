import { spawn } from 'node:child_process'
import { readdirSync, readFileSync, realpathSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

/** This will draw whole numbers below a bound, the same for the same seed (Numerical Recipes' generator). */
export function randomFrom(seed: number): (below: number) => number {
  let state = seed >>> 0
  return (below) => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0
    return Math.floor((state / 2 ** 32) * below)
  }
}

export interface Crowd {
  dataDir: string
  seed: number
  members: number
  /** How often each opens and closes. */
  rounds: number
  /** Chances in 100 a round that the program, or the server, is killed. */
  selfKill: number
  serverKill: number
  /** A program still at work after so long counts as hanging. */
  patienceSeconds: number
}

/** This will let a crowd of programs open and close one data folder at once, and tell what any of them ran into. */
export async function runCrowd(crowd: Crowd): Promise<string[]> {
  const faults: string[] = []
  const member = async (number: number) => {
    const { code, signal, complaint } = await runMember(crowd, crowd.seed * 100 + number)
    if (code === 0 || (signal === 'SIGKILL' && crowd.selfKill > 0)) return
    faults.push(`program ${number} ended with ${signal ?? code}: ${complaint}`)
  }
  await Promise.all(Array.from({ length: crowd.members }, (_, number) => member(number)))
  return faults
}

interface Ending {
  code: number | null
  signal: string | null
  complaint: string
}

function runMember(crowd: Crowd, seed: number): Promise<Ending> {
  const script = fileURLToPath(new URL('./crowd-member.ts', import.meta.url))
  const { dataDir, rounds, selfKill, serverKill } = crowd
  const args = [script, dataDir, ...[seed, rounds, selfKill, serverKill].map(String)]
  const child = spawn(process.execPath, args, { stdio: ['ignore', 'ignore', 'pipe'] })
  let complaint = ''
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    complaint += text
  })
  const hanging = setTimeout(() => {
    complaint += 'it hangs'
    child.kill('SIGTERM')
  }, crowd.patienceSeconds * 1000)
  return new Promise((resolve) =>
    child.on('close', (code, signal) => {
      clearTimeout(hanging)
      resolve({ code, signal, complaint: complaint.trim() })
    }),
  )
}

/** This will list the servers (not their children) that run on a data folder, as the system knows them. Linux only. */
export function serversOf(dataDir: string): number[] {
  const clusterDir = join(realpathSync(dataDir), 'postgres')
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .filter((pid) => commandOf(pid).includes(`\0-D\0${clusterDir}\0`))
    .map(Number)
}

function commandOf(pid: string): string {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8')
  } catch {
    return ''
  }
}
