import { type Administrator, listClients } from '../../domain/identity/index.ts'
import { Refusal } from '../../platform/errors.ts'
import type { Context } from '../../platform/http/endpoint.ts'
import { actorOf } from './act.ts'
import type { EnterpriseSide } from './endpoint.ts'

/** An administrator of the caller's own client, limited to what the caller holds. */
export function clientAdmin(context: Context<EnterpriseSide>, logText?: string): Administrator {
  const { caller, now, services } = context
  const actor = actorOf(context, logText)
  return {
    clientId: caller.clientId,
    holds: caller.permissions,
    now,
    wallNow: services.wallClock(),
    actor,
  }
}

/** The operator at work for a client of the installation. Refuses `client_not_found`. */
export async function operatorFor(
  clientName: string,
  context: Context<EnterpriseSide>,
  logText?: string,
): Promise<Administrator> {
  const client = (await listClients(context.tx)).find(({ code }) => code === clientName)
  if (!client)
    throw new Refusal('not_found', 'client_not_found', `There is no client "${clientName}".`, [
      { pointer: '/clientName', in: 'body', message: 'names no client' },
    ])
  return { ...operatorAtHome(context, logText), clientId: client.clientId }
}

/** The operator at work on what all clients share. */
export function operatorAtHome(context: Context<EnterpriseSide>, logText?: string): Administrator {
  const admin = clientAdmin(context, logText)
  const actor = { ...admin.actor, actor: context.caller.name.replace(/^user:/, 'operator:') }
  return { ...admin, holds: 'all', actor }
}
