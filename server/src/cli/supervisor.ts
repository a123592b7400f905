import { type ChildProcess, fork } from 'node:child_process'
import { once } from 'node:events'
import { setTimeout as pause } from 'node:timers/promises'
import { type Config, type Environment, toEnvironment } from '../platform/config.ts'
import { Refusal } from '../platform/errors.ts'

export type Part = 'api' | 'worker'

/** What a part tells its supervisor: that it serves, or why it cannot. */
export type PartMessage = { ready: true } | { refused: string }

/** A part of the server that is kept running. */
export interface Supervised {
  /** Resolves when it serves for the first time; rejects when it cannot start. */
  ready: Promise<void>
  /** Ends it, gently at first. */
  stop(): Promise<void>
}

const FIRST_PAUSE_MS = 200
const LONGEST_PAUSE_MS = 10_000
/** A part that ran this long before it ended counts as sound again. */
const SOUND_MS = 60_000
const GRACE_MS = 20_000

/**
 * This will run a part as a process of its own and start it again, after growing pauses, when it ends unasked.
 * The process ends by itself when this one does: it sees its channel close.
 */
export function supervise(
  part: Part,
  { config, environment, tell }: { config: Config; environment: Environment; tell: (line: string) => void },
): Supervised {
  let stopping = false
  let child: ChildProcess | undefined
  const wake = new AbortController()
  let settle: { ready: () => void; refuse: (reason: Error) => void } = { ready: () => {}, refuse: () => {} }
  const ready = new Promise<void>((resolve, reject) => {
    settle = { ready: resolve, refuse: reject }
  })
  ready.catch(() => {})
  const keepRunning = async () => {
    for (let wait = FIRST_PAUSE_MS; !stopping; wait = Math.min(2 * wait, LONGEST_PAUSE_MS)) {
      const started = performance.now()
      child = launch(part, { ...environment, ...toEnvironment(config) }, settle)
      const [code, signal] = await once(child, 'exit')
      if (stopping) return
      if (performance.now() - started > SOUND_MS) wait = FIRST_PAUSE_MS
      tell(`The ${part} ended (${signal ?? `exit code ${code}`}); it starts again in ${wait / 1000} s.`)
      await pause(wait, undefined, { signal: wake.signal }).catch(() => {})
    }
  }
  const running = keepRunning()
  return {
    ready,
    stop: async () => {
      stopping = true
      wake.abort()
      if (child) await end(child)
      await running
    },
  }
}

function launch(
  part: Part,
  env: Environment,
  settle: { ready: () => void; refuse: (reason: Error) => void },
): ChildProcess {
  const child = fork(new URL('../main.ts', import.meta.url), [part], {
    env,
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
  })
  child.on('message', (message: PartMessage) => {
    if ('ready' in message) settle.ready()
    else settle.refuse(new Refusal('unavailable', 'part_refused', message.refused))
  })
  return child
}

async function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return
  const exited = once(child, 'exit')
  child.kill('SIGTERM')
  const late = new AbortController()
  pause(GRACE_MS, undefined, { signal: late.signal }).then(
    () => child.kill('SIGKILL'),
    () => {},
  )
  await exited
  late.abort()
}
