import type { ReactNode } from 'react'
import { asProblem } from '../api/problem.ts'
import { useKitText, useLanguage } from '../messages/messages.tsx'
import { Button } from './controls.ts'
import { CopyButton } from './copy-button.tsx'
import { Icon } from './icon.tsx'
import styles from './problem-notice.module.css'

export interface ProblemNoticeProps {
  error: unknown
  /** What could not be done, in words: "The bills could not be loaded." */
  what: string
  retry?: () => void
  children?: ReactNode
}

/**
 * Four parts: what happened, why, what to do now, and the reference under which operations finds it. The door's own
 * sentence is English; a retry is offered where trying again can help.
 */
export function ProblemNotice({ error, what, retry, children }: ProblemNoticeProps) {
  const text = useKitText()
  const problem = asProblem(error)
  const kind = kindOf(problem.status, problem.code)
  const language = useLanguage()
  const mayPass = kind === 'unreachable' || kind === 'broken'
  return (
    <div className={styles.notice} role="alert">
      <Icon name="warning" size={22} />
      <div className={styles.words}>
        <p className={styles.what}>{what}</p>
        {problem.message && !(kind === 'missing' && language !== 'en') && <p lang="en">{problem.message}</p>}
        {problem.fields.map((field) => (
          <p key={field.pointer + field.detail}>
            <code>{field.pointer}</code> {field.detail}
          </p>
        ))}
        <p>{text(`kit.problem.do.${kind}`)}</p>
        {children}
        {problem.reference && (
          <p className={styles.reference}>
            {text('kit.problem.reference', { code: problem.code, reference: problem.reference })}
            <CopyButton value={`${problem.code} ${problem.reference}`} label={text('kit.problem.copy')} />
          </p>
        )}
      </div>
      {retry && mayPass && (
        <Button variant="default" onClick={retry}>
          {text('kit.retry')}
        </Button>
      )}
    </div>
  )
}

function kindOf(status: number, code: string) {
  if (code === 'unreachable') return 'unreachable'
  if (status === 403) return 'forbidden'
  if (status === 404) return 'missing'
  if (status === 409) return 'conflict'
  if (status >= 400 && status < 500) return 'refused'
  return 'broken'
}
