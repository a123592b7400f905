import {
  asProblem,
  Button,
  Dialog,
  Icon,
  PasswordInput,
  PreferenceControls,
  type Session,
  TextInput,
  useTitle,
} from '@billwright/kit'
import { type FormEvent, useEffect, useId, useRef, useState } from 'react'
import { useText } from '../messages/index.ts'
import { api, only, session } from './api.ts'
import { queryClient } from './query-client.ts'
import styles from './sign-in.module.css'

const CLIENT_KEY = 'billwright.client'

/** The first screen of somebody who is not signed in. Its address stays that of the screen they asked for. */
export function SignInPage() {
  const text = useText()
  useTitle(text('signIn.title'))
  return (
    <main className={styles.page}>
      <div className={styles.panel}>
        <Brand />
        <h1>{text('signIn.title')}</h1>
        <SignInForm />
        <details className={styles.preferences}>
          <summary>{text('signIn.preferences')}</summary>
          <PreferenceControls />
        </details>
      </div>
    </main>
  )
}

export function Brand() {
  return (
    <span className={styles.brand}>
      <img src="/icon.svg" alt="" width="28" height="28" />
      Billwright
    </span>
  )
}

/** Asks for the password again without leaving the screen. */
export function SessionDialog({ session: expired }: { session: Session }) {
  const text = useText()
  return (
    <Dialog title={text('session.expired')} onClose={() => {}} firm>
      <p className={styles.expired}>{text('session.kept')}</p>
      <SignInForm expired={expired} />
      <Button variant="subtle" fullWidth mt="xs" leftSection={<Icon name="leave" />} onClick={leave}>
        {text('session.leave')}
      </Button>
    </Dialog>
  )
}

/** This will end the session and forget what it showed. */
export function leave(): void {
  session.close()
  queryClient.clear()
}

function SignInForm({ expired }: { expired?: Session }) {
  const text = useText()
  const { submit, problem, busy } = useSignIn()
  const alert = useRef<HTMLParagraphElement>(null)
  const alertId = useId()
  useEffect(() => {
    if (problem) alert.current?.focus()
  }, [problem])
  const described = problem ? { 'aria-describedby': alertId } : {}
  return (
    <form className={styles.form} onSubmit={submit} data-testid="sign-in">
      {problem && (
        <p id={alertId} ref={alert} tabIndex={-1} role="alert" className={styles.alert}>
          {problem}
        </p>
      )}
      <TextInput
        name="client"
        label={text('signIn.client')}
        defaultValue={expired?.client ?? recallClient()}
        autoComplete="organization"
        readOnly={Boolean(expired)}
        required
        withAsterisk={false}
        size="md"
      />
      <TextInput
        name="userName"
        label={text('signIn.user')}
        defaultValue={expired?.userName ?? ''}
        autoComplete="username"
        autoCapitalize="none"
        readOnly={Boolean(expired)}
        required
        withAsterisk={false}
        size="md"
        {...described}
      />
      <PasswordInput
        name="password"
        label={text('signIn.password')}
        autoComplete="current-password"
        required
        withAsterisk={false}
        data-autofocus
        size="md"
        visibilityToggleButtonProps={{ 'aria-label': text('signIn.showPassword') }}
        {...described}
      />
      <Button type="submit" size="md" loading={busy}>
        {text('signIn.submit')}
      </Button>
    </form>
  )
}

function useSignIn() {
  const text = useText()
  const [problem, setProblem] = useState('')
  const [busy, setBusy] = useState(false)
  const submit = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    const form = new FormData(event.currentTarget)
    const field = (name: string) => String(form.get(name) ?? '')
    setProblem('')
    setBusy(true)
    try {
      await signIn(field('client'), field('userName'), field('password'))
    } catch (error) {
      const { status, message } = asProblem(error)
      setProblem(status === 401 ? text('signIn.refused') : message || text('signIn.unreachable'))
    } finally {
      setBusy(false)
    }
  }
  return { submit, problem, busy }
}

async function signIn(client: string, userName: string, password: string): Promise<void> {
  const body = { userName, password }
  const { token, user } = only(await api.call('login', { headers: { clientName: client }, body }))
  rememberClient(client)
  queryClient.setQueryData(['me'], user)
  session.open({ token: token.accessToken, client, userName })
}

function recallClient(): string {
  try {
    return localStorage.getItem(CLIENT_KEY) ?? ''
  } catch {
    return ''
  }
}

/** This will fill the client in next time. */
export function rememberClient(client: string): void {
  try {
    localStorage.setItem(CLIENT_KEY, client)
  } catch {}
}
