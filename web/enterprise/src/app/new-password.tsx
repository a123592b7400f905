import { asProblem, Button, PasswordInput, useTitle } from '@billwright/kit'
import { type FormEvent, useEffect, useId, useRef, useState } from 'react'
import { useText } from '../messages/index.ts'
import { api, only, session } from './api.ts'
import styles from './sign-in.module.css'
import { Brand, rememberClient } from './sign-in.tsx'

/** Where mailed links lead; what stands behind the number sign is good for one new password. */
export const NEW_PASSWORD_PATH = '/new-password'

/** Asks for the new password of whoever has the link, and then for a login with it. */
export function NewPasswordPage() {
  const text = useText()
  useTitle(text('newPassword.title'))
  const { submit, problem, busy } = useNewPassword()
  const alert = useRef<HTMLParagraphElement>(null)
  const alertId = useId()
  useEffect(() => {
    if (problem) alert.current?.focus()
  }, [problem])
  return (
    <main className={styles.page}>
      <div className={styles.panel}>
        <Brand />
        <h1>{text('newPassword.title')}</h1>
        <form className={styles.form} onSubmit={submit} data-testid="new-password">
          {problem && (
            <p id={alertId} ref={alert} tabIndex={-1} role="alert" className={styles.alert}>
              {problem}
            </p>
          )}
          <PasswordInput
            name="password"
            label={text('newPassword.password')}
            description={text('newPassword.hint')}
            autoComplete="new-password"
            minLength={10}
            required
            withAsterisk={false}
            data-autofocus
            size="md"
            visibilityToggleButtonProps={{ 'aria-label': text('signIn.showPassword') }}
            {...(problem && { 'aria-describedby': alertId })}
          />
          <Button type="submit" size="md" loading={busy}>
            {text('newPassword.submit')}
          </Button>
        </form>
      </div>
    </main>
  )
}

function useNewPassword() {
  const text = useText()
  const [problem, setProblem] = useState('')
  const [busy, setBusy] = useState(false)
  const submit = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    const newPassword = String(new FormData(event.currentTarget).get('password') ?? '')
    setProblem('')
    setBusy(true)
    try {
      await choose(newPassword)
    } catch (error) {
      const { status, message } = asProblem(error)
      setProblem(status === 422 ? text('newPassword.over') : message || text('signIn.unreachable'))
      setBusy(false)
    }
  }
  return { submit, problem, busy }
}

/** Whoever was signed in here before is not the one with the link. */
async function choose(newPassword: string): Promise<void> {
  const body = { resetToken: location.hash.slice(1), newPassword }
  const { clientName } = only(await api.call('chooseNewPassword', { body }))
  rememberClient(clientName)
  session.close()
  location.replace('/')
}
