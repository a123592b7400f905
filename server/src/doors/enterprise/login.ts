import { z } from 'zod'
import {
  choosePassword,
  getClient,
  getStaffUser,
  isDemo,
  listCompanies,
  login,
  logout,
  type NewSession,
  renewSession,
  SESSION_HOURS,
} from '../../domain/identity/index.ts'
import type { Tx } from '../../platform/db/index.ts'
import { Refusal } from '../../platform/errors.ts'
import type { Context } from '../../platform/http/endpoint.ts'
import { type Instant, localDateAt } from '../../platform/time.ts'
import { bearerToken } from './bearer.ts'
import { type EnterpriseSide, endpoint } from './endpoint.ts'
import {
  ClientConfig,
  Login,
  LoginBody,
  LoginHeaders,
  NewPassword,
  NewPasswordBody,
  SignedInUser,
  TokenHeaders,
} from './login.wire.ts'
import { toFlag } from './to-wire.ts'
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
    limit: { max: 30, windowSeconds: 60 },
    headers: LoginHeaders,
    body: LoginBody,
    reply: answer(Login),
    async handle({ headers, body }, { tx, now, services, correlationId }) {
      const { tokenKey, wallClock } = services
      const input = {
        ...body,
        clientCode: headers.clientName,
        door: 'enterprise',
        tokenKey,
        correlationId,
      } as const
      const session = await login(tx, { ...input, now: wallClock() })
      return session instanceof Refusal ? session : { responseData: [await toLogin(tx, session, now)] }
    },
  }),
  endpoint({
    route: 'POST /login/newPassword',
    name: 'chooseNewPassword',
    source: 'own',
    tag: 'Login',
    summary: 'Choose a password with the token of a mailed link',
    permission: 'public',
    scope: 'public',
    limit: { max: 30, windowSeconds: 60 },
    body: NewPasswordBody,
    reply: answer(NewPassword),
    async handle({ body }, { tx, services, correlationId }) {
      const { tokenKey, wallClock } = services
      const input = { token: body.resetToken, password: body.newPassword, tokenKey, correlationId }
      const { clientId, userName } = await choosePassword(tx, { ...input, now: wallClock() })
      return { responseData: [{ clientName: (await getClient(tx, clientId)).code, userName }] }
    },
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
    async handle(_, { tx, caller }) {
      return { responseData: [await toClientConfig(tx, caller.clientId)] }
    },
  }),
  endpoint({
    route: 'GET /login/token',
    name: 'loginWithToken',
    source: 'ep-003',
    effect: 'write',
    tag: 'Login',
    summary: 'A new token for the one that is sent, which ends',
    permission: 'signed_in',
    scope: 'client',
    headers: TokenHeaders,
    reply: answer(Login),
    async handle({ headers }, context) {
      const session = await renewSession(context.tx, { ...tokenOf(headers, context), caller: context.caller })
      return { responseData: [await toLogin(context.tx, session, context.now)] }
    },
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
    async handle(_, { tx, caller, now }) {
      return { responseData: [await toUser(tx, caller, now)] }
    },
  }),
  endpoint({
    route: 'POST /logout',
    name: 'logout',
    source: 'own',
    tag: 'Login',
    summary: 'End the session',
    permission: 'signed_in',
    scope: 'client',
    headers: TokenHeaders,
    reply: answer(z.object({ ended: z.literal('Y') })),
    async handle({ headers }, context) {
      await logout(context.tx, tokenOf(headers, context))
      return { responseData: [{ ended: 'Y' as const }] }
    },
  }),
]

function tokenOf(
  headers: z.output<typeof TokenHeaders>,
  { services }: Pick<Context<EnterpriseSide>, 'services'>,
): Parameters<typeof logout>[1] {
  const token = bearerToken(headers.authorization) ?? ''
  return { token, door: 'enterprise', now: services.wallClock(), tokenKey: services.tokenKey }
}

async function toLogin(tx: Tx, session: NewSession, now: Instant): Promise<z.input<typeof Login>> {
  return {
    token: {
      accessToken: session.accessToken,
      tokenType: 'Bearer',
      expiresIn: String(SESSION_HOURS * 3600),
    },
    user: await toUser(tx, session, now),
  }
}

async function toUser(
  tx: Tx,
  who: { clientId: number; userId: number },
  now: Instant,
): Promise<z.input<typeof SignedInUser>> {
  const user = await getStaffUser(tx, who.clientId, who.userId)
  const client = await getClient(tx, who.clientId)
  return {
    userId: String(user.userId),
    userName: user.userName,
    displayName: user.displayName,
    emailAddress: user.email ?? '',
    languageCode: user.locale,
    clientCode: client.code,
    clientName: client.name,
    timeZone: client.timeZone,
    today: localDateAt(now, client.timeZone),
    demo: toFlag(await isDemo(tx)),
    roles: user.roles,
    permissions: user.permissions,
  }
}

async function toClientConfig(tx: Tx, clientId: number): Promise<z.input<typeof ClientConfig>> {
  const client = await getClient(tx, clientId)
  const companies = await listCompanies(tx, clientId)
  return {
    clientCode: client.code,
    clientName: client.name,
    timeZone: client.timeZone,
    languageCode: client.locale,
    demo: toFlag(await isDemo(tx)),
    vendors: companies.map((company) => ({
      vendorId: String(company.companyId),
      vendorCode: company.code,
      vendorName: company.name,
      typeDescription: company.kind,
      currencyCode: company.currency,
    })),
  }
}
