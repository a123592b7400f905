import { announce } from '@billwright/kit'
import { useEffect, useRef } from 'react'
import type { BillRun } from '../../api/client.gen.ts'
import { useText } from '../../messages/index.ts'
import { isMoving } from './run-queries.ts'

/** This will say each quarter of a run that is watched, and its end; a run that was over before is not spoken of. */
export function useRunAnnouncements(run: BillRun): void {
  const text = useText()
  const said = useRef(isMoving(run) ? '' : run.statusCode)
  const total = Number(run.accountsNumber)
  const quarter = total > 0 ? Math.floor((Number(run.doneNumber) / total) * 4) : 0
  const step = isMoving(run) ? String(quarter) : run.statusCode
  useEffect(() => {
    if (step === said.current) return
    said.current = step
    const counts = {
      done: Number(run.doneNumber),
      total,
      billed: Number(run.billedNumber),
      held: Number(run.heldNumber),
    }
    if (isMoving(run)) announce(text('run.announce', { ...counts, percent: quarter * 25 }))
    else announce(`${text(`status.run.${run.statusCode}`)}. ${text('run.announce.end', counts)}`)
  }, [step, run, quarter, total, text])
}
