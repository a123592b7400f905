import {
  addDays,
  Button,
  Dialog,
  Facts,
  NativeSelect,
  Placeholder,
  ProblemNotice,
  SegmentedControl,
  TextInput,
} from '@billwright/kit'
import { useMutation, useQuery, useQueryClient, useSuspenseQuery } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import type { BillCycle } from '../../api/client.gen.ts'
import { api, only } from '../../app/api.ts'
import { meQuery } from '../../app/queries.ts'
import { useWords } from '../../app/words.ts'
import { useText } from '../../messages/index.ts'
import { isDue, windowKey } from './cycle-board.tsx'
import { cyclesQuery } from './run-queries.ts'
import styles from './runs.module.css'

/** Chooses cycle, date and mode, and says what the run would take before it starts. `asked` may name a window. */
export function StartRunDialog({ asked, onClose }: { asked: string; onClose: () => void }) {
  const text = useText()
  const cycles = useQuery(cyclesQuery)
  const choices = windowsOf(cycles.data ?? [])
  return (
    <Dialog title={text('runs.start')} onClose={onClose} size="lg">
      {cycles.error && <ProblemNotice what={text('cycles.problem')} error={cycles.error} />}
      {cycles.isLoading && <Placeholder height={200} />}
      {cycles.data && choices.length === 0 && <p>{text('start.none')}</p>}
      {choices.length > 0 && <StartForm choices={choices} asked={asked} onClose={onClose} />}
    </Dialog>
  )
}

interface WindowChoice {
  key: string
  cycle: BillCycle
  window: BillCycle['windows'][number]
}

function windowsOf(cycles: readonly BillCycle[]): WindowChoice[] {
  return cycles.flatMap((cycle) =>
    cycle.windows
      .filter((window) => isDue(window) || window === lastBilledOf(cycle))
      .map((window) => ({ key: windowKey(cycle, window), cycle, window }))
      .toReversed(),
  )
}

/** For accounts that its run could not bill then. */
function lastBilledOf({ windows }: BillCycle) {
  return windows.find(({ statusCode }) => statusCode === 'billed')
}

type Mode = 'live' | 'trial'

function StartForm({
  choices,
  asked,
  onClose,
}: {
  choices: readonly WindowChoice[]
  asked: string
  onClose: () => void
}) {
  const text = useText()
  const words = useWords()
  const { data: me } = useSuspenseQuery(meQuery)
  const preferred = choices.find(({ key }) => key === asked) ?? choices.find(({ window }) => isDue(window))
  const [key, setKey] = useState((preferred ?? choices[0])?.key ?? '')
  const [billDate, setBillDate] = useState(me.today)
  const [mode, setMode] = useState<Mode>('live')
  const start = useStart()
  const choice = choices.find((each) => each.key === key)
  if (!choice) return null
  const { cycle, window } = choice
  const left = Math.max(Number(cycle.accountsNumber) - Number(window.billedNumber), 0)
  return (
    <form
      className={styles.form}
      onSubmit={(event) => {
        event.preventDefault()
        start.mutate({
          billCycleCode: cycle.billCycleCode,
          periodEndDate: window.periodEndDate,
          billDate,
          modeCode: mode,
        })
      }}
    >
      <NativeSelect
        label={text('start.window')}
        value={key}
        onChange={(event) => setKey(event.currentTarget.value)}
        data={choices.map((each) => ({
          value: each.key,
          label: text('start.windowOf', {
            cycle: each.cycle.name || each.cycle.billCycleCode,
            through: words.day(addDays(each.window.periodEndDate, -1)),
            status: text(`status.window.${each.window.statusCode}`),
          }),
        }))}
      />
      <TextInput
        type="date"
        label={text('start.billDate')}
        value={billDate}
        required
        onChange={(event) => setBillDate(event.currentTarget.value)}
      />
      <div>
        <SegmentedControl<Mode>
          aria-label={text('start.mode')}
          fullWidth
          value={mode}
          onChange={setMode}
          data={[
            { value: 'live', label: text('start.live') },
            { value: 'trial', label: text('start.trial') },
          ]}
        />
        <p className={styles.hint}>{text(mode === 'live' ? 'start.live.what' : 'start.trial.what')}</p>
      </div>
      <Facts
        figures
        facts={[
          { label: text('start.accounts'), value: words.quantity(cycle.accountsNumber) },
          { label: text('start.already'), value: words.quantity(window.billedNumber) },
          { label: text('start.left'), value: words.quantity(String(left)), strong: true },
        ]}
      />
      {start.error && <ProblemNotice what={text('start.problem')} error={start.error} />}
      <div className={styles.buttons}>
        <Button variant="default" onClick={onClose}>
          {text('start.notNow')}
        </Button>
        <Button type="submit" loading={start.isPending}>
          {text('start.submit', { count: left })}
        </Button>
      </div>
    </form>
  )
}

interface StartBody {
  billCycleCode: string
  periodEndDate: string
  billDate: string
  modeCode: Mode
}

function useStart() {
  const navigate = useNavigate()
  const queries = useQueryClient()
  return useMutation({
    mutationFn: async (body: StartBody) => only(await api.call('startBillRun', { body })),
    onSuccess: async (run) => {
      await queries.invalidateQueries({ queryKey: ['runs'] })
      navigate({ to: '/runs/$billRunId', params: { billRunId: run.billRunId } })
    },
  })
}
