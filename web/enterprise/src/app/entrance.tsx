import { useSessionState } from '@billwright/kit'
import { RouterProvider } from '@tanstack/react-router'
import { session } from './api.ts'
import { NEW_PASSWORD_PATH, NewPasswordPage } from './new-password.tsx'
import { router } from './router.tsx'
import { SessionDialog, SignInPage } from './sign-in.tsx'

/** The sign-in page, the page of a mailed link, or the application. An expired session keeps its screen and everything typed on it. */
export function Entrance() {
  const state = useSessionState(session)
  if (location.pathname === NEW_PASSWORD_PATH) return <NewPasswordPage />
  if (state.kind === 'none') return <SignInPage />
  return (
    <>
      <RouterProvider router={router} />
      {state.kind === 'expired' && <SessionDialog session={state.session} />}
    </>
  )
}
