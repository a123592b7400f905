import type { Tx } from '../../../platform/db/index.ts'
import { Refusal } from '../../../platform/errors.ts'
import { type Instant, isLocalDate } from '../../../platform/time.ts'
import { type Actor, audit } from '../../identity/index.ts'
import * as store from '../store/template.ts'
import { BILLING_SEEDS, PAYMENT_SEEDS } from './seeds-money.ts'
import { COLLECTION_SEEDS, SERVICE_SEEDS } from './seeds-service.ts'
import { checkTemplate, checkText, type NoticeTemplate, type NoticeText } from './template.ts'

const SEEDS = [...BILLING_SEEDS, ...PAYMENT_SEEDS, ...COLLECTION_SEEDS, ...SERVICE_SEEDS]

/** The day from which the words that a client begins with are in force. */
const SEEDED_FROM = '2000-01-01'

/** This will give a client the templates that it begins with, in both languages; what it has changed stays. */
export async function openNotices(tx: Tx, clientId: number): Promise<void> {
  const templates = SEEDS.map(({ templateCode, name, category, legal = false, letters = true, facts }) => ({
    clientId,
    templateCode,
    name,
    category,
    legal,
    letters,
    facts,
  }))
  const texts = SEEDS.flatMap((seed) =>
    (['letter', 'email'] as const).flatMap((channel) =>
      (['en', 'es'] as const).map((language) => ({
        clientId,
        templateCode: seed.templateCode,
        channel,
        language,
        startDate: SEEDED_FROM,
        ...seed[language],
      })),
    ),
  )
  await store.insertTemplates(tx, templates)
  await store.insertTexts(tx, texts, 'system')
}

/**
 * This will add a template, or change its name, its kind and what its texts may name. Refuses `template_malformed`, and
 * a fact that a text in use still names: `placeholder_unknown`.
 */
export async function saveTemplate(
  tx: Tx,
  template: NoticeTemplate & { now: Instant; actor: Actor },
): Promise<void> {
  const { clientId, templateCode, now, actor } = template
  checkTemplate(template)
  for (const text of await store.selectTextsOf(tx, clientId, templateCode)) checkText(template, text)
  await store.upsertTemplate(tx, template)
  const subject = `notice_template:${templateCode}`
  await audit(tx, { clientId, at: now, actor, operation: 'saveTemplate', subject })
}

/**
 * This will put words in force from a day on; the same day again replaces them. Notices that exist keep theirs. Refuses
 * `template_unknown`, `placeholder_unknown`, `text_malformed`, `date_malformed`.
 */
export async function saveText(tx: Tx, text: NoticeText & { now: Instant; actor: Actor }): Promise<void> {
  const { clientId, templateCode, channel, language, startDate, now, actor } = text
  const [template] = await store.selectTemplates(tx, clientId, [templateCode])
  if (!template)
    throw new Refusal(
      'not_found',
      'template_unknown',
      `There is no template "${templateCode}"; create it first.`,
    )
  if (!isLocalDate(startDate))
    throw new Refusal('malformed', 'date_malformed', `"${startDate}" is no day; write it as 2026-01-31.`)
  checkText(template, text)
  await store.upsertText(tx, text, actor.actor, now)
  const subject = `notice_template:${templateCode}`
  const detail = { channel, language, startDate }
  await audit(tx, { clientId, at: now, actor, operation: 'saveNoticeText', subject, detail })
}
