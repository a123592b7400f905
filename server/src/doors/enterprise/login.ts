import { z } from 'zod'
import { endpoint } from './endpoint.ts'
import { ClientConfig, Login, LoginBody, LoginHeaders, SignedInUser } from './login.wire.ts'
import { notYet } from './not-yet.ts'
import { answer } from './wire.ts'

export const loginEndpoints = [
  endpoint({
    route: 'POST /login',
    name: 'login',
    source: 'ep-001',
    tag: 'Login',
    summary: 'Sign in with user name and password',
    permission: 'public',
    scope: 'public',
    limit: { max: 20, windowSeconds: 60 },
    headers: LoginHeaders,
    body: LoginBody,
    reply: answer(Login),
    handle: notYet,
  }),
  endpoint({
    route: 'GET /clientConfig',
    name: 'clientConfig',
    source: 'ep-002',
    tag: 'Login',
    summary: 'The client of the session, its companies and settings',
    permission: 'signed_in',
    scope: 'client',
    reply: answer(ClientConfig),
    handle: notYet,
  }),
  endpoint({
    route: 'GET /login/token',
    name: 'loginWithToken',
    source: 'ep-003',
    tag: 'Login',
    summary: 'A new token for the one that is sent, which ends',
    permission: 'signed_in',
    scope: 'client',
    reply: answer(Login),
    handle: notYet,
  }),
  endpoint({
    route: 'GET /me',
    name: 'me',
    source: 'own',
    tag: 'Login',
    summary: 'Who is signed in, and what they may do',
    permission: 'signed_in',
    scope: 'client',
    reply: answer(SignedInUser),
    handle: notYet,
  }),
  endpoint({
    route: 'POST /logout',
    name: 'logout',
    source: 'own',
    tag: 'Login',
    summary: 'End the session',
    permission: 'signed_in',
    scope: 'client',
    reply: answer(z.object({ ended: z.literal('Y') })),
    handle: notYet,
  }),
]
