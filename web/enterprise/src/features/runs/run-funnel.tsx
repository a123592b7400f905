import type { BillRun } from '../../api/client.gen.ts'
import { useWords } from '../../app/words.ts'
import { useText } from '../../messages/index.ts'
import styles from './runs.module.css'

/** Where the accounts went. Each stage less what left it is the next stage. */
export function RunFunnel({ run }: { run: BillRun }) {
  const text = useText()
  const words = useWords()
  const total = Number(run.accountsNumber)
  const looked = Number(run.doneNumber)
  const nothingDue = Number(run.nothingDueNumber)
  const held = Number(run.heldNumber)
  const stages = [
    { id: 'selected', count: total, left: text('funnel.waiting', { count: total - looked }) },
    { id: 'looked', count: looked, left: text('funnel.nothingDue', { count: nothingDue }) },
    { id: 'due', count: looked - nothingDue, left: text('funnel.held', { count: held }) },
    { id: 'billed', count: looked - nothingDue - held, left: words.money(run.billedAmount) },
  ] as const
  return (
    <ol className={styles.funnel} data-testid="funnel">
      {stages.map((stage) => (
        <li key={stage.id}>
          <span className={styles.stage}>{text(`funnel.${stage.id}`)}</span>
          <span className={styles.stageBar}>
            <span style={{ width: `${total ? (stage.count / total) * 100 : 0}%` }} />
          </span>
          <strong className="tabular">{words.quantity(String(stage.count))}</strong>
          <span className={styles.stageLeft}>{stage.left}</span>
        </li>
      ))}
    </ol>
  )
}
