import { sql } from 'kysely'
import type { Tx } from '../../../platform/db/index.ts'
import type { Instant, LocalDate } from '../../../platform/time.ts'
import type { NoticeTemplate, NoticeText } from '../templates/template.ts'

export async function insertTemplates(tx: Tx, templates: readonly NoticeTemplate[]): Promise<void> {
  const column = <T>(pick: (template: NoticeTemplate) => T) => templates.map(pick)
  await sql`
    insert into notice_template (client_id, template_code, name, category, legal, letters, facts)
    select * from unnest(${column((t) => t.clientId)}::int4[], ${column((t) => t.templateCode)}::text[],
      ${column((t) => t.name)}::text[], ${column((t) => t.category)}::text[], ${column((t) => t.legal)}::bool[],
      ${column((t) => t.letters)}::bool[],      ${column((t) => JSON.stringify(t.facts))}::jsonb[])
    on conflict do nothing`.execute(tx)
}

export async function insertTexts(tx: Tx, texts: readonly NoticeText[], createdBy: string): Promise<void> {
  const column = <T>(pick: (text: NoticeText) => T) => texts.map(pick)
  await sql`
    insert into notice_text (client_id, template_code, channel, language, start_date, subject, body, created_by, created_at)
    select u.*, ${createdBy}, u.start_date::timestamp at time zone 'UTC'
      from unnest(${column((t) => t.clientId)}::int4[], ${column((t) => t.templateCode)}::text[],
        ${column((t) => t.channel)}::text[], ${column((t) => t.language)}::text[], ${column((t) => t.startDate)}::date[],
        ${column((t) => t.subject)}::text[], ${column((t) => t.body)}::text[])
      as u(client_id, template_code, channel, language, start_date, subject, body)
    on conflict do nothing`.execute(tx)
}

export async function upsertTemplate(tx: Tx, template: NoticeTemplate): Promise<void> {
  const { clientId, templateCode, name, category, legal, letters, facts } = template
  await sql`
    insert into notice_template (client_id, template_code, name, category, legal, letters, facts)
    values (${clientId}, ${templateCode}, ${name}, ${category}, ${legal}, ${letters}, ${JSON.stringify(facts)}::jsonb)
    on conflict (client_id, template_code) do update
    set name = excluded.name, category = excluded.category, legal = excluded.legal,
        letters = excluded.letters, facts = excluded.facts`.execute(tx)
}

export async function upsertText(tx: Tx, text: NoticeText, createdBy: string, now: Instant): Promise<void> {
  await sql`
    insert into notice_text (client_id, template_code, channel, language, start_date, subject, body, created_by, created_at)
    values (${text.clientId}, ${text.templateCode}, ${text.channel}, ${text.language}, ${text.startDate}, ${text.subject},
            ${text.body}, ${createdBy}, ${now})
    on conflict (client_id, template_code, channel, language, start_date) do update
    set subject = excluded.subject, body = excluded.body, created_by = excluded.created_by,
        created_at = excluded.created_at`.execute(tx)
}

const templateColumns = sql`
  client_id as "clientId", template_code as "templateCode", name, category, legal, letters, facts`
const textColumns = sql`
  client_id as "clientId", template_code as "templateCode", channel, language, start_date as "startDate", subject, body`

/** Templates by code; all of the client's when no codes are given. */
export async function selectTemplates(
  tx: Tx,
  clientId: number,
  codes?: readonly string[],
): Promise<NoticeTemplate[]> {
  const { rows } = await sql<NoticeTemplate>`
    select ${templateColumns} from notice_template
     where client_id = ${clientId} and (${codes === undefined} or template_code = any(${codes ?? []}::text[]))
     order by category, template_code`.execute(tx)
  return rows
}

/** Every text of a template, each version. */
export async function selectTextsOf(tx: Tx, clientId: number, templateCode: string): Promise<NoticeText[]> {
  const { rows } = await sql<NoticeText>`
    select ${textColumns} from notice_text where client_id = ${clientId} and template_code = ${templateCode}
     order by channel, language, start_date`.execute(tx)
  return rows
}

/** The texts in force on a day. */
export async function selectTextsOn(
  tx: Tx,
  clientId: number,
  codes: readonly string[],
  day: LocalDate,
): Promise<NoticeText[]> {
  const { rows } = await sql<NoticeText>`
    select distinct on (template_code, channel, language) ${textColumns} from notice_text
     where client_id = ${clientId} and template_code = any(${codes}::text[]) and start_date <= ${day}
     order by template_code, channel, language, start_date desc`.execute(tx)
  return rows
}
