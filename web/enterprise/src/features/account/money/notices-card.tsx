import { Card, Chip, type Tone, useCodeNames } from '@billwright/kit'
import type { AccountMoney } from '../../../api/client.gen.ts'
import { useWords } from '../../../app/words.ts'
import { useText } from '../../../messages/index.ts'
import styles from './money.module.css'

type Notice = AccountMoney['notices'][number]

const TONES: Record<Notice['statusCode'], Tone> = {
  sent: 'good',
  queued: 'info',
  failed: 'bad',
  suppressed: 'neutral',
}

/** What the customer was told last, how, and whether it went out. */
export function NoticesCard({ notices }: { notices: readonly Notice[] }) {
  const text = useText()
  const words = useWords()
  const nameOf = useCodeNames()
  return (
    <Card title={text('money.notices')}>
      {!notices.length && <p className={styles.quiet}>{text('money.notices.none')}</p>}
      <ul className={styles.list}>
        {notices.map((notice) => (
          <li className={styles.line} key={notice.noticeNumber}>
            <span className={styles.lineTitle}>
              <strong>{notice.subject}</strong>
              <Chip tone={TONES[notice.statusCode]}>{nameOf(`money.notice.${notice.statusCode}`)}</Chip>
            </span>
            <span className={styles.quiet}>
              {nameOf(`money.channel.${notice.channelCode}`)} ·{' '}
              {words.moment(notice.doneAt || notice.queuedAt)}
            </span>
          </li>
        ))}
      </ul>
    </Card>
  )
}
